"""Screenings and extractions expire with all that belongs to them."""

from __future__ import annotations

from uuid import uuid4

import psycopg

from functions.worker.handlers.expire_language_records import work
from shared.extraction.template import Template
from shared.jobs.expire_language_records import ExpireLanguageRecords
from shared.records import extractions, screenings
from shared.records.sheets import StoredFile
from shared.screening.criteria import Criteria


def test_what_has_been_hidden_for_an_hour_goes_and_its_objects_follow(database_url):
    with psycopg.connect(database_url, autocommit=True) as conn:
        old, young, extraction = uuid4(), uuid4(), uuid4()
        for record_id in (old, young):
            screenings.create(
                conn,
                record_id,
                "ann",
                StoredFile(key="k", name="n", size=1, sha256=None),
                criteria=Criteria(population="larks"),
                mapping={},
                rule="both",
            )
        template = Template.model_validate([{"name": "a", "type": "text"}])
        extractions.create(conn, extraction, "ann", template, extractions.Source(texts_key="k"))
        for table, record_id in (("screening", old), ("extraction", extraction)):
            conn.execute(
                f"update records.{table} set expires_at = now() - interval '2 hours' where id = %s",
                [record_id],
            )
        with conn.transaction():
            work(conn, ExpireLanguageRecords())
        assert screenings.find(conn, young, "ann") is not None
        assert conn.execute("select count(*) from records.screening").fetchone() == (1,)
        assert conn.execute("select count(*) from records.extraction").fetchone() == (0,)
        orders = conn.execute("select payload from queue.job where queue = 'delete_objects'")
        assert sorted(name for (each,) in orders for name in each["names"]) == sorted(
            [f"screenings/{old}/", f"extractions/{extraction}/"]
        )
