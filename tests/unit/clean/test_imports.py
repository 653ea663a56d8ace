"""Status reads clean data without the libraries that make its start slow."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
SCRIPT = """
import sys
from shared.clean.export import MEDIA_TYPES, export
from shared.clean.manifest import read_manifest
from shared.clean.page import Page, PageRequest, page_as_json
from shared.clean.profile import read_profile
from shared.clean.rows import ndjson
from shared.clean.selection import Selection
light = set(sys.modules)
from functions.status.without_pandas import do_without_pandas
from shared.storage import open_store

do_without_pandas()
store, key = open_store(sys.argv[1]), sys.argv[2]
manifest = read_manifest(store, key)
def rows(**wanted):
    found = page_as_json(store, manifest, PageRequest(limit=10, **wanted))
    return Page.model_validate_json(found).rows
assert len(rows(offset=0)) == 10
assert len(rows(offset=200)) == 10
assert rows(offset=0, filters=["s:contains:9"], sort=["-n"])
assert b"".join(ndjson(store, manifest, Selection.of(manifest))).count(b"\\n") == 300
assert read_profile(store, manifest.profile_key).columns
for fmt in MEDIA_TYPES:
    assert len(b"".join(export(store, manifest, fmt))) > 1000
print(*sorted({"pyarrow", "numpy", "pandas", "openpyxl"} & light), "|",
      *sorted(name for name in ("pandas", "openpyxl", "polars") if name in sys.modules))
"""


def test_reading_and_exporting_load_neither_pandas_nor_openpyxl(driver, bucket):
    rows = [f"{n if n != 7 else 'ND'},2024-05-06,2024-05-06 07:08:09,x{n}" for n in range(300)]
    result = driver.parse("\n".join(["n,day,at,s", *rows]).encode())

    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, bucket.env["STORAGE_BUCKET"], result.clean_data_key],
        cwd=ROOT,
        env={**bucket.env, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stderr == ""
    assert done.stdout.strip() == "|"
