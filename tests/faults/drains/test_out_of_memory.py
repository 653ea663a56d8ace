"""One job takes more memory than there is, in the slot beside another one's."""

from __future__ import annotations

import pytest

from tests.faults.work import csv
from tests.worker.process import draining
from tests.worker.signs import wait_until

pytestmark = pytest.mark.faults

ROWS = 60_000
MEMORY_MIB = "1024"
WAYS = ("fill_memory", "fill_memory_natively", "be_killed")
"""By Python's allocator, by a parser's in native code, and at the kernel's hands."""
SENTENCES = {
    "fill_memory": "The work needed more than 1024 MiB of memory",
    "fill_memory_natively": "The work needed more than 1024 MiB of memory",
    "be_killed": "The process that worked on this died (SIGKILL), most likely because the machine"
    " ran out of memory.",
}


def test_it_is_told_so_and_the_sheet_in_the_other_slot_is_parsed_in_one_go(yard):
    worker = yard.worker(WORKER_SLOTS="2", WORKER_JOB_MEMORY_MIB=MEMORY_MIB)
    sheet = yard.put_sheet(csv(ROWS))
    with draining(worker) as [drain]:
        wait_until(lambda: yard.rows_kept(sheet) > 0)
        hungry = {yard.put_overreach(how): how for how in WAYS}
        wait_until(lambda: yard.query("select count(*) from queue.ended")[0][0] >= len(WAYS))

    counts = drain.result()
    assert (counts["completed"], counts["buried"], counts["claimed"]) == (1, 3, 4)
    message = "select errors -> 0 ->> 'message' from queue.ended where id = %s"
    for job_id, how in hungry.items():
        assert yard.query(message, job_id)[0][0].startswith(SENTENCES[how])
    assert yard.attempts(sheet) == 1
    yard.assert_each_done_once(buried=len(WAYS))
