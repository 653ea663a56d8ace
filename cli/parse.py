"""`sluice parse`."""

from typing import Any

from cli.client import Client
from cli.options import DEFAULT_URL, DEFAULT_USER, AsJson, RecordId, Url, User
from cli.reading import takes_reading
from cli.upload import Wait, report


@takes_reading
def parse(
    record: RecordId,
    *,
    reading: dict[str, Any],
    wait: Wait = False,
    as_json: AsJson = False,
    url: Url = DEFAULT_URL,
    user: User = DEFAULT_USER,
) -> None:
    """Read a record's file again, in another way."""
    with Client(url, user=user) as client:
        report(client, client.parse(record, reading), wait=wait, as_json=as_json)
