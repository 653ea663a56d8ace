"""Which jobs are meant."""

from __future__ import annotations

from typing import Annotated

import typer

from shared.queue.search import SearchState

OfQueue = Annotated[str | None, typer.Option("--queue", help="Only those of this queue.")]
State = Annotated[SearchState | None, typer.Option(help="Only those in this state.")]
OfTenant = Annotated[
    str | None, typer.Option("--tenant", help="Only this user's; others' are for operators.")
]
OfSubject = Annotated[str | None, typer.Option("--subject", help="Only those on this record.")]
All = Annotated[bool, typer.Option("--all", help="Everybody's; for operators.")]


def filter_of(
    *,
    queue: str | None,
    state: SearchState | None,
    tenant: str | None,
    subject: str | None,
    all_: bool,
) -> dict[str, object]:
    """Return what was said, by the API's names."""
    said = {"queue": queue, "state": state, "tenant": tenant, "subject": subject}
    return {name: value for name, value in said.items() if value} | ({"all": True} if all_ else {})
