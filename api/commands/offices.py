"""`netral office`: the register of offices, kept by the ledger's own registry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Self

import typer
from rich.markup import escape
from rich.table import Table

from api.commands.asked import Folder, OperatorAccount, OperatorName, console, day, opened, recording, say
from api.registry import find_office, known_offices
from api.wiring import House
from ledger.errors import Invalid
from ledger.office.commands import EndOffice, EstablishOffice
from ledger.office.facts import Level, OfficeKind
from ledger.values import Act, Actor, Name, Number, Region, StreamId, Zone

app = typer.Typer(no_args_is_help=True, help="The register of offices: list, add, end.")


@dataclass(frozen=True, slots=True)
class OfficeTold:
    """An office as it was told on the command line."""

    name: str
    kind: OfficeKind
    region: str | None
    zone: Zone
    seats: int | None
    since: date | None
    parent: StreamId | None = None

    @classmethod
    def of(
        cls,
        name: str | None,
        kind: OfficeKind | None,
        region: str | None,
        zone: Zone | None,
        seats: int | None,
        since: str | None,
    ) -> Self | None:
        """An office from options that may be missing; None when all of them are. Invalid names one that is needed."""
        if not any((name, kind, region, zone, seats, since)):
            return None
        if not name:
            raise Invalid("--office-name", "is needed for the first office")
        if kind is None:
            raise Invalid("--office-kind", f"is needed: one of {', '.join(OfficeKind)}")
        if zone is None and region is not None:
            raise Invalid("--zone", "is needed: wib (west), wita (central) or wit (east)")
        start = None if since is None else day("--office-from", since)
        return cls(name, kind, region, zone or Zone.WIB, seats, start)

    @property
    def level(self) -> Level:
        """A region of one part is a province, of two a regency or city; without one the office is national."""
        if self.region is None:
            return Level.NATIONAL
        return Level.REGENCY if "." in self.region else Level.PROVINCE


def establish(house: House, told: OfficeTold, by: Actor, act: Act) -> StreamId:
    """Enter an office into the register; returns its stream."""
    if act.on is None:
        raise TypeError("the ledger's own acts are dated by day")
    command = EstablishOffice(
        act=act,
        kind=told.kind,
        level=told.level,
        zone=told.zone,
        from_=told.since or act.on,
        name=Name(told.name),
        region=Region(told.region) if told.region else None,
        seats=Number(told.seats) if told.seats else None,
        parent=told.parent,
    )
    return house.registrar.submit(command, by=by).entries[0].stream


@app.command(name="list")
def list_offices(folder: Folder = None) -> None:
    """Every office with the stream that names it, those that ended too."""
    with opened(folder) as (house, _):
        known = known_offices(house)
    if not known:
        say("no office is in the register: netral office add --help")
        return
    table = Table(title="lembaga · offices", title_justify="left")
    table.add_column("lembaga · office", min_width=len(next(iter(known))))
    table.add_column("jenis, wilayah\nkind, region", overflow="fold")
    table.add_column("bertindak\nacts", no_wrap=True)
    for stream, office in known.items():
        seats = f", {office.seats} seats" if office.seats else ""
        table.add_row(
            f"{escape(office.name)}\n{stream}",
            f"{office.kind.value}\n{office.region or office.level.value} {office.zone.value}{seats}",
            f"{office.established_on}\n– {office.ended_on or ''}".rstrip(),
            end_section=True,
        )
    console.print(table)


@app.command()
def add(
    name: Annotated[str, typer.Argument(help="Its name, such as 'Bawaslu Kota Contoh'.")],
    folder: Folder = None,
    *,
    kind: Annotated[OfficeKind, typer.Option(metavar="KIND", help=f"What it is: {', '.join(OfficeKind)}.")],
    region: Annotated[
        str | None, typer.Option(help="Its Kemendagri code, PP or PP.KK; without one it is national.")
    ] = None,
    zone: Annotated[Zone | None, typer.Option(help="Its time zone; a national office's is wib.")] = None,
    seats: Annotated[int | None, typer.Option(min=1, help="How many members its plenary has.")] = None,
    since: Annotated[
        str | None,
        typer.Option(
            "--from", metavar="DATE", help="Since when it acts: no act of it before is recorded. (default: today)"
        ),
    ] = None,
    parent: Annotated[str | None, typer.Option(help="The office above it, by stream or name.")] = None,
    operator_account: OperatorAccount = None,
    operator_name: OperatorName = None,
) -> None:
    """Enter an office into the register."""
    if zone is None and region is not None:
        raise Invalid("--zone", "is needed: wib (west), wita (central) or wit (east)")
    start = None if since is None else day("--from", since)
    with recording(folder, operator_account, operator_name) as (house, by, act):
        above = None if parent is None else find_office(house, parent)
        stream = establish(house, OfficeTold(name, kind, region, zone or Zone.WIB, seats, start, above), by, act)
    say(f"{name} is in the register: {stream}")


@app.command()
def end(
    office: Annotated[str, typer.Argument(help="The office, by stream or name.")],
    folder: Folder = None,
    *,
    on: Annotated[str, typer.Option(metavar="DATE", help="The first day on which it may no longer act.")],
    legal_basis: Annotated[str, typer.Option(help="By which law, such as 'UU 20/2023'.")],
    successor: Annotated[
        str | None, typer.Option(help="Who is competent from then on, by stream or name; its files do not move.")
    ] = None,
    operator_account: OperatorAccount = None,
    operator_name: OperatorName = None,
) -> None:
    """Say from which day an office may no longer act, and who succeeds it."""
    last = day("--on", on)
    with recording(folder, operator_account, operator_name) as (house, by, act):
        stream = find_office(house, office)
        command = EndOffice(
            act=act,
            stream=stream,
            on=last,
            legal_basis=Name(legal_basis),
            successor=None if successor is None else find_office(house, successor),
        )
        house.registrar.submit(command, by=by)
    say(f"{stream} may no longer act from {last} on")
