"""What must be true at the end, whatever has happened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import httpx

from benchmarks.chaos.accepted import Accepted, Task
from benchmarks.chaos.stack import Stack

_DOUBLED = "select id::text, count(*)::text from queue.ended group by id having count(*) > 1"
_LEFT = """
select 'job', count(*) from queue.job union all select 'lease', count(*) from queue.lease
union all select 'checkpoint', count(*) from queue.checkpoint
"""
# The name of a job of SQL; of a job that changes a sheet, the record's id.
_MISCOUNTED = """
with done as (
    select coalesce(payload ->> 'name', subject) as name,
           count(*) filter (where outcome = 'completed') as times
      from queue.ended where queue in ('tally', 'parse_excel', 'edit_sheet') group by 1
), noted as (select name, count(*) as times from public.ledger group by name)
select name, done.times, noted.times from done full join noted using (name)
 where coalesce(done.times, 0) <> coalesce(noted.times, 0)
"""
_INCOMPLETE = """
select screening.id::text, 'screening'
  from records.screening join queue.ended on subject = screening.id::text
 where outcome = 'completed'
   and ((select count(*) from records.reference where screening_id = screening.id)
            is distinct from total_records
        or (select count(*) from records.verdict where screening_id = screening.id)
            is distinct from 2 * (total_records - duplicates))
union all
select extraction.id::text, 'extraction'
  from records.extraction join queue.ended on subject = extraction.id::text
 where outcome = 'completed'
   and ((select count(*) from records.extraction_text where extraction_id = extraction.id)
            is distinct from total_texts
        or (select count(distinct (number, model)) from records.extracted
             where extraction_id = extraction.id) is distinct from 2 * total_texts)
"""
_RECORDS = """
select id::text from records.sheet union all select id::text from records.screening
union all select id::text from records.extraction
"""
_TALLIES = "select payload ->> 'name', outcome from queue.ended where queue = 'tally'"


@dataclass
class Verdict:
    """Sentences about what is wrong, by figure; and how tasks have ended."""

    wrong: dict[str, list[str]] = field(default_factory=dict)
    ends: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By what it was, and how it ended."""
    reasons: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Of those that came to nothing and need not have, with what they were."""


def judge(stack: Stack, accepted: Accepted) -> Verdict:
    """Look at every task as its owner does, and at the tables."""
    verdict = Verdict()
    verdict.wrong["unended"] = [
        *_tasks(stack, accepted, verdict),
        *_tallies(stack, accepted, verdict),
    ]
    verdict.wrong["doubled_ends"] = [" ".join(map(str, row)) for row in stack.query(_DOUBLED)]
    verdict.wrong["miscounted"] = [str(row) for row in stack.query(_MISCOUNTED)]
    verdict.wrong["incomplete"] = [str(row) for row in stack.query(_INCOMPLETE)]
    verdict.wrong["left"] = [f"{n} of {table}" for table, n in stack.query(_LEFT) if n]
    known = Counter(task.record_id for task in accepted.tasks)
    verdict.wrong["unasked"] = [str(id_) for (id_,) in stack.query(_RECORDS) if id_ not in known]
    return verdict


def _tasks(stack: Stack, accepted: Accepted, verdict: Verdict) -> Iterator[str]:
    with httpx.Client(base_url=stack.system.url, timeout=30) as client:
        for task in accepted.tasks:
            answer = client.get(
                f"{task.path}/status",
                params={"jobId": task.job_id},
                headers={"x-sluice-user": task.owner},
            )
            data = answer.json().get("data") or {}
            status, reason = str(data.get("status")), data.get("error")
            verdict.ends[task.what, status] += 1
            if task.end != "error" and status == "error":
                verdict.reasons[task.what, str(reason)] += 1
            if not _is_a_good_end(task, status, reason):
                yield f"{task}: {answer.status_code} {answer.text[:500]}"


def _is_a_good_end(task: Task, status: str, reason: object) -> bool:
    if status == "error":
        return bool(reason)
    return status == "ready" and task.end != "error"


def _tallies(stack: Stack, accepted: Accepted, verdict: Verdict) -> Iterator[str]:
    ended = {name: outcome for name, outcome in stack.query(_TALLIES)}  # noqa: C416
    for name, hopeless in accepted.tallies.items():
        outcome = ended.get(name)
        verdict.ends["hopeless SQL" if hopeless else "SQL", str(outcome)] += 1
        if outcome not in ({"buried"} if hopeless else {"completed", "buried"}):
            yield f"The job {name}: {outcome}"
