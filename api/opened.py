"""A ledger's folder opened as its settings say: its witnesses, its pace, its keys."""

from __future__ import annotations

from pathlib import Path

from api.cosigning import witnesses_of
from api.wiring import VKEY, House, open_house
from ledger.errors import Misconfigured
from ledger.settings import Settings
from ledger.store.database import Database
from ledger.trail.announcing import Pace


def open_as_set(folder: Path, settings: Settings, *, clock_may_be_behind: bool = False) -> House:
    """Errors as those of `open_house`, and Misconfigured for a policy that cannot be meant."""
    pace = Pace(settings.publish_seconds, settings.renew_seconds)
    return open_house(
        folder,
        witnesses=witnesses_of(settings, _origin_of(folder)),
        pace=pace,
        secret=settings.secret,
        database=database_of(settings),
        clock_may_be_behind=clock_may_be_behind,
    )


def database_of(settings: Settings) -> Database | None:
    """The PostgreSQL database that is set; None where the ledger is a file in its folder."""
    return Database(settings.database_url) if settings.database_url else None


def require_file(settings: Settings, what: str) -> None:
    """Misconfigured for a command that works on SQLite files alone, where a PostgreSQL database is set."""
    if settings.database_url:
        raise Misconfigured(f"{what}, and NETRAL_DATABASE is set: unset it for this command (docs/postgresql.md)")


def _origin_of(folder: Path) -> str | None:
    """The trail's name as its published key gives it; None where that file is not there yet."""
    try:
        return (folder / VKEY).read_text().partition("+")[0]
    except FileNotFoundError:
        return None
