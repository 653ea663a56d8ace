"""How far a running job has come."""

from pydantic import BaseModel, NonNegativeInt


class Progress(BaseModel):
    """`done` of `total` units (rows for a spreadsheet) in a named phase; total None: not known."""

    phase: str = ""
    done: NonNegativeInt = 0
    total: NonNegativeInt | None = None
