"""What holds for every action."""

from __future__ import annotations

import importlib
import pkgutil
import typing
from datetime import date

import pytest

from functions.worker import actions as work
from functions.worker.frames.apply import apply
from shared.edits.known import as_data, kinds, plan, recipe_of
from tests.unit.actions.tables import Odd, record, rows, table

FRAME = table(
    {"n": "integer"},
    姓名=["张 三", "Ann ", None],
    n=[3, None, Odd("#N/A")],
    x=[1.5, 2.5, 3.5],
    day=[date(2024, 5, 6), None, date(2024, 5, 7)],
)
OTHER = table(name=["Ann "], town=["Bonn"])
EXAMPLES = {
    "rename": {"columns": {"n": "数"}},
    "drop": {"columns": ["x"]},
    "reorder": {"columns": ["day"]},
    "change_type": {"columns": ["n"], "type": "text"},
    "filter": {"conditions": [{"column": "n", "is": "=", "value": 3}]},
    "sort": {"by": [{"column": "姓名"}]},
    "deduplicate": {"columns": ["姓名"]},
    "fill": {"columns": ["n"], "method": "mean"},
    "replace": {"columns": ["n"], "changes": [{"from": 3, "to": 4}]},
    "bin": {"column": "x", "into": "class", "edges": [0, 2, 4]},
    "compute": {"column": "y", "expression": "x * 2"},
    "split": {"column": "姓名", "separator": " ", "into": ["姓", "名"]},
    "join_text": {"columns": ["姓名", "n"], "into": "both"},
    "trim": {},
    "pivot": {"rows": ["姓名"], "columns": "day", "values": "x"},
    "unpivot": {"columns": ["n", "x"]},
    "group": {"by": ["day"], "aggregates": [{"column": "x", "figure": "mean"}]},
    "join": {"record": str(record("o")), "on": [{"left": "姓名", "right": "name"}]},
}


def test_every_action_has_an_example_here_and_a_file_that_does_it():
    doing = {module.name for module in pkgutil.iter_modules(work.__path__)}

    assert set(EXAMPLES) == set(kinds()) == doing


@pytest.mark.parametrize("name", EXAMPLES)
def test_its_model_and_its_work_belong_together(name):
    model = kinds()[name]
    hints = typing.get_type_hints(importlib.import_module(f"{work.__name__}.{name}").apply)

    assert hints["action"] is model
    assert model.__doc__
    assert model.model_fields["action"].default == name


@pytest.mark.parametrize("name", EXAMPLES)
def test_it_can_be_kept_and_replayed(name):
    (action,) = recipe_of([{"action": name, **EXAMPLES[name]}])

    assert recipe_of(as_data([action])) == [action]


@pytest.mark.parametrize("name", EXAMPLES)
def test_what_comes_out_has_the_shape_that_was_planned(name):
    (action,) = recipe_of([{"action": name, **EXAMPLES[name]}])
    others = {record("o"): OTHER}
    planned = plan([action], FRAME.shape, {key: other.shape for key, other in others.items()})

    found = apply(action, FRAME, others)

    names = [cells.name for cells in found.columns]
    assert len(set(names)) == len(names)
    assert all(len(cells.values) == found.rows for cells in found.columns)
    if not planned.open:
        assert names == list(planned.types)
    for cells in found.columns:
        assert planned.types.get(cells.name) in (None, cells.type)


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_table_that_it_is_done_to_stays_as_it_is(name):
    before = rows(FRAME)
    (action,) = recipe_of([{"action": name, **EXAMPLES[name]}])

    apply(action, FRAME, {record("o"): OTHER})

    assert rows(FRAME) == before


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_table_without_rows_is_no_fault(name):
    none = {cells.name: [] for cells in FRAME.columns}
    frame = table({cells.name: cells.type for cells in FRAME.columns}, **none)
    (action,) = recipe_of([{"action": name, **EXAMPLES[name]}])

    assert apply(action, frame, {record("o"): OTHER}).rows == 0
