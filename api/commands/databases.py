"""`netral migrate`, `netral doctor` and `netral copy`: a PostgreSQL database made ready, examined, filled."""

from __future__ import annotations

from typing import Annotated

import orjson
import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from api.commands.asked import Folder, console, ledger_folder, say, tell
from api.copying import copy as copy_ledger
from api.copying import place
from api.opened import database_of
from ledger.errors import Misconfigured
from ledger.settings import Settings
from ledger.store.database import Database
from ledger.store.examination import examine
from ledger.store.migrating import Migration, migrations
from ledger.store.migrating import migrate as migrate_database
from ledger.store.transfer import rows_in

app = typer.Typer()


@app.command()
def migrate(folder: Folder = None) -> None:
    """Make or renew the tables in the PostgreSQL database, as their owner: NETRAL_DATABASE=postgresql://owner@…"""
    database = _database(ledger_folder(folder)[1])

    def told(each: Migration) -> None:
        say(f"applied {each.number:04}: {each.name}")

    if not migrate_database(database, told):
        say(f"nothing to do: the database has schema {len(migrations())}")


@app.command()
def doctor(
    folder: Folder = None,
    as_json: Annotated[bool, typer.Option("--json", help="For a program: one JSON object.")] = False,
) -> None:
    """Examine the PostgreSQL database: settings, privileges, clock, standbys; exit 1 if something is wrong."""
    found = examine(_database(ledger_folder(folder)[1]))
    well = all(each.right for each in found)
    if as_json:
        told = [{"name": each.name, "found": each.found, "right": each.right} for each in found]
        say(orjson.dumps({"healthy": well, "findings": told}).decode())
    else:
        table = Table(show_header=False)
        for each in found:
            table.add_row("[green]✓[/]" if each.right else "[red]✗[/]", each.name, each.found)
        console.print(table)
    raise typer.Exit(0 if well else 1)


@app.command()
def copy(
    source: Annotated[str, typer.Argument(metavar="FROM", help="A ledger's folder or file, or a postgresql:// URL.")],
    target: Annotated[str, typer.Argument(metavar="TO", help="The same; it must be empty.")],
) -> None:
    """Copy a ledger's database from SQLite to PostgreSQL or back: every byte, position and ticket, and the same root.

    Nothing may serve the ledger meanwhile. Keys, lock and trail stay in its folder, and belong to the copy then.
    """
    from_, to = place(source), place(target)
    columns = (TextColumn("menyalin · copying"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("copy", total=rows_in(from_))
        made = copy_ledger(from_, to, lambda: progress.advance(task))
    say("The copy hashes to the same root:\n")
    tell(
        ("entries", str(made.rows["events"])),
        ("root", made.root),
        ("sealed values", str(made.rows["vault"])),
        ("tickets", str(made.rows["idempotency"])),
    )
    if isinstance(to, Database):
        say("\nNext: move the folder's ledger.db aside, set NETRAL_DATABASE to the writer's URL, and: netral status")
    else:
        say("\nNext: unset NETRAL_DATABASE, and: netral status")


def _database(settings: Settings) -> Database:
    database = database_of(settings)
    if database is None:
        raise Misconfigured("this is about a PostgreSQL database: name it in NETRAL_DATABASE")
    return database
