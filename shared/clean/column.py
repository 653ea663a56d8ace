"""A column of clean data, as the record and the page know it."""

from typing import Annotated, Literal

from pydantic import Field, NonNegativeInt

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
    confidence: Annotated[float, Field(ge=0, le=1)] | None = None
    """Share of the cells that speak for the type, of those that tell anything; null where somebody
    has named the type, or an edit has made the column.
    """
    uncached: NonNegativeInt = 0
    """Formulas whose value the file does not hold: blanks, until Excel has computed and saved."""
    format: str | None = None
    """The number format of most of its numbers, as Excel writes it: 0.0%, ¥#,##0.00, 00000; null
    for Excel's General, for dates, and where no format prevails.
    """
    letter: str | None = None
    """Of the column in the sheet: A, B, … AA."""
    unit: str | None = None
    """As the header has it, which keeps it in the name: cm of `Height (cm)`."""
    date_order: Literal["dayFirst", "monthFirst"] | None = None
    """How dates such as 5/6/2024 were read; null where there are none."""
    decimal_mark: Literal[".", ","] | None = None
    """Of numbers typed as text; null where there are none."""
    ambiguous: bool = False
    """No cell tells how the dates or the numbers are meant; the sheet or a custom has decided."""
    percent: NonNegativeInt = 0
    """Numbers typed with a percent sign: 12% is 0.12."""
