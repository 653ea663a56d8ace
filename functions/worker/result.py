"""What every handler's `run` returns."""

from pydantic import BaseModel


class Result(BaseModel):
    """Base of the results; goes through a pipe as JSON to the handler's `save`."""

    objects: tuple[str, ...] = ()
    """Names of the objects that `save` makes visible; all else that the job wrote is swept."""
