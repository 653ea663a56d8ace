"""What is to go wrong, when and for how long: the same for the same seed."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

LEASE_SECONDS = 3.0
"""Of all queues, so that what is lost is soon found."""
WORKERS = 4


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of trouble: how often it comes among those of its place, and for how many seconds."""

    name: str
    share: int
    shortest: float = 0.0
    longest: float = 0.0


@dataclass(frozen=True, slots=True)
class Trouble:
    """One that begins `at` so many seconds; `where` is a worker's number."""

    at: float
    seconds: float
    name: str
    where: int
    seed: int


@dataclass(frozen=True, slots=True)
class _Lane:
    """A place where one thing after the other goes wrong, so many seconds apart on average."""

    kinds: tuple[Kind, ...]
    apart: float
    places: int = 1


_LANES = (
    _Lane(
        kinds=(
            Kind("kill a job's process", 3),
            Kind("kill a worker's server", 2),
            Kind("kill a worker's master", 1, 0.5, 3.0),
            # From below one lease's length beyond its end to far beyond it.
            Kind("freeze a worker", 2, 1.3 * LEASE_SECONDS, 3 * LEASE_SECONDS),
            Kind("fill a worker's disk", 2, 2.0, 6.0),
        ),
        apart=6.0,
        places=WORKERS,
    ),
    _Lane(
        kinds=(
            Kind("stop PostgreSQL at once", 1, 0.2, 4.0),
            Kind("end connections to PostgreSQL", 2),
        ),
        apart=8.0,
    ),
    _Lane(kinds=(Kind("kill the bucket", 1, 0.2, 4.0),), apart=14.0),
    _Lane(
        kinds=(
            Kind("the bucket refuses", 1, 1.0, 4.0),
            Kind("the bucket breaks off", 2, 2.0, 5.0),
            Kind("the bucket is slow", 1, 2.0, 5.0),
        ),
        apart=6.0,
    ),
    _Lane(kinds=(Kind("kill the upload function's server", 1),), apart=12.0),
)


def plan(seed: int, seconds: float) -> list[Trouble]:
    """Return it in the order of its beginnings; all of it ends within `seconds`."""
    moments = random.Random(seed)  # noqa: S311 - it is to be repeated
    found = [
        trouble
        for lane in _LANES
        for deck in [_deck(lane.kinds, moments)]
        for place in range(lane.places)
        for trouble in _one_place(lane, place, deck, moments, seconds)
    ]
    return sorted(found, key=lambda trouble: (trouble.at, trouble.name))


def _one_place(
    lane: _Lane, place: int, deck: Iterator[Kind], moments: random.Random, seconds: float
) -> Iterator[Trouble]:
    now = moments.uniform(0.5, lane.apart)
    while True:
        kind = next(deck)
        lasts = moments.uniform(kind.shortest, kind.longest)
        if now + lasts > seconds:
            return
        yield Trouble(now, lasts, kind.name, place, moments.randrange(10**6))
        now += lasts + moments.uniform(0.2, 2.0) * lane.apart


def _deck(kinds: Sequence[Kind], moments: random.Random) -> Iterator[Kind]:
    """Deal all cards before any comes again, so that a short run sees every kind."""
    while True:
        cards = [kind for kind in kinds for _ in range(kind.share)]
        moments.shuffle(cards)
        yield from cards
