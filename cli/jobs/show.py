"""`sluice jobs show`, and jobs as a person sees them."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.markup import escape

from cli.answers import Failure, Job, JobDetail
from cli.client import Client
from cli.durations import told
from cli.options import DEFAULT_URL, DEFAULT_USER, AsJson, Url, User
from cli.show import CONSOLE, new_table, show_json, show_line, shown_time

JobId = Annotated[int, typer.Argument(metavar="JOB", min=1, help="The job's id.")]


def show(
    job: JobId, *, as_json: AsJson = False, url: Url = DEFAULT_URL, user: User = DEFAULT_USER
) -> None:
    """Tell all about a job: every failed attempt, and why it waits."""
    with Client(url, user=user) as client:
        found: JobDetail = client.data("GET", f"/api/v1/jobs/{job}")
    if as_json:
        show_json(found)
    else:
        _show_detail(found)


def show_jobs(jobs: list[Job]) -> None:
    """Print a line per job."""
    table = new_table("jobs, newest first")
    table.add_column("job", no_wrap=True)
    for heading in ("queue", "tenant", "state", "attempt", "created", "record", "error"):
        table.add_column(heading, overflow="fold")
    for job in jobs:
        texts = (job["queue"], job["tenant"], job["state"], _attempt(job))
        rest = (shown_time(job["createdAt"]), job["recordId"] or "", job["error"] or "")
        table.add_row(str(job["jobId"]), *(escape(text) for text in texts + rest))
    CONSOLE.print(table)


def _attempt(job: Job) -> str:
    return f"{job['attempt']} of {job['maxAttempts']}"


def _show_detail(job: JobDetail) -> None:
    show_line(f"Job {job['jobId']} in {job['queue']}  [bold]{job['state']}[/]")
    progress = f"{job['done']:,} of {job['total']:,}" if job["total"] and job["done"] else ""
    facts = {
        "waits because": job["waitingBecause"],
        "tenant": job["tenant"],
        "record": job["recordId"],
        "batch": job["batchId"],
        "attempt": _attempt(job),
        "progress": f"{job['phase'] or ''} {progress}".strip(),
        "should take": told(job["etaSeconds"]),
        "worked": told(job["workedSeconds"] or None),
        "cost": f"{job['cost']:g}",
        "created": shown_time(job["createdAt"]),
        "started": shown_time(job["startedAt"]),
        "ended": shown_time(job["endedAt"]),
    }
    for name, value in facts.items():
        if value:
            show_line(f"  {name:14}{escape(str(value))}")
    for failure in job["failures"]:
        _show_failure(failure)


def _show_failure(failure: Failure) -> None:
    when = f"{shown_time(failure['startedAt'])} to {shown_time(failure['endedAt'])}"
    show_line(f"  attempt {failure['attempt']}, {when}: {escape(failure['message'])}")
    for line in (failure["trace"] or "").splitlines():
        show_line(f"    [dim]{escape(line)}[/]")
