"""`netral backup` and `netral restore`: the three stores apart, and together again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.backing import back_up
from api.commands.asked import say, tell
from api.manifest import Part
from api.opened import database_of, require_file
from api.restoring import restore as restore_backup
from ledger.clock import real_clock
from ledger.settings import read_settings

app = typer.Typer()


@app.command()
def backup(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The ledger's folder; it may be at work.")],
    destination: Annotated[Path, typer.Argument(metavar="DEST", help="A folder that is new or empty.")],
) -> None:
    """Copy the three stores of a ledger, each into a folder of its own, while it works."""
    settings = read_settings(folder)
    made = back_up(folder, destination, real_clock, secret=bool(settings.secret), database=database_of(settings))
    say(f"{made.origin} was backed up, and every row was checked:\n{made.size} entries, {made.sealed} of them sealed\n")
    tell(
        (f"{destination / Part.LEDGER}/", "what is recorded, with the sealed values"),
        (f"{destination / Part.KEYS}/", "secrets; keep them no longer than an erasure may take"),
        (f"{destination / Part.TRAIL}/", "what was sealed; keep it where the database's keeper cannot write"),
    )
    say("\nMove each to a place of its own; together they open everything. To restore,\nput them side by side again:")
    say(f"  netral restore {destination} DIR")


@app.command()
def restore(
    source: Annotated[
        Path, typer.Argument(metavar="SRC", help=f"The folder with a backup's {', '.join(Part)} folders.")
    ],
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder that is new or empty.")],
    lock: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="The lock store that outlived the ledger, or an auditor's export: how far it was sealed.",
        ),
    ] = None,
) -> None:
    """Make a ledger again from a backup, and verify it; refused when it would make a second history."""
    require_file(
        read_settings(folder), "a backup is restored as a SQLite file in its folder, and can be copied from there"
    )
    verdict = restore_backup(source, folder, lock, say)
    say("\n".join(["verify.py over an export says:", *verdict.said.splitlines()[:2], ""]))
    if lock is None:
        say(
            "No lock store was named, so nothing here can tell whether the ledger went on after\n"
            "this backup. If it did, what came after is lost, and whoever saw it will see the\n"
            "contradiction. Before anything is recorded, compare the root above with the newest\n"
            "checkpoint that anybody keeps, or restore again with --lock (docs/recovery.md).\n"
        )
    say(f"next: netral status {folder}")
