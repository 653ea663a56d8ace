"""How a file is to be read: options that commands share, in the form that the API takes."""

import functools
import inspect
import json
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer


def _options(
    *,
    sheet: Annotated[str | None, typer.Option(help="Sheet to read.")] = None,
    header_row: Annotated[
        list[int] | None,
        typer.Option(min=0, help="Row of the header, as Excel counts; 0: none. Repeatable."),
    ] = None,
    as_text: Annotated[
        list[str] | None,
        typer.Option(
            metavar="COLUMN", help="Keep a column's texts as they are; *: all. Repeatable."
        ),
    ] = None,
    type_: Annotated[
        list[str] | None,
        typer.Option("--type", metavar="COLUMN=TYPE", help="A column's type. Repeatable."),
    ] = None,
    date_order: Annotated[
        str | None, typer.Option(help="dayFirst or monthFirst, for 5/6/2024.")
    ] = None,
    decimal_mark: Annotated[
        str | None, typer.Option(help="Of numbers typed as text: . or a comma.")
    ] = None,
    spread_merged: Annotated[
        bool, typer.Option("--spread-merged", help="Put a merged range's value into all its cells.")
    ] = False,
    key: Annotated[
        list[str] | None,
        typer.Option(metavar="COLUMN", help="One of those that name each row once. Repeatable."),
    ] = None,
    encoding: Annotated[str | None, typer.Option(help="Of a text file, such as gb18030.")] = None,
    delimiter: Annotated[str | None, typer.Option(help="Of a text file: , ; | or tab.")] = None,
    quote: Annotated[str | None, typer.Option(help="Of a text file; empty: none.")] = None,
    options: Annotated[
        Path | None,
        typer.Option(
            "--options", exists=True, dir_okay=False, help="JSON of these, as a record has them."
        ),
    ] = None,
) -> dict[str, Any]:
    """Return what has been said; single options go before those of the file."""
    found: dict[str, Any] = {} if options is None else _read(options)
    single = {
        "sheet": sheet,
        "headerRow": _header_rows(header_row),
        "asText": as_text or None,
        "types": found.get("types", {}) | dict(map(_pair, type_)) if type_ else None,
        "dateOrder": date_order,
        "decimalMark": decimal_mark,
        "spreadMerged": spread_merged or None,
        "key": key or None,
        "encoding": encoding,
        "delimiter": delimiter,
        "quote": quote,
    }
    return found | {name: value for name, value in single.items() if value is not None}


def takes_reading(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command all these options; what has been said is its argument `reading`."""
    own, shared = inspect.signature(command), inspect.signature(_options)

    @functools.wraps(command)
    def wrapper(**arguments: Any) -> None:  # noqa: ANN401 - typer's
        said = _options(**{name: arguments.pop(name) for name in shared.parameters})
        command(**arguments, reading=said)

    kept = [parameter for name, parameter in own.parameters.items() if name != "reading"]
    merged = [*kept, *shared.parameters.values()]
    wrapper.__signature__ = own.replace(parameters=merged)  # type: ignore[attr-defined]
    wrapper.__annotations__ = {parameter.name: parameter.annotation for parameter in merged}
    return wrapper


def _header_rows(rows: list[int] | None) -> int | list[int] | None:
    if not rows:
        return None
    return rows if len(rows) > 1 else rows[0]


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, OSError) as error:
        raise typer.BadParameter(f"{path} is no JSON: {error}.") from error
    if not isinstance(found, dict):
        raise typer.BadParameter(f"{path} must hold a JSON object.")
    return found


def _pair(text: str) -> tuple[str, str]:
    name, equals, kind = text.rpartition("=")
    if not equals:
        raise typer.BadParameter(f"write --type COLUMN=TYPE, not {text!r}.")
    return name, kind
