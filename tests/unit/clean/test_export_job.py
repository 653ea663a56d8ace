"""The job that makes a file, driven as the worker drives it; and addresses that are signed."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pyarrow.parquet as pq
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from google.cloud.storage import Client
from google.oauth2.service_account import Credentials

from functions.worker.children.messages import Advanced, Checkpointed
from functions.worker.handlers import export_sheet
from functions.worker.job import Job
from shared.clean.manifest import write_manifest
from shared.errors import Unrecoverable
from shared.http.attachment import attachment
from shared.jobs.export_sheet import ExportSheet, written_by
from shared.storage import Store
from tests.unit.clean.stored import stored


def job_of(store: Store, prefix: str, folder: Path, sent: list[Advanced | Checkpointed]) -> Job:
    return Job(
        job_id=7,
        fence=9,
        prefix=prefix,
        checkpoint=None,
        store=store,
        folder=folder,
        send=sent.append,
        stop_requested=lambda: False,
    )


def order_of(store: Store, rows: int = 20, **options: object) -> ExportSheet:
    manifest = stored(store, {"n": "integer", "s": "text"}, [[n, f"x{n}"] for n in range(rows)])
    prefix = manifest.parts[0].key.rpartition("/")[0]
    write_manifest(store, f"{prefix}/manifest.json", manifest)
    return ExportSheet.model_validate(
        {
            "record_id": prefix.removeprefix("sheets/"),
            "prefix": prefix,
            "clean_data_key": f"{prefix}/manifest.json",
            "format": "parquet",
            **options,
        }
    )


def test_the_file_is_found_by_its_job_and_holds_what_was_asked_for(store, tmp_path):
    order, sent = order_of(store, filters=("n:ge:15",), columns=("s",)), []

    result = export_sheet.run(order, job_of(store, order.prefix, tmp_path, sent))

    assert store.keys(written_by(order.prefix, 7)) == list(result.objects)
    (key,) = result.objects
    assert key.endswith("/export.parquet")
    table = pq.read_table(io.BytesIO(store.read(key)))
    assert table.to_pydict() == {"s": [f"x{n}" for n in range(15, 20)]}
    assert {message.progress.total for message in sent} == {20}


def test_what_a_format_cannot_hold_is_no_use_trying_again(store, tmp_path, monkeypatch):
    monkeypatch.setattr("shared.clean.export_xlsx.MAX_ROWS", 10)
    order = order_of(store, format="xlsx")

    with pytest.raises(Unrecoverable, match="An Excel sheet holds at most 10 rows"):
        export_sheet.run(order, job_of(store, order.prefix, tmp_path, []))

    assert store.keys(written_by(order.prefix, 7)) == []


def test_data_that_has_gone_is_said(store, tmp_path):
    order = order_of(store)
    store.delete(order.clean_data_key)

    with pytest.raises(Unrecoverable, match="no longer there: ask for the export again"):
        export_sheet.run(order, job_of(store, order.prefix, tmp_path, []))


def test_orders_for_the_same_file_are_the_same(store):
    order = order_of(store)
    same = ExportSheet.model_validate_json(order.model_dump_json())

    assert same.identity == order.identity
    assert order.model_copy(update={"filters": ("n:eq:1",)}).identity != order.identity
    assert order.model_copy(update={"clean_data_key": "other"}).identity != order.identity


def test_an_emulator_signs_nothing(store):
    until = datetime.now(UTC) + timedelta(hours=1)

    assert store.signed_url("a", until=until, disposition="attachment") is None


def test_a_service_account_with_a_key_signs_by_itself():
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    credentials = Credentials.from_service_account_info(
        {
            "client_email": "status@example.iam.gserviceaccount.com",
            "private_key": pem.decode(),
            "token_uri": "https://oauth2.invalid/token",
        }
    )
    bucket = Client(project="p", credentials=credentials).bucket("sheets-of-ours")
    until = datetime.now(UTC) + timedelta(hours=1)

    url = Store(bucket).signed_url("sheets/1/a.csv", until=until, disposition=attachment("人.csv"))

    query = parse_qs(urlsplit(str(url)).query)
    assert urlsplit(str(url)).path.endswith("/sheets/1/a.csv")
    assert query["response-content-disposition"] == [attachment("人.csv")]
    assert 3590 <= int(query["X-Goog-Expires"][0]) <= 3600
    assert query["X-Goog-Signature"]
