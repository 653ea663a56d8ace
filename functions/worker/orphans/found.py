"""What a walk over the bucket reports: objects that are old enough, by what they belong to."""

from __future__ import annotations

from uuid import UUID

from pydantic import BaseModel


class Found(BaseModel):
    """The old objects of one record or upload."""

    branch: str
    """One of the walk's BRANCHES: says which table the id is of."""
    id: UUID
    keys: tuple[str, ...]
    """Names of objects; one that ends in a slash stands for all objects below it."""
    manifests: dict[str, tuple[str, ...]] = {}
    """Each manifest that is there and can be read, with all that it names."""

    @property
    def root(self) -> str:
        """Return what the names of all its objects begin with."""
        return f"{self.branch}/{self.id}"

    def writers(self) -> dict[str, int]:
        """Return the keys that a job has written, with that job's id; see `job.own_objects`."""
        names = {key: key.removeprefix(f"{self.root}/").partition("-")[0] for key in self.keys}
        return {key: int(name) for key, name in names.items() if name.isdecimal()}
