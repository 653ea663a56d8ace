"""How well the built-in rules take known values out of synthetic notes, per type."""

from __future__ import annotations

from collections import Counter, defaultdict

from functions.worker.extraction.baseline import extract
from tests.screening.notes import TEMPLATE, TYPES, notes

NOTES = 240
PRECISION = 0.95
RECALL = 0.95
EXACT = 0.95


def test_values_and_spans_are_as_known_in_chinese_and_english():
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for note in notes(NOTES, seed=4):
        for answer in extract(1, note.text, TEMPLATE.root):
            known = note.said.get(answer.field, ("missing", None, None))
            count = counts[answer.model, TYPES[answer.field]]
            count["values"] += known[0] == "found"
            count["given"] += answer.found == "found"
            right = answer.found == "found" and (answer.found, answer.value) == known[:2]
            count["right"] += right
            count["exact"] += right and note.text[answer.start : answer.end] == known[2]
            count["told"] += answer.found == known[0]
            count["fields"] += 1
    print()
    for (model, kind), count in sorted(counts.items()):
        figures = {
            "precision": count["right"] / count["given"],
            "recall": count["right"] / count["values"],
            "exact spans": count["exact"] / count["right"],
            "found, absent or missing": count["told"] / count["fields"],
        }
        print(model, kind, {name: round(value, 3) for name, value in figures.items()})
        assert figures["precision"] >= PRECISION, (model, kind)
        assert figures["recall"] >= RECALL, (model, kind)
        assert figures["exact spans"] >= EXACT, (model, kind)
        assert figures["found, absent or missing"] >= RECALL, (model, kind)


def test_spans_count_characters_also_beyond_the_first_plane():
    text = "𠮷患者😀，体重70kg，无发热。"
    found = {each.field: each for each in extract(1, text, TEMPLATE.root) if each.model == "A"}
    weight, fever = found["weight"], found["fever"]
    assert text[weight.start : weight.end] == "70kg"
    assert (fever.found, text[fever.start : fever.end]) == ("absent", "无发热")
