"""A column of clean data, as the record and the page know it."""

from typing import Literal

from pydantic import NonNegativeInt

from shared.clean.camel import CamelModel

ColumnType = Literal[
    "integer",
    "decimal",
    "boolean",
    "date",
    "datetime",
    "time",
    "duration",
    "category",
    "text",
]

ODD = "_odd"
"""Extra column of a part: per row the cells that do not fit their column's type, as text.

A list of {column, text}, `column` being the position in the manifest's columns; None in a row
without such cells. The parts of a sheet without any odd cell do not have it.
"""


class Column(CamelModel):
    """Name and type, and how many cells are blank or do not fit the type."""

    name: str
    type: ColumnType
    blanks: NonNegativeInt
    errors: NonNegativeInt = 0
    """Cells that hold an error such as #N/A."""
    odd: NonNegativeInt = 0
    """Cells whose typed value is null while their original text is kept aside; errors included."""
    from_text: NonNegativeInt = 0
    """Numbers, dates or booleans that were typed as text and are recognised."""
