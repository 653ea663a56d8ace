"""Commands that have commands of their own."""

from __future__ import annotations

import typer

from cli.options import EXIT_CODES


def new_group(name: str, text: str, *, lists: bool) -> typer.Typer:
    """Return a group of commands; one that `lists` does so when no command is named."""
    return typer.Typer(
        name=name,
        help=text,
        epilog=EXIT_CODES,
        invoke_without_command=lists,
        no_args_is_help=not lists,
    )


def command_follows(context: typer.Context) -> bool:
    """Say whether a group's command was named, so that the group itself has nothing to do.

    Options before it would be the group's, and of no effect: they are refused.
    """
    command = context.invoked_subcommand
    if command is None:
        return False
    for option in context.command.params:
        source = context.get_parameter_source(option.name or "")
        if source is not None and source.name == "COMMANDLINE":
            raise typer.BadParameter(f"put {option.opts[0]} after {command}.", ctx=context)
    return True
