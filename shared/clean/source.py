"""Where clean data came from: what was found in the original file."""

from typing import Literal

from pydantic import NonNegativeInt, PositiveInt

from shared.clean.camel import CamelModel

Format = Literal["xlsx", "xlsm", "xls", "xlsb", "ods", "csv"]


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
    encoding: str | None = None
    delimiter: str | None = None
