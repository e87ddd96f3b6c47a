"""`netral election`: the register of elections, kept by the ledger's own registry."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.table import Table

from api.commands.asked import Folder, OperatorAccount, OperatorName, console, day, opened, recording, say
from api.registry import find_election, known_elections
from ledger.election.commands import AnnounceElection, FixPair, OrderRevote, RecordStage
from ledger.election.facts import ElectionKind, ElectionStage, Regime, RevoteOrderer
from ledger.election.state import KnownElection
from ledger.values import Name, Region

app = typer.Typer(no_args_is_help=True, help="The register of elections: list, add, stage, pairs, revote.")

Named = Annotated[str, typer.Argument(metavar="ELECTION", help="The election, by its stream.")]


@app.command(name="list")
def list_elections(folder: Folder = None) -> None:
    """Every election with the stream that names it, its stages, its fixed pairs and its revotes."""
    with opened(folder) as (house, _):
        known = known_elections(house)
    if not known:
        say("no election is in the register: netral election add --help")
        return
    table = Table(title="pemilihan · elections", title_justify="left")
    table.add_column("pemilihan · election", no_wrap=True)
    table.add_column("pemungutan\npolling", no_wrap=True)
    table.add_column("wilayah\nregions", overflow="fold")
    for stream, election in known.items():
        table.add_row(
            f"{election.regime.value}, {election.kind.value}\n{stream}",
            election.polling_on.isoformat(),
            " ".join(sorted(election.regions)) or "nasional\nnational",
            end_section=True,
        )
    console.print(table)
    for stream, election in known.items():
        _tell_dates(stream, election)


def _tell_dates(stream: str, election: KnownElection) -> None:
    lines = [
        *(
            f"  tahapan · stage {each.stage.value}: {each.from_} … {each.until}"
            for each in sorted(election.stages.values(), key=lambda each: (each.from_, each.stage))
        ),
        *(
            f"  pasangan calon ditetapkan · pairs fixed, {region}: {on}"
            for region, on in sorted(election.pairs.items())
        ),
        *(
            f"  pemungutan suara ulang · revote, {' '.join(sorted(each.regions))}: {each.on} ({each.basis})"
            for each in election.revotes
        ),
    ]
    if lines:
        say("\n".join((stream, *lines)))


@app.command()
def add(
    folder: Folder = None,
    *,
    regime: Annotated[Regime, typer.Option(help="Which law governs it.")],
    kind: Annotated[ElectionKind, typer.Option(help="Who is elected.")],
    polling_on: Annotated[str, typer.Option(metavar="DATE", help="The polling day.")],
    region: Annotated[
        list[str] | None,
        typer.Option(help="Where people vote, by Kemendagri code; once for each. Without one: the whole country."),
    ] = None,
    operator_account: OperatorAccount = None,
    operator_name: OperatorName = None,
) -> None:
    """Enter an election into the register."""
    polling = day("--polling-on", polling_on)
    with recording(folder, operator_account, operator_name) as (house, by, act):
        command = AnnounceElection(
            act=act, regime=regime, kind=kind, polling_on=polling, regions=frozenset(map(Region, region or ()))
        )
        stream = house.registrar.submit(command, by=by).entries[0].stream
    say(f"the election is in the register: {stream}")


@app.command()
def stage(
    election: Named,
    folder: Folder = None,
    *,
    name: Annotated[ElectionStage, typer.Option("--stage", help="Which stage (tahapan) of the schedule.")],
    from_: Annotated[str, typer.Option("--from", metavar="DATE", help="Its first day.")],
    until: Annotated[str, typer.Option(metavar="DATE", help="Its last day, which is part of it.")],
    operator_account: OperatorAccount = None,
    operator_name: OperatorName = None,
) -> None:
    """Say when a stage runs; said again, it was moved."""
    first, last = day("--from", from_), day("--until", until)
    with recording(folder, operator_account, operator_name) as (house, by, act):
        stream = find_election(house, election)
        house.registrar.submit(RecordStage(act=act, stream=stream, stage=name, from_=first, until=last), by=by)
    say(f"the stage {name.value} runs from {first} until {last}")


@app.command()
def pairs(
    election: Named,
    folder: Folder = None,
    *,
    region: Annotated[str, typer.Option(help="The region, by Kemendagri code.")],
    on: Annotated[str, typer.Option(metavar="DATE", help="The day on which its pairs were fixed.")],
    operator_account: OperatorAccount = None,
    operator_name: OperatorName = None,
) -> None:
    """Say on which day the pairs of a region were fixed: it divides ethics from discipline."""
    fixed = day("--on", on)
    with recording(folder, operator_account, operator_name) as (house, by, act):
        stream = find_election(house, election)
        house.registrar.submit(FixPair(act=act, stream=stream, region=Region(region), on=fixed), by=by)
    say(f"the pairs of {region} were fixed on {fixed}")


@app.command()
def revote(
    election: Named,
    folder: Folder = None,
    *,
    region: Annotated[list[str], typer.Option(help="Where it is held, by Kemendagri code; once for each.")],
    on: Annotated[str, typer.Option(metavar="DATE", help="The day of the order.")],
    ordered_by: Annotated[RevoteOrderer, typer.Option(help="Who ordered it.")],
    basis: Annotated[str, typer.Option(help="The decision that orders it.")],
    deadline: Annotated[str | None, typer.Option(metavar="DATE", help="The last day on which it is held.")] = None,
    border: Annotated[
        list[str] | None, typer.Option(help="A region at whose border areas of the revote lie; once for each.")
    ] = None,
    operator_account: OperatorAccount = None,
    operator_name: OperatorName = None,
) -> None:
    """Say that a revote (PSU) was ordered."""
    ordered = day("--on", on)
    last = None if deadline is None else day("--deadline", deadline)
    with recording(folder, operator_account, operator_name) as (house, by, act):
        command = OrderRevote(
            act=act,
            stream=find_election(house, election),
            regions=frozenset(map(Region, region)),
            on=ordered,
            ordered_by=ordered_by,
            basis=Name(basis),
            deadline=last,
            border=frozenset(map(Region, border or ())),
        )
        house.registrar.submit(command, by=by)
    say(f"a revote was ordered on {ordered}: {' '.join(sorted(region))}")
