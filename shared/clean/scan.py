"""A pass over clean data: only some columns, only row groups that may matter, parts ahead."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import accumulate, islice
from typing import TYPE_CHECKING

from shared.clean.column import ODD
from shared.clean.condition import Condition
from shared.clean.manifest import Manifest, Part
from shared.clean.matching import may_match
from shared.clean.part_file import part_file
from shared.storage import Store

if TYPE_CHECKING:
    import pyarrow as pa

_PARTS_AT_ONCE = 4
"""What is in the bucket takes a while to come: one part is worked on while others are read."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """The rows of a row group; the table has the columns asked for, then ODD if one of them has
    odd cells.
    """

    first: int
    """Number of its first row in the sheet, from 0."""
    table: pa.Table


def scan(
    store: Store, manifest: Manifest, positions: Sequence[int], conditions: Sequence[Condition] = ()
) -> Iterator[Stretch]:
    """Yield, in order, all row groups but those in which surely no row fits the conditions.

    Holds a few parts' columns in memory. Raises ObjectMissing.
    """
    firsts = accumulate((part.rows for part in manifest.parts), initial=0)
    parts = zip(manifest.parts, firsts, strict=False)
    read = partial(_read, store, manifest, positions=positions, conditions=conditions)
    with ThreadPoolExecutor(_PARTS_AT_ONCE) as pool:

        def start(count: int) -> Iterator[Future[list[Stretch]]]:
            for part, first in islice(parts, count):
                yield pool.submit(read, part, first)

        ahead = deque(start(_PARTS_AT_ONCE))
        while ahead:
            stretches = ahead.popleft().result()
            ahead.extend(start(1))
            yield from stretches


def _read(
    store: Store,
    manifest: Manifest,
    part: Part,
    first: int,
    *,
    positions: Sequence[int],
    conditions: Sequence[Condition],
) -> list[Stretch]:
    names = [manifest.columns[position].name for position in positions]
    if any(manifest.columns[position].odd for position in positions):
        names.append(ODD)
    odd = {each.position for each in conditions if manifest.columns[each.position].odd}
    found = []
    with part_file(store, part) as parquet:
        for number in range(parquet.num_row_groups):
            group = parquet.metadata.row_group(number)
            if all(may_match(group, each, odd=each.position in odd) for each in conditions):
                # Names with dots may match more than is asked for; `select` takes the exact ones.
                table = parquet.read_row_group(number, columns=names, use_threads=False).select(
                    names
                )
                found.append(Stretch(first, table))
            first += group.num_rows
    return found
