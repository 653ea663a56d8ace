"""Two verdicts as one, and how much the models agree."""

from __future__ import annotations

import pytest

from shared.screening.outcome import agreement, combine, kappa


@pytest.mark.parametrize(
    ("a", "b", "rule", "outcome"),
    [
        ("include", "include", "both", "include"),
        ("exclude", "exclude", "both", "exclude"),
        ("include", "exclude", "both", "conflict"),
        ("include", "exclude", "or", "include"),
        ("unclear", "unclear", "both", "conflict"),
        ("unclear", "exclude", "or", "conflict"),
        ("include", None, "or", "unjudged"),
    ],
)
def test_the_rule_decides(a, b, rule, outcome):
    assert combine(a, b, rule) == outcome


def test_kappa_is_agreement_beyond_chance():
    pairs = [("i", "i")] * 20 + [("i", "e")] * 5 + [("e", "i")] * 10 + [("e", "e")] * 15
    assert agreement(pairs) == 0.7
    assert kappa(pairs) == pytest.approx(0.4)
    assert kappa([("i", "i")] * 3) is None
    assert kappa([]) is None
