"""A file in `handlers/` that is no handler says what it lacks."""

from collections.abc import Callable
from pathlib import Path

import pytest

from functions.worker import handlers, registry
from functions.worker.registry import BrokenHandler, handler, queues

PAYLOAD = """
from typing import ClassVar
from functions.worker.result import Result
from shared.queue.payload import Payload as AnyPayload
class Payload(AnyPayload):
    queue: ClassVar[str] = {queue!r}
"""


@pytest.fixture
def drop_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """Add a file to the folder of handlers."""
    monkeypatch.setattr(handlers, "__path__", [*handlers.__path__, str(tmp_path)])

    def write(name: str, text: str) -> None:
        (tmp_path / f"{name}.py").write_text(text)

    return write


def test_a_file_is_a_queue(drop_in):
    before = queues()
    drop_in("shear_sheep", "raise AssertionError('imported too early')")

    assert queues() == sorted([*before, "shear_sheep"])
    assert "parse_excel" in before


def test_a_handler_without_save_is_refused(drop_in):
    drop_in("without_save", PAYLOAD.format(queue="without_save") + "def run(payload, job): ...")

    with pytest.raises(BrokenHandler, match=r"handlers\.without_save has no save\.$"):
        handler("without_save")


def test_all_that_is_missing_is_told(drop_in):
    drop_in("empty_file", "")

    with pytest.raises(BrokenHandler, match="has no Payload and no Result and no run and no save"):
        handler("empty_file")


def test_a_payload_of_another_queue_is_refused(drop_in):
    text = PAYLOAD.format(queue="other") + "def run(payload, job): ...\ndef save(*_): ..."
    drop_in("misnamed", text)

    with pytest.raises(BrokenHandler, match="has the payload of 'other'"):
        handler("misnamed")


def test_a_handler_may_name_what_its_processes_need_early(drop_in):
    text = PAYLOAD.format(queue="early") + "def run(payload, job): ...\ndef save(*_): ..."
    drop_in("early", text + "\nPRELOAD = ('json',)")

    assert registry.preload("early") == ("json",)
