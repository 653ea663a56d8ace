"""The code in a document."""

from __future__ import annotations

import re
from dataclasses import dataclass

_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_PATH = re.compile(r"(?:#|--) ([\w/]+\.\w+)\n")


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of code, and the line of the document on which it begins."""

    language: str
    code: str
    line: int


def blocks(text: str) -> list[Block]:
    """Return all pieces of code that name their language, as they follow each other."""
    return [
        Block(found[1], found[2], line=text.count("\n", 0, found.start(2)) + 1)
        for found in _BLOCK.finditer(text)
    ]


def script(text: str, language: str) -> str:
    """Return the code of one language, each line where it stands in the document.

    So what fails is told with the document's line number.
    """
    lines = [""] * (text.count("\n") + 1)
    for block in blocks(text):
        if block.language == language:
            code = block.code.splitlines()
            lines[block.line - 1 : block.line - 1 + len(code)] = code
    return "\n".join(lines) + "\n"


def files(text: str) -> dict[str, str]:
    """Return the pieces of code that begin with a comment which is their path, by that path."""
    paths = ((_PATH.match(block.code), block.code) for block in blocks(text))
    return {path[1]: code for path, code in paths if path}
