"""Old code runs on the new schema: a migration only adds what the version before can ignore."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

MIGRATIONS = sorted((Path(__file__).parents[2] / "shared" / "migrations").glob("*.sql"))
BREAKING = re.compile(
    r"\bdrop\s+(table|column|view|schema|function)\b|\brename\s+(to|column)\b"
    r"|\balter\s+column\s+\w+\s+(type|set\s+not\s+null)\b"
    r"|\badd\s+column\s+\w+\s+[^,;]*\bnot\s+null\b(?![^,;]*\bdefault\b)",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"--.*")
_BODY = re.compile(r"\$\$.*?\$\$", re.DOTALL)


@pytest.mark.parametrize("path", MIGRATIONS, ids=lambda path: path.stem)
def test_a_migration_takes_nothing_away(path):
    statements = _BODY.sub("", _COMMENT.sub("", path.read_text()))
    assert BREAKING.search(statements) is None


@pytest.mark.parametrize(
    "statement",
    [
        "drop table queue.job",
        "alter table queue.job drop column lane",
        "alter table queue.job rename column lane to way",
        "alter table queue.job alter column lane type integer",
        "alter table queue.job add column lane text not null",
    ],
)
def test_what_would_break_the_version_before_is_recognised(statement):
    assert BREAKING.search(statement)
