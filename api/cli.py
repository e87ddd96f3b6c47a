"""The command line `netral`, composed of the files in api/commands/; errors end here, in one sentence each."""

from __future__ import annotations

import io
import sys
from typing import Any

import typer
from rich.console import Console
from typer.core import TyperGroup
from typer.main import get_group

from api.commands.told import HIDDEN, TOLD, file_of
from ledger.errors import NetralError


class Commands(TyperGroup):
    """Tells every command, and imports the file of the one that is asked for: it waits for no other's libraries."""

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        name, command, rest = super().resolve_command(ctx, args)
        if name is not None and name in self.commands:
            file = get_group(file_of(name))
            command = file.commands.get(name, file)
        return name, command, rest


app = typer.Typer(cls=Commands, add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)


@app.callback()
def about() -> None:
    """Netral: a ledger of neutrality complaints that nobody can rewrite and anybody can check."""


def told() -> None:
    """What stands in a command's place until it is asked for."""


for each, what in TOLD.items():
    app.command(each, help=what)(told)
for each, what in HIDDEN.items():
    app.command(each, help=what, hidden=True)(told)


def main() -> None:
    """Run the command line; the ledger's errors and the file system's end in one sentence, never in a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal whose encoding lacks a letter shows another in its place.
            stream.reconfigure(errors="replace")
    try:
        app()
    except (NetralError, OSError) as error:
        sys.exit(_fail(_sentence(error)))


def _sentence(error: Exception) -> str:
    if isinstance(error, OSError) and error.filename is not None:
        return f"{error.filename}: {error.strerror}"
    return str(error)


def _fail(sentence: str) -> int:
    Console(stderr=True).print(f"netral: {sentence}", style="red", soft_wrap=True, markup=False, highlight=False)
    return 1
