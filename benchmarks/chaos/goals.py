"""What must be true at the end of a run."""

from __future__ import annotations

from benchmarks.report import Goal

GOALS = (
    Goal("not_drained", "jobs left when the time to drain was over", most=0),
    Goal("unended", "accepted tasks neither ready nor in error with a reason", most=0),
    Goal("doubled_ends", "jobs that have ended more than once", most=0),
    Goal("miscounted", "jobs or records whose effects are not there exactly once", most=0),
    Goal("incomplete", "ready screenings and extractions that lack a part", most=0),
    Goal("left", "queue tables that are not empty", most=0),
    Goal("unasked", "records that nobody was told of, though all was asked until answered", most=0),
    Goal("half_true", "answers that showed half a record", most=0),
    Goal("orphans", "objects after the sweep that nothing refers to", most=0),
    Goal("missing", "objects that are referred to and not there", most=0),
    Goal("accepted", "tasks that were accepted", least=10),
    Goal("kinds_struck", "kinds of trouble that struck, of 12", least=10),
)
