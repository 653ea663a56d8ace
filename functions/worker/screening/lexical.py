"""How well texts match a query by their words: BM25, by bm25s."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from functions.worker.language.words import words

if TYPE_CHECKING:
    from numpy.typing import NDArray

NAME = "builtin-bm25"


class Lexical:
    """An index of texts."""

    def __init__(self, texts: Sequence[str]) -> None:
        import bm25s  # noqa: PLC0415 - heavy

        # Its import sets it to tell every step on standard error.
        logging.getLogger("bm25s").setLevel(logging.WARNING)
        self._size = len(texts)
        # A corpus without a single word cannot be indexed.
        tokens = [words(text) or ["∅"] for text in texts]
        self._known = {token for each in tokens for token in each}
        self._index = bm25s.BM25(backend="numpy")
        self._index.index(tokens, show_progress=False)

    def scores(self, query: str) -> NDArray[Any]:
        """Return how well each text matches."""
        import numpy as np  # noqa: PLC0415 - heavy

        asked = sorted(set(words(query)) & self._known)
        if not asked:
            return np.zeros(self._size, dtype=np.float32)
        found: NDArray[Any] = self._index.get_scores(asked)
        return found
