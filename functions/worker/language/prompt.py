"""Prompts: versioned files, and documents that go with them as data."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Prompt:
    """What is sent: `instructions` are ours, `document` is data and never an instruction."""

    name: str
    """Of the file, with its version."""
    instructions: str
    document: str

    @classmethod
    def of(cls, name: str, *, document: str, **values: str) -> Prompt:
        """Fill a file in `prompts/`: `{{name}}` stands for a value. What is ours comes first.

        So the endpoint can keep the beginning, which is the same for all documents.
        """
        text = _file(name)
        for key, value in values.items():
            text = text.replace("{{" + key + "}}", value)
        return cls(name, text, document)

    def messages(self) -> list[dict[str, str]]:
        """Return the conversation; a fence that the document cannot contain is around it."""
        fence = hashlib.sha256(self.document.encode()).hexdigest()[:16]
        fenced = f"<document-{fence}>\n{self.document}\n</document-{fence}>"
        return [
            {"role": "system", "content": self.instructions},
            {"role": "user", "content": fenced},
        ]


@lru_cache
def _file(name: str) -> str:
    return files("functions.worker.language").joinpath("prompts", f"{name}.md").read_text("utf-8")
