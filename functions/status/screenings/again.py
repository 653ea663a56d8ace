"""Another job for a screening whose last one has ended before all was judged."""

from __future__ import annotations

from psycopg import Connection

from shared.errors import Conflict
from shared.jobs.screen_literature import ScreenLiterature
from shared.jobs.with_allowance import enqueue_with_allowance
from shared.queue.find import find_newest
from shared.records import screenings
from shared.records.model_use import Allowance
from shared.records.screenings import Screening
from shared.screening.criteria import Criteria

_MIB = 1 << 20


def screen_again(conn: Connection, stored: Screening) -> int:
    """Return the job, with an allowance of its own; what models have answered is not asked again.

    Raises Conflict while another is at it, or when no tokens are left.
    """
    last = find_newest(conn, str(stored.id))
    if last is not None and not last.ended:
        raise Conflict("This screening is being worked on: follow its status.", jobId=last.id)

    def payload_of(allowance: Allowance) -> ScreenLiterature:
        return ScreenLiterature(
            prefix=screenings.prefix_of(stored.id),
            record_id=stored.id,
            source=stored.file_key,
            criteria=Criteria.model_validate(stored.criteria),
            mapping=stored.mapping,
            tokens=allowance.tokens,
            calls_per_minute=allowance.calls_per_minute,
        )

    cost = max(1.0, stored.file_size / _MIB)
    return enqueue_with_allowance(conn, stored.owner, stored.id, payload_of, cost=cost)
