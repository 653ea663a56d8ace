"""References and notes to read in pictures and tests. All made up: nobody's study, no patient's."""

from __future__ import annotations

import random

CRITERIA = {
    "population": "adults after ischemic stroke",
    "intervention": "statin therapy",
    "outcome": "recurrent stroke",
    "studyDesign": "randomised controlled trial",
    "exclude": ["animal study"],
}

_WHO = (
    "adults after ischemic stroke",
    "patients with a first ischemic stroke",
    "stroke survivors above 75 years",
    "people with chronic kidney disease",
    "patients with migraine",
    "rats after arterial occlusion",
)
_WHAT = (
    "statin therapy",
    "atorvastatin 80 mg",
    "early rosuvastatin",
    "clopidogrel and aspirin",
    "mechanical thrombectomy",
    "constraint-induced training",
)
_HOW = (
    "a randomised controlled trial",
    "a multicentre cohort study",
    "a randomised, placebo-controlled trial",
    "a case series",
    "an animal study",
    "a registry analysis",
)
_JOURNALS = ("Journal of Made-up Neurology", "Annals of Invented Trials", "卒中研究样刊")


def ris(size: int, *, seed: int = 7) -> bytes:
    """Return so many references as RIS; each tenth is told twice, the second time without DOI."""
    dice = random.Random(seed)
    told: list[str] = []
    for number in range(1, size + 1):
        entry = _entry(dice, number)
        told.append(entry)
        if number % 10 == 0:
            told.append("\n".join(each for each in entry.split("\n") if each[:2] != "DO"))
    return "\n".join(told).encode()


def _entry(dice: random.Random, number: int) -> str:
    who, what, how = dice.choice(_WHO), dice.choice(_WHAT), dice.choice(_HOW)
    people = dice.randrange(60, 4000)
    risk = dice.randrange(55, 120) / 100
    title = f"{what[0].upper()}{what[1:]} in {who}: {how}, report {number}"
    abstract = (
        f"BACKGROUND: Whether {what} helps {who} is not settled. "
        f"METHODS: In {how} we followed {people:,} participants for "
        f"{dice.randrange(6, 60)} months. The primary outcome was recurrent stroke. "
        f"RESULTS: Recurrent stroke occurred in {dice.randrange(2, 19)} % with {what} and in "
        f"{dice.randrange(2, 19)} % without (hazard ratio {risk:.2f}). Adverse events were alike. "
        f"CONCLUSIONS: {what[0].upper()}{what[1:]} "
        f"{'lowered' if risk < 0.9 else 'did not change'} the risk in {who}."
    )
    lines = [
        "TY  - JOUR",
        f"TI  - {title}",
        f"AB  - {abstract}",
        f"AU  - Example, {chr(65 + number % 26)}.",
        "AU  - Muster, B.",
        f"JO  - {dice.choice(_JOURNALS)}",
        f"PY  - {dice.randrange(2004, 2026)}",
        f"DO  - 10.5555/made.up.{number}",
        "KW  - stroke",
        "KW  - secondary prevention",
        "ER  - ",
        "",
    ]
    return "\n".join(lines)


TEMPLATE = [
    {"name": "weight", "type": "number", "unit": "kg", "labels": ["体重"], "required": True},
    {"name": "fever", "type": "boolean", "labels": ["发热"], "required": True},
    {"name": "seen on", "type": "date", "labels": ["就诊日期"]},
    {"name": "side", "type": "choice", "choices": ["left", "right"], "labels": ["患侧"]},
]

_NOTES = (
    "Seen on {day} March 2024. Weight {kg} kg, denies fever. Pain in the left knee since Monday.",
    "就诊日期：2024年3月{day}日。体重{kg}公斤，有发热，咳嗽三天。患侧：右侧。",
    "Weight not recorded. Febrile since yesterday, right arm swollen; seen on {day} March 2024.",
    "Nothing of note. Comes back in {day} days.",
    "Weight of the father 90 kg. The patient's present body weight is {kg} kg since {day} May.",
    "Body weight fell from 90 kg to {kg} kg. No fever. Operated on the left side.",
)


def notes(size: int, *, seed: int = 7) -> list[str]:
    """Return so many notes in English and Chinese."""
    dice = random.Random(seed)
    return [
        _NOTES[number % len(_NOTES)].format(
            day=dice.randrange(1, 29), kg=dice.randrange(480, 1100) / 10
        )
        for number in range(size)
    ]
