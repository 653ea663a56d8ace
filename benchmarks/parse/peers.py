"""What others take for the bare read into a data frame, without types of ours, profile or Parquet.

Run as a program with a reader's name and a workbook's path.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable

from benchmarks.parse.memory import peak_mb


def _pandas(engine: str) -> Callable[[str], int]:
    import pandas  # noqa: PLC0415, ICN001 - one reader per process

    __import__(engine.replace("calamine", "python_calamine"))
    return lambda path: len(pandas.read_excel(path, engine=engine))


def _polars(_: str) -> Callable[[str], int]:
    import fastexcel  # noqa: F401, PLC0415
    import polars  # noqa: PLC0415, ICN001

    return lambda path: polars.read_excel(path).height


def _fastexcel(_: str) -> Callable[[str], int]:
    import fastexcel  # noqa: PLC0415

    return lambda path: fastexcel.read_excel(path).load_sheet(0).to_arrow().num_rows


READERS: dict[str, tuple[Callable[[str], Callable[[str], int]], str]] = {
    "pandas + openpyxl": (_pandas, "openpyxl"),
    "pandas + calamine": (_pandas, "calamine"),
    "polars.read_excel": (_polars, ""),
    "fastexcel": (_fastexcel, ""),
}


def _main(name: str, path: str) -> None:
    make, engine = READERS[name]
    read = make(engine)
    start, cpu = time.perf_counter(), time.process_time()
    rows = read(path)
    found = {"seconds": time.perf_counter() - start, "cpu": time.process_time() - cpu}
    print(json.dumps({**found, "peak_mb": peak_mb(), "rows": rows}))  # noqa: T201


if __name__ == "__main__":
    _main(*sys.argv[1:])
