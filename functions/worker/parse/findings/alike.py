"""Values of a list that look like another one: by case, width, blanks, or one wrong character."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping

_RARE, _OFTEN = 2, 5
"""A typing error is rare, and what was meant is found at least so many times, and as many times
more often."""
_LONG = range(4, 65)
"""Characters of values in which one wrong character says little."""


def alike(counts: Mapping[str, int]) -> dict[str, str]:
    """Return, for values that look like a more usual one, that one."""
    by_form: defaultdict[str, list[str]] = defaultdict(list)
    for value in counts:
        by_form[_form(value)].append(value)
    usual = {form: max(some, key=lambda v: counts[v]) for form, some in by_form.items() if form}
    meant = {
        value: usual[form]
        for form, some in by_form.items()
        if form and len(some) > 1
        for value in some
        if value != usual[form]
    }
    totals = {form: sum(counts[value] for value in by_form[form]) for form in usual}
    return meant | _mistyped(totals, by_form, usual)


def _mistyped(
    counts: Mapping[str, int], by_form: Mapping[str, list[str]], usual: Mapping[str, str]
) -> dict[str, str]:
    """Compare by what is left when a character is left out: two forms that share it are alike."""
    often: dict[str, str] = {}
    for form in sorted(counts, key=lambda form: counts[form]):
        if counts[form] >= _OFTEN and len(form) in _LONG:
            often.update(dict.fromkeys(_without_one(form), form))
    found = {}
    for form, count in counts.items():
        if count > _RARE or len(form) not in _LONG or form.isdecimal():
            continue
        near = next((often[left] for left in _without_one(form) if left in often), None)
        if near and near != form and count * _OFTEN <= counts[near] and _is_one_slip(form, near):
            found.update(dict.fromkeys(by_form[form], usual[near]))
    return found


def _without_one(form: str) -> Iterator[str]:
    yield form
    for place in range(len(form)):
        yield form[:place] + form[place + 1 :]


def _is_one_slip(rare: str, near: str) -> bool:
    """Tell whether one character is wrong, missing, too much, or two have changed places.

    Numbers in a name tell things apart: site 1 is not a slip of site 2.
    """
    if _digits(rare) != _digits(near):
        return False
    if len(rare) != len(near):
        return abs(len(rare) - len(near)) == 1
    places = [
        place for place, pair in enumerate(zip(rare, near, strict=True)) if pair[0] != pair[1]
    ]
    if len(places) == 1:
        return True
    swapped = len(places) == 2 and places[1] == places[0] + 1  # noqa: PLR2004
    return swapped and rare[places[0]] == near[places[1]] and rare[places[1]] == near[places[0]]


def _digits(text: str) -> str:
    return "".join(character for character in text if character.isdigit())


def _form(value: str) -> str:
    """Return the value without case, width and blanks."""
    return "".join(unicodedata.normalize("NFKC", value).casefold().split())
