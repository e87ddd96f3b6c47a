"""`netral open`: a new ledger on the real clock, with its keys, its first operator and its first office."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.checkpoints import checkpoint_in
from api.commands.asked import (
    Folder,
    OperatorAccount,
    OperatorName,
    by_registry,
    ledger_folder,
    operator,
    own_act,
    say,
    settle,
    tell,
)
from api.commands.offices import OfficeTold, establish
from api.folders import filling
from api.opened import database_of
from api.wiring import KEYS_DB, LEDGER_DB, LOCK, SIGNING_KEY, TRAIL, VKEY, House, create_house
from ledger.errors import Invalid
from ledger.itself.facts import ClockKind, Predecessor
from ledger.office.facts import OfficeKind
from ledger.settings import Settings
from ledger.values import Digest, Number, Origin, Zone

app = typer.Typer()


@app.command(name="open")
def open_ledger(
    domain: Annotated[
        str,
        typer.Option(help="A domain of yours. It names the ledger for ever; it is a name, never an address."),
    ],
    folder: Folder = None,
    operator_account: OperatorAccount = None,
    operator_name: OperatorName = None,
    office_name: Annotated[str | None, typer.Option(help="The first office, such as 'Bawaslu Kota Contoh'.")] = None,
    office_kind: Annotated[
        OfficeKind | None, typer.Option(metavar="KIND", help=f"What it is: {', '.join(OfficeKind)}.")
    ] = None,
    region: Annotated[
        str | None, typer.Option(help="Its Kemendagri code, PP or PP.KK; without one it is national.")
    ] = None,
    zone: Annotated[Zone | None, typer.Option(help="Its time zone.")] = None,
    seats: Annotated[int | None, typer.Option(min=1, help="How many members its plenary has.")] = None,
    office_from: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="Since when it acts: no act of it before is recorded. (default: today)"),
    ] = None,
    predecessor: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="The trail that this one continues: a folder with its last checkpoint."),
    ] = None,
) -> None:
    """Open a new ledger in a folder that is new or empty: keys, the first entry, and its seal."""
    told = OfficeTold.of(office_name, office_kind, region, zone, seats, office_from)
    place, settings = ledger_folder(folder)
    first = operator(settings, operator_account, operator_name)
    before = None if predecessor is None else _predecessor(predecessor)
    with filling(place, "open the ledger in a folder that is new or empty"):
        house = create_house(
            place,
            domain=domain,
            kind=ClockKind.REAL,
            operator=first,
            predecessor=before,
            secret=settings.secret,
            database=database_of(settings),
        )
        try:
            office = None if told is None else establish(house, told, by_registry(house, first), own_act(house))
            settle(house)
            _summary(house, place, told, office, settings)
        finally:
            house.close()


def _predecessor(folder: Path) -> Predecessor:
    last = checkpoint_in(folder)
    return Predecessor(Origin(last.origin), Number(last.size), Digest(last.root.hex()))


def _summary(house: House, place: Path, told: OfficeTold | None, office: str | None, settings: Settings) -> None:
    sealed = house.sealer.check()
    if sealed is None:
        raise Invalid("", "the ledger was opened and not sealed")
    say(f"A ledger was opened in {place}/, on the real clock.\n")
    tell(
        ("origin", f"{house.ledger.origin}  (its name for ever)"),
        ("sealed", f"{sealed.size} {'entry' if sealed.size == 1 else 'entries'}"),
        ("root", sealed.root.hex()),
        ("office", f"{told.name}, {office}" if told and office else "none yet: netral office add --help"),
    )
    say(
        f"\nPublish this key, by another way than the trail; with it anybody verifies:\n  {house.ledger.vkey}\n"
        f"  (also in {place / VKEY})\n\n"
        "Back up, each of the three in a place of its own "
        + (
            "(the database by its own tools:\ndocs/postgresql.md):"
            if settings.database_url
            else "(netral backup makes copies\nwhile the ledger works):"
        )
    )
    tell(
        (
            "  the database" if settings.database_url else f"  {LEDGER_DB}",
            "what is recorded, with the sealed values",
        ),
        (f"  {KEYS_DB}, {SIGNING_KEY}", "secrets: they open what is sealed, and sign"),
        (f"  {LOCK}/, {TRAIL}/", "what was sealed: it shows when an old copy was put back"),
    )
    say(
        f"\nNext:\n  netral election add {place} --help\n"
        f"  netral token {place} --account ACCOUNT --name NAME --office OFFICE --role ROLE\n"
        f"  netral serve {place}\n  netral status {place}"
    )
