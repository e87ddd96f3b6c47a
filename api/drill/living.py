"""How the ledger of a drill lives on: something is recorded, sealed, cosigned."""

from __future__ import annotations

from datetime import date

from api.chronicles import register
from api.drill.world import World
from api.wiring import House
from ledger.election.commands import AnnounceElection
from ledger.election.facts import ElectionKind, Regime
from ledger.errors import NetralError
from ledger.values import Act, Source, Zone, local_date


def fill(house: House, count: int) -> None:
    """Record something simple, so many times."""
    today = local_date(house.clock(), Zone.WIB)
    announce = AnnounceElection(
        act=Act(house.stream, Source.OWN, on=today),
        regime=Regime.PILKADA,
        kind=ElectionKind.MAYOR,
        polling_on=date(2029, 11, 27),
    )
    house.registrar.submit_together([announce] * count, by=register.by_registry(house.stream))


def go_on(world: World) -> None:
    """It starts, if it does, and goes on sealing with its witnesses."""
    if world.shown != world.trail:
        return
    try:
        with world.opened(witnessed=True) as house:
            fill(house, 1)
            house.sealer.seal(publish=True)
    except (NetralError, TypeError, ValueError, KeyError):
        return
