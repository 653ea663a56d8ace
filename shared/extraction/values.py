"""Values as they are written, in Chinese and English, brought to one form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import NamedTuple

from shared.extraction.template import TemplateField


class Value(NamedTuple):
    """A value in its one form, and where it stands."""

    value: str
    start: int
    end: int


_NUMBER = re.compile(r"(?<![\w.])[-+−]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|(?<![\d.])[-+−]?\d+(?:\.\d+)?")
_UNIT = re.compile(r"\s*([a-zA-Z%℃°µμ/²³²0-9^·次分钟岁年月日天周小时毫米厘公斤克升千]*)")
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("jan", "january"), ("feb", "february"), ("mar", "march"), ("apr", "april"),
            ("may",), ("jun", "june"), ("jul", "july"), ("aug", "august"),
            ("sep", "sept", "september"), ("oct", "october"), ("nov", "november"),
            ("dec", "december"),
        ),
        start=1,
    )
    for name in names
}  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATES = (
    re.compile(r"(?P<y>\d{4})[-/.年](?P<m>\d{1,2})[-/.月](?P<d>\d{1,2})日?"),
    re.compile(
        rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)? (?P<n>{_MONTH})\.?,? (?P<y>\d{{4}})", re.IGNORECASE
    ),
    re.compile(
        rf"(?P<n>{_MONTH})\.? (?P<d>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y>\d{{4}})", re.IGNORECASE
    ),
)
_SAME_UNITS = (
    {"岁", "years", "year", "yr", "yrs", "y"}, {"℃", "°c", "c"},
    {"次/分", "bpm", "/min", "次/分钟"},
    {"kg", "公斤", "千克"}, {"cm", "厘米"}, {"mg", "毫克"}, {"天", "日", "days", "day", "d"},
    {"μmol/l", "µmol/l", "umol/l"}, {"g", "克"}, {"ml", "毫升"}, {"周", "weeks", "week", "wk"},
    {"小时", "hours", "hour", "h"},
)  # fmt: skip


def values_in(text: str, field: TemplateField, start: int, end: int) -> Iterator[Value]:
    """Yield what could be the field's value between two places of the text, in order."""
    match field.type:
        case "number":
            yield from _numbers(text, field.unit, start, end)
        case "date":
            yield from sorted(_dates(text, start, end), key=lambda value: value.start)
        case "choice":
            yield from sorted(
                _choices(text, field.choices, start, end), key=lambda each: each.start
            )
        case "text" | "boolean":
            return


def _numbers(text: str, unit: str | None, start: int, end: int) -> Iterator[Value]:
    dates = [(each.start, each.end) for each in _dates(text, start, end)]
    for found in _NUMBER.finditer(text, start, end):
        if any(a <= found.start() < b for a, b in dates):
            continue
        stop = found.end()
        if unit is not None:
            after = _UNIT.match(text, stop, end)
            if after is None or (length := _unit_length(after[1], unit)) is None:
                continue
            stop = after.start(1) + length
        yield Value(_plain(found[0]), found.start(), stop)


def _unit_length(written: str, unit: str) -> int | None:
    """Return how many characters of what is written are the unit; None when it is another one."""
    wanted = {
        unit.lower(),
        *(each for same in _SAME_UNITS if unit.lower() in same for each in same),
    }
    for name in sorted(wanted, key=len, reverse=True):
        rest = written[len(name) :]
        whole = not rest or not (rest[0].isascii() and (rest[0].isalpha() or rest[0] in "/%"))
        if written.lower().startswith(name) and (whole or not name[-1].isascii()):
            return len(name)
    return None


def _plain(number: str) -> str:
    text = number.replace(",", "").replace("−", "-").lstrip("+")
    return text.rstrip("0").rstrip(".") if "." in text else text


def normal(text: str, field: TemplateField) -> str | None:
    """Return a value that somebody has written in its one form; None when it is none."""
    written = text.strip()
    if field.type == "boolean":
        return {"true": "true", "yes": "true", "是": "true", "有": "true", "false": "false",
                "no": "false", "否": "false", "无": "false"}.get(written.lower())  # fmt: skip
    if field.type == "text":
        return written or None
    bare = field.model_copy(update={"unit": None})
    found = next(values_in(written, bare, 0, len(written)), None)
    return None if found is None else found.value


def exact(text: str, field: TemplateField) -> str | None:
    """Return a value in its one form where nothing else is written; None otherwise."""
    written = text.strip()
    if field.type in ("text", "boolean"):
        return normal(written, field)
    for asked in (field, field.model_copy(update={"unit": None})):
        found = next(values_in(written, asked, 0, len(written)), None)
        if found is not None and (found.start, found.end) == (0, len(written)):
            return found.value
    return None


def _dates(text: str, start: int, end: int) -> Iterator[Value]:
    for form in _DATES:
        for found in form.finditer(text, start, end):
            parts = found.groupdict()
            month = _MONTHS[parts["n"].lower()] if parts.get("n") else int(parts["m"])
            with suppress(ValueError):
                day = date(int(parts["y"]), month, int(parts["d"]))
                yield Value(day.isoformat(), found.start(), found.end())


def _choices(text: str, choices: list[str], start: int, end: int) -> Iterator[Value]:
    taken: list[tuple[int, int]] = []
    for choice in sorted(choices, key=len, reverse=True):
        edge = r"(?<![A-Za-z])" if choice[0].isascii() else ""
        close = r"(?![A-Za-z])" if choice[-1].isascii() else ""
        pattern = re.compile(edge + re.escape(choice) + close, re.IGNORECASE)
        for found in pattern.finditer(text, start, end):
            if not any(a <= found.start() < b for a, b in taken):
                taken.append(found.span())
                yield Value(choice, found.start(), found.end())
