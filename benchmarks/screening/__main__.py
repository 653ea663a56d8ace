"""`python -m benchmarks.screening [--quick] [--save]`: the built-in baselines, without a network.

SLUICE_SCREENING_SET names a CSV (title, abstract, label) to measure besides the synthetic topics.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import mean

from benchmarks.report import Report
from benchmarks.screening.goals import GOALS
from benchmarks.screening.held_out import HELD_OUT
from benchmarks.screening.own_set import read_set
from benchmarks.screening.simulate import RECALL, random_order, wss95
from benchmarks.screening.synthetic import Labelled, records
from benchmarks.screening.tfidf import TfidfLogReg
from benchmarks.screening.topics import TOPICS, Topic
from functions.worker.screening.baseline import judge_all
from functions.worker.screening.ranking import Ranking
from shared.screening.criteria import Criteria
from shared.screening.outcome import kappa
from shared.screening.reference import Reference

_SIZE, _QUICK_SIZE = 600, 500
_SEEDS, _QUICK_SEEDS = 10, 2
_ENGINES = ("sluice", "tfidf_logreg", "random")


@dataclass(frozen=True, slots=True)
class Screened:
    """What came of one set with one seed."""

    wss: dict[str, float]
    recall: float
    """Of the OR rule."""
    share: float
    """Of the records, included by it."""
    kappa: float | None


def main() -> None:
    """Measure every topic with every seed, and the user's own set."""
    options = _options()
    own = os.environ.get("SLUICE_SCREENING_SET")
    own_set = read_set(Path(own)) if own else []
    report = Report("screening")
    report.versions = {
        "python": platform.python_version(),
        **{name: version(name) for name in ("bm25s", "wordllama", "scikit-learn")},
    }
    seeds, size = (_QUICK_SEEDS, _QUICK_SIZE) if options.quick else (_SEEDS, _SIZE)
    topics = (*TOPICS, *HELD_OUT)
    report.say(
        f"{len(topics)} synthetic topics of {size} records, {seeds} seeds each; all start from one "
        "relevant and one other record and get the same feedback"
    )
    runs = {topic: [_of_topic(topic, size, seed) for seed in range(seeds)] for topic in topics}
    _print(report, {_name(topic): of_topic for topic, of_topic in runs.items()})
    _summarise(report, runs)
    if own_set:
        _own_set(report, Path(str(own)).name, own_set, seeds)
    report.finish(GOALS, save=options.save)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.screening", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer seeds, smaller sets")
    parser.add_argument("--save", action="store_true", help="keep the results")
    return parser.parse_args()


def _name(topic: Topic) -> str:
    return f"{topic.name} (synthetic{', held out' if topic in HELD_OUT else ''})"


def _of_topic(topic: Topic, size: int, seed: int) -> Screened:
    found = records(topic, size=size, seed=seed)
    wss = _rank(found, topic.criteria(), seed)
    return Screened(wss, *_decide(found, topic.criteria()))


def _rank(found: Sequence[Labelled], criteria: Criteria | None, seed: int) -> dict[str, float]:
    labels = [each.relevant for each in found]
    titles, abstracts = [each.title for each in found], [each.abstract for each in found]
    rankers = {
        "sluice": Ranking(titles, abstracts, criteria).scores,
        "tfidf_logreg": TfidfLogReg([f"{t}. {a}" for t, a in zip(titles, abstracts, strict=True)]),
        "random": random_order(len(labels), seed=seed),
    }
    return {name: wss95(labels, ranker, seed=seed) for name, ranker in rankers.items()}


def _decide(found: Sequence[Labelled], criteria: Criteria) -> tuple[float, float, float | None]:
    """Return the OR rule's recall, the share that it includes, and the two models' kappa."""
    references = [
        Reference(number=number, title=each.title, abstract=each.abstract)
        for number, each in enumerate(found, 1)
    ]
    pairs = [(a.decision, b.decision) for a, b in judge_all(references, criteria)]
    either = ["include" in pair for pair in pairs]
    hits = sum(kept and each.relevant for kept, each in zip(either, found, strict=True))
    return hits / sum(each.relevant for each in found), mean(either), kappa(pairs)


def _print(report: Report, by_topic: dict[str, list[Screened]]) -> None:
    report.table(
        "Work saved over sampling at 95 % recall (mean); decisions of the two built-in models",
        ["topic", *_ENGINES, "OR recall", "OR includes", "kappa"],
        [
            [
                name,
                *(f"{mean(run.wss[engine] for run in runs):.3f}" for engine in _ENGINES),
                f"{mean(run.recall for run in runs):.3f}",
                f"{mean(run.share for run in runs):.3f}",
                f"{_mean(run.kappa for run in runs):.3f}",
            ]
            for name, runs in by_topic.items()
        ],
    )


def _summarise(report: Report, runs: Mapping[Topic, Sequence[Screened]]) -> None:
    report.figures |= _figures([each for of_topic in runs.values() for each in of_topic])
    held_out = _figures([each for topic in HELD_OUT for each in runs[topic]])
    report.figures |= {f"{name}_held_out": value for name, value in held_out.items()}
    report.figures["synthetic"] = True


def _figures(runs: Sequence[Screened]) -> dict[str, float]:
    ours, theirs, chance = (mean(run.wss[engine] for run in runs) for engine in _ENGINES)
    return {
        "wss95": ours,
        "wss95_random": chance,
        "wss95_tfidf_logreg": theirs,
        "wss95_vs_random": ours - chance,
        "wss95_vs_tfidf_logreg": ours - theirs,
        "recall_or_rule": mean(run.recall for run in runs),
        "included_or_rule": mean(run.share for run in runs),
        "kappa": _mean(run.kappa for run in runs),
    }


def _own_set(report: Report, name: str, found: Sequence[Labelled], seeds: int) -> None:
    """Nobody says what such a set looks for, so for the models' decisions a known title does."""
    runs = [
        Screened(_rank(found, None, seed), *_decide(found, _from_one_of(found, seed)))
        for seed in range(seeds)
    ]
    wss = {engine: mean(run.wss[engine] for run in runs) for engine in _ENGINES}
    figures = _figures(runs)
    report.table(
        f"{name}: {len(found):,} records, {sum(each.relevant for each in found):,} relevant, "
        f"{seeds} seeds; ranked without criteria",
        ["", *_ENGINES],
        [
            ["WSS@95", *(f"{wss[engine]:.3f}" for engine in _ENGINES)],
            ["read for 95 %", *(f"{RECALL - wss[engine]:.3f}" for engine in _ENGINES)],
        ],
    )
    report.say(
        f"The two built-in models, with one relevant record's title for a criterion: OR recall "
        f"{figures['recall_or_rule']:.3f}, includes {figures['included_or_rule']:.3f}, kappa "
        f"{figures['kappa']:.3f}"
    )
    report.figures["own_set"] = figures


def _from_one_of(found: Sequence[Labelled], seed: int) -> Criteria:
    titles = [each.title or each.abstract for each in found if each.relevant]
    return Criteria(include=[random.Random(seed).choice(titles)[:1000]])  # noqa: S311


def _mean(values: Iterable[float | None]) -> float:
    """Leave out the runs in which kappa is not defined."""
    known = [value for value in values if value is not None]
    return mean(known) if known else float("nan")


if __name__ == "__main__":
    main()
