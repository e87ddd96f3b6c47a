"""A ledger's folder opened as its settings say: its witnesses, its pace, its keys."""

from __future__ import annotations

from pathlib import Path

from api.cosigning import witnesses_of
from api.wiring import House, open_house
from ledger.settings import Settings
from ledger.trail.announcing import Pace


def open_as_set(folder: Path, settings: Settings) -> House:
    """Errors as those of `open_house`, and Misconfigured for a policy that cannot be meant."""
    pace = Pace(settings.publish_seconds, settings.renew_seconds)
    return open_house(folder, witnesses=witnesses_of(settings), pace=pace, secret=settings.secret)
