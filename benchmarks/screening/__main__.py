"""`python -m benchmarks.screening [--quick] [--save]`: the built-in baselines, without a network.

SLUICE_SCREENING_SET names a CSV (title, abstract, label) to measure besides the synthetic topics.
"""

from __future__ import annotations

import argparse
import os
import platform
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import mean

from benchmarks.report import Report
from benchmarks.screening.goals import GOALS
from benchmarks.screening.own_set import read_set
from benchmarks.screening.simulate import random_order, wss95
from benchmarks.screening.synthetic import Labelled, records
from benchmarks.screening.tfidf import TfidfLogReg
from benchmarks.screening.topics import TOPICS
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
    recall: float | None
    """Of the OR rule; None without criteria."""
    share: float | None
    """Of the records, included by it."""
    kappa: float | None


def main() -> None:
    """Measure every topic with every seed, and the user's own set."""
    options = _options()
    report = Report("screening")
    report.versions = {
        "python": platform.python_version(),
        **{name: version(name) for name in ("bm25s", "wordllama", "scikit-learn")},
    }
    seeds, size = (_QUICK_SEEDS, _QUICK_SIZE) if options.quick else (_SEEDS, _SIZE)
    report.say(
        f"{len(TOPICS)} synthetic topics of {size} records, {seeds} seeds each; all start from one "
        "relevant and one other record and get the same feedback"
    )
    by_topic = {
        f"{topic.name} (synthetic)": [
            _measure(records(topic, size=size, seed=seed), topic.criteria(), seed)
            for seed in range(seeds)
        ]
        for topic in TOPICS
    }
    _print(report, by_topic)
    _summarise(report, [each for runs in by_topic.values() for each in runs])
    if path := os.environ.get("SLUICE_SCREENING_SET"):
        _own_set(report, Path(path), seeds)
    report.finish(GOALS, save=options.save)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.screening", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer seeds, smaller sets")
    parser.add_argument("--save", action="store_true", help="keep the results")
    return parser.parse_args()


def _measure(found: Sequence[Labelled], criteria: Criteria | None, seed: int) -> Screened:
    labels = [each.relevant for each in found]
    titles, abstracts = [each.title for each in found], [each.abstract for each in found]
    rankers = {
        "sluice": Ranking(titles, abstracts, criteria).scores,
        "tfidf_logreg": TfidfLogReg([f"{t}. {a}" for t, a in zip(titles, abstracts, strict=True)]),
        "random": random_order(len(labels), seed=seed),
    }
    wss = {name: wss95(labels, ranker, seed=seed) for name, ranker in rankers.items()}
    if criteria is None:
        return Screened(wss, None, None, None)
    return Screened(wss, *_decide(found, criteria))


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
                f"{_mean(run.recall for run in runs):.3f}",
                f"{_mean(run.share for run in runs):.3f}",
                f"{_mean(run.kappa for run in runs):.3f}",
            ]
            for name, runs in by_topic.items()
        ],
    )


def _summarise(report: Report, runs: Sequence[Screened]) -> None:
    ours, theirs, chance = (mean(run.wss[engine] for run in runs) for engine in _ENGINES)
    report.figures |= {
        "wss95": ours,
        "wss95_random": chance,
        "wss95_tfidf_logreg": theirs,
        "wss95_vs_random": ours - chance,
        "wss95_vs_tfidf_logreg": ours - theirs,
        "recall_or_rule": _mean(run.recall for run in runs),
        "included_or_rule": _mean(run.share for run in runs),
        "kappa": _mean(run.kappa for run in runs),
        "synthetic": True,
    }


def _own_set(report: Report, path: Path, seeds: int) -> None:
    found = read_set(path)
    runs = [_measure(found, None, seed) for seed in range(seeds)]
    wss = {engine: mean(run.wss[engine] for run in runs) for engine in _ENGINES}
    report.table(
        f"{path.name}: {len(found):,} records, no criteria, {seeds} seeds",
        ["", *_ENGINES],
        [["WSS@95", *(f"{wss[engine]:.3f}" for engine in _ENGINES)]],
    )
    report.figures["own_set"] = {f"wss95_{engine}": value for engine, value in wss.items()}


def _mean(values: Iterable[float | None]) -> float:
    return mean(value for value in values if value is not None)


if __name__ == "__main__":
    main()
