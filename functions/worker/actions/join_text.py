"""Put several columns into one text."""

import pyarrow as pa

from functions.worker.frames.frame import Cells, Frame
from functions.worker.frames.texts import shown
from shared.actions.join_text import JoinText


def apply(action: JoinText, frame: Frame) -> Frame:
    """Add the column; where all cells are blank, it is too."""
    columns = [shown(cells) for cells in frame.only(action.columns)]
    texts = [
        action.separator.join(text for text in row if text is not None) or None
        for row in zip(*columns, strict=True)
    ]
    return frame.plus(Cells.of(action.into, "text", pa.array(texts, type=pa.string())))
