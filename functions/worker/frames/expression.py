"""Expressions that users write. DuckDB parses them; what is computed is the tree it gives.

The tree must be one expression over this table's columns, and every node of it must be on the lists
in `grammar`. Columns are then named by their places, so that no name of a user's is left in what is
computed. It runs in a child process, whose memory and time are limited, because a harmless function
can still be asked for too much.
"""

from __future__ import annotations

import json
from typing import Any

import duckdb
import pyarrow as pa

from functions.worker.frames.database import calculator
from functions.worker.frames.frame import Cells, Frame, Values
from functions.worker.frames.grammar import CLASSES, FUNCTIONS, OPERATORS, PARTS, TYPES
from functions.worker.frames.values import from_arrow
from shared.edits.shape import Shape
from shared.errors import Unprocessable

_TABLE = "cells"
_MAX_NODES = 2_000


def evaluate(expression: str, frame: Frame, name: str) -> Cells:
    """Return a column of this name with the expression's value in each row.

    Raises Unprocessable for an expression that is none, is not allowed, or fails in some row.
    """
    with calculator() as connection:
        tree = _parse(connection, expression)
        used = _Checked(frame.shape)
        used.check(_only_expression(connection, tree))
        try:
            sql = connection.execute("select json_deserialize_sql(?)", [json.dumps(tree)])
            text = f"{_first(sql)} from {_TABLE}"
            connection.register(_TABLE, _arguments(frame, used.places))
            found: Any = connection.sql(text).to_arrow_table()
        except duckdb.OutOfMemoryException:
            raise  # for the calculator to tell
        except duckdb.Error as error:
            raise _refusal(expression, error) from error
    return from_arrow(name, found.column(0), expression)


def truths(expression: str, frame: Frame) -> Values:
    """Return in which rows the expression is true; raises Unprocessable."""
    found = evaluate(expression, frame, "where")
    if found.type != "boolean":
        raise Unprocessable(f"{expression!r} must be true or false, and is of type {found.type}.")
    return found.values.fill_null(False)


def _parse(connection: duckdb.DuckDBPyConnection, expression: str) -> dict[str, Any]:
    # The new line ends a comment, the brackets keep a list of several out.
    statement = f"select (\n{expression}\n)"
    parsed: dict[str, Any] = json.loads(
        _first(connection.execute("select json_serialize_sql(?)", [statement]))
    )
    if parsed["error"]:
        raise Unprocessable(f"{expression!r} is no expression: {parsed['error_message']}.")
    return parsed


def _only_expression(connection: duckdb.DuckDBPyConnection, tree: dict[str, Any]) -> dict[str, Any]:
    """Return the tree's one expression; raises Unprocessable if there is anything beside it."""
    plain = _parse(connection, "1")
    expressions = [each["node"].get("select_list") for each in tree["statements"]]
    if len(expressions) == 1 and isinstance(expressions[0], list) and len(expressions[0]) == 1:
        plain["statements"][0]["node"]["select_list"] = expressions[0]
        if plain == tree:
            found: dict[str, Any] = expressions[0][0]
            return found
    raise Unprocessable("An expression is a single value: no select, no from, no semicolon.")


class _Checked:
    """Goes through a tree; afterwards its columns are named by their places."""

    def __init__(self, shape: Shape) -> None:
        self._shape = shape
        self._place = {name: place for place, name in enumerate(shape.types)}
        self._nodes = 0
        self.places: set[int] = set()

    def check(self, node: object) -> None:
        """Raise Unprocessable at the first thing that is not allowed."""
        if isinstance(node, list):
            for each in node:
                self.check(each)
        elif isinstance(node, dict):
            self._check_node(node)
            for each in node.values():
                self.check(each)

    def _check_node(self, node: dict[str, Any]) -> None:
        self._nodes += 1
        if self._nodes > _MAX_NODES:
            raise Unprocessable("The expression is too long: compute a part of it first.")
        what = node.get("class", "")
        if what not in CLASSES and not _is_part(node):
            raise _not_allowed(str(what or "a query").lower().replace("_", " "))
        match what:
            case "OPERATOR" if node["type"] not in OPERATORS:
                raise _not_allowed(str(node["type"]).lower().replace("_", " "))
            case "TYPE" if not _is_plain(node, "type_name", TYPES):
                raise _not_allowed(f"the type {node['type_name']}")
            case "FUNCTION":
                self._check_function(node)
            case "COLUMN_REF":
                node["column_names"] = [self._column(node["column_names"])]

    def _check_function(self, node: dict[str, Any]) -> None:
        if not _is_plain(node, "function_name", FUNCTIONS):
            raise _not_allowed(f"the function {node['function_name']}")
        if node["filter"] or node["distinct"] or node["order_bys"]["orders"]:
            raise _not_allowed("a figure of many rows")

    def _column(self, names: list[str]) -> str:
        name = ".".join(names)
        if name not in self._place:
            same = [known for known in self._place if known.casefold() == name.casefold()]
            name = same[0] if len(same) == 1 else name
        self._shape.need([name])
        self.places.add(self._place[name])
        return column_at(self._place[name])


def _is_part(node: dict[str, Any]) -> bool:
    """Say whether it is one of the bare parts that nodes are put together from."""
    return "class" not in node and set(node) in PARTS


def column_at(place: int) -> str:
    """Return the name of a column in a query."""
    return f"c{place}"


def _is_plain(node: dict[str, Any], field: str, allowed: frozenset[str]) -> bool:
    path = node["qualified_name"]["path"]
    name = str(node[field]).lower()
    return name in allowed and [str(each).lower() for each in path] == [name]


def _arguments(frame: Frame, places: set[int]) -> pa.Table:
    """Return the columns that are used; a table needs one even if none is."""
    columns = {column_at(place): frame.columns[place].values for place in sorted(places)}
    rows: Any = pa.nulls(frame.rows, pa.bool_())
    return pa.table({**columns, "none": rows})


def _first(result: duckdb.DuckDBPyConnection) -> str:
    (row,) = result.fetchall()
    return str(row[0])


def _not_allowed(what: str) -> Unprocessable:
    return Unprocessable(f"An expression may not contain {what}.")


def _refusal(expression: str, error: duckdb.Error) -> Unprocessable:
    first_line = str(error).split("\n", 1)[0].strip().rstrip(".")
    return Unprocessable(f"{expression!r} cannot be computed: {first_line}.")
