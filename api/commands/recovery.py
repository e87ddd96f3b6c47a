"""`netral recover` and `netral correct-clock`: the ways out of two starts that are refused."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.commands.asked import Folder, OperatorAccount, OperatorName, ledger_folder, operator, own_act, say, settle
from api.opened import database_of, open_as_set
from api.recovering import recover as recover_entries
from ledger.clock import real_clock
from ledger.itself.commands import CorrectClock
from ledger.values import Actor, Name, Role

app = typer.Typer()


@app.command()
def recover(
    folder: Folder = None,
    bundles: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="A copy of the trail, or an auditor's export. (default: the ledger's own)"),
    ] = None,
) -> None:
    """Put back entries that are sealed and lost from the database, from the trail's bundles; nothing else changes."""
    place, settings = ledger_folder(folder)
    made = recover_entries(place, bundles, real_clock, database_of(settings))
    say(
        f"The entries {made.first} to {made.last - 1} were put back; all rows hash to the sealed root\n"
        f"  {made.root}\n\n"
        "Sealed values of these entries (names, reasons in words) are in no bundle and stay\nlost, unless a newer copy "
        f"of the database turns up. Next: netral status {place}"
    )


@app.command(name="correct-clock")
def correct_clock(
    reason: Annotated[str, typer.Option(help="What happened to the clock. It stands in the trail for ever.")],
    folder: Folder = None,
    operator_account: OperatorAccount = None,
    operator_name: OperatorName = None,
) -> None:
    """Record that the clock was ahead, so that time may go on from now; the entries of that time stay as they are."""
    place, settings = ledger_folder(folder)
    staff = operator(settings, operator_account, operator_name)
    house = open_as_set(place, settings, clock_may_be_behind=True)
    try:
        command = CorrectClock(act=own_act(house), stream=house.stream, reason=Name(reason))
        receipt = house.registrar.submit(command, by=Actor(house.stream, Role.OPERATOR, staff))
        settle(house)
        say(f"recorded at position {receipt.first}: entries after it may be of an earlier time than those before it")
    finally:
        house.close()
