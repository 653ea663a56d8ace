"""Where clean data came from: what was found in the original file."""

from typing import Literal

from pydantic import NonNegativeInt, PositiveInt

from shared.clean.camel import CamelModel
from shared.clean.options import ParseOptions, Quote

Format = Literal["xlsx", "xlsm", "xls", "xlsb", "ods", "csv"]


class SheetFound(CamelModel):
    """A sheet of the file, whether it was read or not."""

    name: str
    visible: bool
    rows: NonNegativeInt
    """Down to the last one with something in it."""
    cells: NonNegativeInt | None = None
    """With a value; null where there was nothing to choose from, so that none were counted."""


class Source(CamelModel):
    """The format by content, the sheet that was read and the rows that its header takes."""

    format: Format
    sheets: list[str]
    sheet: str
    header_rows: list[PositiveInt]
    """Row numbers as Excel counts them; empty when the sheet has no header."""
    first_data_row: PositiveInt
    blank_rows: NonNegativeInt = 0
    """Rows without any value inside the data; clean data leaves them out."""
    hidden_rows: NonNegativeInt = 0
    """Rows that the sheet hides; they are in the clean data like all others."""
    uncached: NonNegativeInt = 0
    """Formulas whose value the file does not hold; they are blank until Excel has saved it."""
    encoding: str | None = None
    delimiter: str | None = None
    quote: Quote | None = None
    """What a field may stand between; empty when quotation marks are ordinary characters."""
    found: tuple[SheetFound, ...] = ()
    """All sheets, in their order."""
    given: tuple[str, ...] = ()
    """The options that somebody has given; all other choices were made by content."""
    options: ParseOptions | None = None
    """What the file was read with: sent with it again, it gives the same once more, and of a file
    like it the like.
    """
