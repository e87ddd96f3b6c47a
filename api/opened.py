"""A ledger's folder opened as its settings say: its witnesses, its pace, its keys."""

from __future__ import annotations

from pathlib import Path

from api.cosigning import witnesses_of
from api.wiring import VKEY, House, open_house
from ledger.settings import Settings
from ledger.trail.announcing import Pace


def open_as_set(folder: Path, settings: Settings, *, clock_may_be_behind: bool = False) -> House:
    """Errors as those of `open_house`, and Misconfigured for a policy that cannot be meant."""
    pace = Pace(settings.publish_seconds, settings.renew_seconds)
    return open_house(
        folder,
        witnesses=witnesses_of(settings, _origin_of(folder)),
        pace=pace,
        secret=settings.secret,
        clock_may_be_behind=clock_may_be_behind,
    )


def _origin_of(folder: Path) -> str | None:
    """The trail's name as its published key gives it; None where that file is not there yet."""
    try:
        return (folder / VKEY).read_text().partition("+")[0]
    except FileNotFoundError:
        return None
