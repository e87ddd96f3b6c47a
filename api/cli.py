"""The command line `netral`, composed of the files in api/commands/; errors end here, in one sentence each."""

from __future__ import annotations

import io
import sys

import typer
from rich.console import Console

from api.commands import (
    backup,
    clean,
    databases,
    demo,
    drill,
    elections,
    export,
    loads,
    monitor,
    offices,
    officials,
    opening,
    receipts,
    recovery,
    rotation,
    rules,
    serve,
    status,
    tokens,
    witness,
)
from ledger.errors import NetralError

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)
for each in (
    demo,
    export,
    opening,
    serve,
    tokens,
    status,
    receipts,
    backup,
    databases,
    clean,
    recovery,
    rotation,
    monitor,
    drill,
    loads,
):
    app.add_typer(each.app)
app.add_typer(offices.app, name="office")
app.add_typer(elections.app, name="election")
app.add_typer(officials.app, name="official")
app.add_typer(rules.app, name="rules")
app.add_typer(witness.app, name="witness")


@app.callback()
def about() -> None:
    """Netral: a ledger of neutrality complaints that nobody can rewrite and anybody can check."""


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
