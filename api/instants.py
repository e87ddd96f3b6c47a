"""The instant that a reading is asked for: `at`, or now."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import Depends, Query

from api.asking import HouseDep
from ledger.shape import INSTANT, instant_asked


async def instant(
    house: HouseDep,
    at: Annotated[
        str | None,
        Query(pattern=f"^{INSTANT.pattern}$", description="As it stood at this instant; without it, as it stands now."),
    ] = None,
) -> datetime:
    """The instant that is asked about; Invalid for what no calendar has."""
    return house.clock() if at is None else instant_asked("at", at)


InstantDep = Annotated[datetime, Depends(instant)]
