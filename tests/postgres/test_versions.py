"""The versions of a record: one line, numbers used once, twenty kept, races lost cleanly."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import pytest

from shared.records import sheets, versions
from shared.records.sheets import StoredFile
from shared.records.versions import KEPT, NewVersion, ReadAnew, VersionChanged

NEW = NewVersion(
    file_key="x",
    file_size=1,
    file_sha256="0" * 64,
    clean_data_key="x",
    total_rows=1,
    total_cols=1,
    columns=[],
    source={},
    actions=[{"action": "trim"}],
    created_by="ann",
)


@pytest.fixture
def record(conn) -> UUID:
    record_id = uuid4()
    sheets.create(conn, record_id, "ann", StoredFile("original-1", "a.csv", 1, None))
    publish(conn, record_id, "clean-1")
    return record_id


def publish(conn, record_id, key):
    sheets.publish(
        conn, record_id, clean_data_key=key, total_rows=1, total_cols=1, columns=[], source={}
    )


def append(conn, record_id, *, expected, edited=None):
    edited = edited or f"clean-{expected}"
    with conn.transaction():
        number = versions.append(conn, record_id, NEW, expected=expected, edited=edited)
        conn.execute(
            "update records.sheet_version set file_key = %s, clean_data_key = %s"
            " where record_id = %s and version = %s",
            [f"original-{number}", f"clean-{number}", record_id, number],
        )
        conn.execute(
            "update records.sheet set file_key = %s, clean_data_key = %s where id = %s",
            [f"original-{number}", f"clean-{number}", record_id],
        )
    return number


def at(conn, record_id):
    sheet = sheets.find(conn, record_id, "ann")
    return sheet.version, sheet.file_key, sheet.clean_data_key


def numbers(conn, record_id):
    return [each.version for each in versions.history(conn, record_id)]


def test_the_first_edit_keeps_the_uploaded_file_as_version_1(conn, record):
    assert numbers(conn, record) == []
    assert append(conn, record, expected=1) == 2

    assert numbers(conn, record) == [1, 2]
    assert versions.undo(conn, record, expected=2) == 1
    assert at(conn, record) == (1, "original-1", "clean-1")
    assert versions.redo(conn, record, expected=1) == 2
    assert at(conn, record) == (2, "original-2", "clean-2")


def test_a_number_is_never_used_twice(conn, record):
    append(conn, record, expected=1)
    append(conn, record, expected=2)
    versions.undo(conn, record, expected=None)
    versions.undo(conn, record, expected=None)

    assert append(conn, record, expected=1) == 4
    assert numbers(conn, record) == [1, 4]
    versions.undo(conn, record, expected=None)
    assert append(conn, record, expected=1) == 5


@pytest.mark.parametrize("change", [versions.undo, versions.redo])
def test_another_version_than_expected_changes_nothing(conn, record, change):
    append(conn, record, expected=1)
    with pytest.raises(VersionChanged, match="at version 2 by now, and version 1 was expected"):
        change(conn, record, expected=1)
    with pytest.raises(VersionChanged):
        append(conn, record, expected=1)

    assert at(conn, record)[0] == 2
    assert numbers(conn, record) == [1, 2]


def test_an_edit_of_clean_data_that_was_replaced_is_not_saved(conn, record):
    publish(conn, record, "clean-1-again")

    with pytest.raises(ReadAnew, match="read anew"):
        append(conn, record, expected=1)

    assert numbers(conn, record) == []
    assert append(conn, record, expected=1, edited="clean-1-again") == 2


def test_of_two_edits_at_once_one_is_saved(conn, connect, record):
    def save(own):
        try:
            return append(own, record, expected=1)
        except VersionChanged:
            return None

    with ThreadPoolExecutor(2) as pool:
        saved = list(pool.map(save, [connect(), connect()]))

    assert sorted(saved, key=str) == [2, None]
    assert numbers(conn, record) == [1, 2]


def test_what_is_kept_is_referred_to_and_the_rest_is_not(conn, record):
    for expected in range(1, KEPT + 3):
        append(conn, record, expected=expected)

    found = sheets.references(conn, [record])[record]

    kept = range(4, KEPT + 4)
    assert found.manifests == {f"clean-{number}" for number in kept}
    assert found.originals == {f"original-{number}" for number in kept}
    history = versions.history(conn, record)
    assert [each.version for each in history] == list(range(1, KEPT + 4))
    assert [each.version for each in history if each.kept] == list(kept)


def test_undone_versions_are_referred_to_until_another_edit(conn, record):
    append(conn, record, expected=1)
    versions.undo(conn, record, expected=2)

    assert sheets.references(conn, [record])[record].manifests == {"clean-1", "clean-2"}


def test_a_new_parse_of_the_current_version_is_what_one_comes_back_to(conn, record):
    append(conn, record, expected=1)
    versions.undo(conn, record, expected=2)
    publish(conn, record, "clean-1-again")
    versions.redo(conn, record, expected=1)

    assert versions.undo(conn, record, expected=2) == 1
    assert at(conn, record)[2] == "clean-1-again"


def test_a_record_that_is_gone_has_no_versions(conn, record):
    append(conn, record, expected=1)
    sheets.delete(conn, record)

    assert append(conn, record, expected=2) is None
    assert versions.undo(conn, record, expected=None) is None
    assert numbers(conn, record) == []
