"""How a file is to be read, as far as somebody says so; what is left out is found by content."""

from __future__ import annotations

import codecs
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, NonNegativeInt, PositiveInt

from shared.clean.camel import CamelModel
from shared.clean.column import ColumnType

MAX_HEADER_ROW = 1000
MAX_HEADER_ROWS = 10
ALL_COLUMNS = "*"
DateOrder = Literal["dayFirst", "monthFirst"]
DecimalMark = Literal[".", ","]
Quote = Literal['"', "'", ""]
_WORDS = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "pipe": "|"}
_NO_TEXTS = ("idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape")


def _known_encoding(name: str) -> str:
    try:
        found = codecs.lookup(name).name
        "".encode(found)
    except (LookupError, ValueError, UnicodeError) as error:
        raise ValueError(f"there is no encoding {name!r}; utf-8 and gb18030 are two") from error
    if found.replace("-", "_") in _NO_TEXTS:
        raise ValueError(f"{name!r} is no encoding of a file")
    return found


def _spelled(mark: object) -> object:
    return _WORDS.get(mark.lower(), mark) if isinstance(mark, str) else mark


def _one_mark(mark: str) -> str:
    if mark and (len(mark) > 1 or mark.isalnum() or mark in '"\r\n '):
        raise ValueError("a delimiter is one character such as , ; | or tab; empty for one column")
    return mark


def _rows_of_header(rows: int | list[int]) -> int | list[int]:
    if isinstance(rows, list) and sorted(set(rows)) != rows:
        raise ValueError("header rows are counted from 1 and go downwards")
    return rows


_Row = Annotated[PositiveInt, Field(le=MAX_HEADER_ROW)]
MAX_NAME_LENGTH = 500
_Name = Annotated[str, Field(min_length=1, max_length=MAX_NAME_LENGTH)]


class ParseOptions(CamelModel):
    """Each one overrides what would be found; the record answers them all, to be sent again.

    Columns go by the names that they have in the record.
    """

    model_config = ConfigDict(extra="forbid")

    sheet: _Name | None = None
    header_row: Annotated[
        Annotated[NonNegativeInt, Field(le=MAX_HEADER_ROW)]
        | Annotated[list[_Row], Field(min_length=1, max_length=MAX_HEADER_ROWS)]
        | None,
        AfterValidator(lambda rows: None if rows is None else _rows_of_header(rows)),
    ] = None
    """As Excel counts rows; 0 for a sheet without a header, a list for a header of several rows."""
    as_text: Annotated[tuple[_Name, ...], Field(max_length=20_000)] = ()
    """Columns that are not interpreted, so that codes keep their zeros; "*" for all of them."""
    types: dict[_Name, ColumnType] = Field(default_factory=dict, max_length=20_000)
    date_order: DateOrder | None = None
    """What 5/6/2024 is, in all columns."""
    decimal_mark: DecimalMark | None = None
    """Of numbers that were typed as text, in all columns."""
    spread_merged: bool = False
    """Whether a merged range's value stands in all of its cells."""
    key: Annotated[tuple[_Name, ...], Field(max_length=16)] = ()
    """Columns that together should name each row once."""
    encoding: Annotated[_Name, AfterValidator(_known_encoding)] | None = None
    delimiter: Annotated[str, BeforeValidator(_spelled), AfterValidator(_one_mark)] | None = None
    """Empty when each line is one cell."""
    quote: Quote | None = None
    """Empty when quotation marks are ordinary characters."""

    @property
    def header_rows(self) -> tuple[int, ...] | None:
        """Return the header's rows, counted from 1, none for no header, None when nobody said."""
        if self.header_row is None or isinstance(self.header_row, list):
            return None if self.header_row is None else tuple(self.header_row)
        return (self.header_row,) if self.header_row else ()

    @property
    def given(self) -> list[str]:
        """Return the names, as in JSON, of what somebody has said."""
        return list(self.model_dump(by_alias=True, exclude_defaults=True))


NO_OPTIONS = ParseOptions()
