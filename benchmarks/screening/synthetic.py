"""Labelled records made up by a seed: synthetic, and marked as such in every title's keywords.

Relevant ones speak of population and intervention, each in one of several wordings. Most others
share one of the two, or the theme, which is what makes screening hard.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from benchmarks.screening.topics import Topic

RELEVANT = 0.07


@dataclass(frozen=True, slots=True)
class Labelled:
    """A record and whether it belongs into the review."""

    title: str
    abstract: str
    relevant: bool


_ENGLISH = (
    *("baseline", "follow-up", "cohort", "analysis", "secondary", "endpoint", "interval", "hazard"),
    *("median", "survey", "regional", "randomised", "observational", "protocol", "registry"),
    *("quality", "adjusted", "regression", "outcome", "dose", "sample", "hospital", "clinic"),
    *("weekly", "months", "evidence", "effect", "safety", "tolerability", "cost", "subgroup"),
    *("trend", "significant", "reported", "measured", "improved", "reduced", "increased"),
    *("associated", "compared", "enrolled", "assessed"),
)
_CHINESE = (
    *("本研究", "观察组", "对照组", "差异", "统计学意义", "随机", "分组", "治疗前后", "比较"),
    *("显著", "改善", "结果", "表明", "方法", "目的", "样本"),
)


def records(topic: Topic, *, size: int, seed: int) -> list[Labelled]:
    """Return so many records, in random order."""
    dice = random.Random(f"{topic.name} {seed}")  # noqa: S311
    kinds = dice.choices(
        ["relevant", "population", "intervention", "animal", "other"],
        weights=[RELEVANT, 0.22, 0.16, 0.02, 0.53],
        k=size,
    )
    return [_record(topic, kind, dice) for kind in kinds]


def _record(topic: Topic, kind: str, dice: random.Random) -> Labelled:
    chinese = not topic.name.isascii()
    right_population = kind in ("relevant", "population", "animal")
    right_intervention = kind in ("relevant", "intervention", "animal")
    who = dice.choice(topic.population if right_population else topic.other_populations)
    what = dice.choice(topic.intervention if right_intervention else topic.other_interventions)
    why = dice.choice(topic.outcome) if dice.random() < 0.6 else dice.choice(topic.theme)  # noqa: PLR2004
    animal = kind == "animal"
    # Not every title tells, and abstracts mention what they are not about.
    title = _title(who, what, dice, chinese=chinese, animal=animal)
    aside = dice.choice((*topic.population, *topic.intervention, *topic.other_interventions))
    parts = [_filler(topic, dice, chinese=chinese) for _ in range(dice.randint(3, 6))]
    parts.insert(1, f"{what}用于{who}。" if chinese else f"We studied {what} in {who}.")
    parts.insert(2, f"主要指标为{why}。" if chinese else f"The main measure was {why}.")
    if dice.random() < 0.35:  # noqa: PLR2004
        parts.append(f"与{aside}不同。" if chinese else f"This differs from work on {aside}.")
    if animal:
        parts.append("采用大鼠模型。" if chinese else "A rat model was used in this animal study.")
    return Labelled(title, ("" if chinese else " ").join(parts), kind == "relevant")


def _title(who: str, what: str, dice: random.Random, *, chinese: bool, animal: bool) -> str:
    subject = ("大鼠" if chinese else "a rat model") if animal else who
    if chinese:
        return dice.choice(
            [f"{what}对{subject}的影响", f"{subject}的临床观察", f"{what}的疗效研究"]
        )
    return dice.choice(
        [
            f"{what.capitalize()} in {subject}: a trial",
            f"Outcomes of {subject}",
            f"Effects of {what} over twelve months",
        ]
    )


def _filler(topic: Topic, dice: random.Random, *, chinese: bool) -> str:
    words = [*dice.choices(_CHINESE if chinese else _ENGLISH, k=9), *dice.choices(topic.theme, k=3)]
    dice.shuffle(words)
    return "".join(words) + "。" if chinese else " ".join(words).capitalize() + "."
