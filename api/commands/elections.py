"""`netral election`: the register of elections, kept by the ledger's own registry."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.table import Table

from api.commands.asked import Folder, OperatorAccount, OperatorName, console, day, opened, recording, say
from api.registry import known_elections
from ledger.election.commands import AnnounceElection
from ledger.election.facts import ElectionKind, Regime
from ledger.values import Region

app = typer.Typer(no_args_is_help=True, help="The register of elections: list, add.")


@app.command(name="list")
def list_elections(folder: Folder = None) -> None:
    """Every election with the stream that names it."""
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
