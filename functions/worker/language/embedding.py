"""WordLlama's static embeddings: a table of vectors for pieces of words, averaged. No network."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

NAME = "builtin-wordllama-256"

_AT_ONCE = 256


def embed(texts: Sequence[str]) -> NDArray[Any]:
    """Return a vector of length 1 for each text, of length 0 for one without words."""
    import numpy as np  # noqa: PLC0415 - heavy

    if not texts:
        return np.zeros((0, 256), dtype=np.float32)
    vectors = [
        _model().embed(list(texts[at : at + _AT_ONCE]), norm=False)
        for at in range(0, len(texts), _AT_ONCE)
    ]
    found: NDArray[Any] = np.nan_to_num(np.vstack(vectors).astype(np.float32))
    lengths = np.linalg.norm(found, axis=1, keepdims=True)
    return found / np.where(lengths > 0, lengths, 1)


@lru_cache(maxsize=1)
def _model() -> Any:  # noqa: ANN401 - untyped
    import wordllama  # noqa: PLC0415 - heavy

    # It looks for its tokenizer beside its code in a folder of another name than the one that it
    # is in; as a cache the package's own folder has the right layout.
    package = Path(wordllama.__file__).parent
    return wordllama.WordLlama.load(cache_dir=package, disable_download=True)
