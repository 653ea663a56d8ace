"""An answer of which a part was written before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import BaseModel

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Written(Generic[M]):
    """What a model's `model_dump_json(by_alias=True)` would return."""

    json: str

    @classmethod
    def of(cls, written: BaseModel, **parts: str) -> Written[M]:
        """Put fields that are JSON already behind those of a model that lacks them."""
        fields = "".join(f',"{name}":{part}' for name, part in parts.items())
        return cls(f"{written.model_dump_json(by_alias=True)[:-1]}{fields}}}")
