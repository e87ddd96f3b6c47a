"""`netral status`: how a ledger stands, for a person or a watching program."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from typing import Annotated

import orjson
import typer

from api.commands.asked import Folder, ledger_folder, say, tell
from api.opened import database_of
from api.status import Status, status_of
from ledger.clock import real_clock

app = typer.Typer()


@app.command()
def status(
    folder: Folder = None,
    as_json: Annotated[bool, typer.Option("--json", help="For a program: one JSON object.")] = False,
) -> None:
    """Say how a ledger stands; exit 0 when it is healthy, 1 when somebody must look. Nothing is changed."""
    place, settings = ledger_folder(folder)
    found = status_of(place, real_clock, settings.secret, database_of(settings))
    if as_json:
        say(orjson.dumps({"healthy": found.healthy, **asdict(found)}).decode())
    else:
        _show(found)
    raise typer.Exit(0 if found.healthy else 1)


def _show(found: Status) -> None:
    lag = {name: found.recorded - applied for name, applied in found.projections.items()}
    tell(
        ("ledger", f"{found.origin}  ({found.clock} clock, key {found.key})"),
        ("recorded", _entries(found.recorded)),
        ("sealed", _sealed(found)),
        ("root", found.root or "unknown"),
        (
            "projections",
            ", ".join(f"{name} {behind} behind" for name, behind in lag.items() if behind) or f"{len(lag)}, up to date",
        ),
        ("cases", ", ".join(f"{stage} {count}" for stage, count in found.cases.items()) or "none"),
        ("backup", _backup(found)),
        ("re-hashed", _rehash(found)),
        ("stores", "agree" if found.root else "see below"),
    )
    say("healthy" if found.healthy else "\n".join(f"WRONG: {each}" for each in found.wrong))


def _entries(count: int) -> str:
    return f"{count} {'entry' if count == 1 else 'entries'}"


def _sealed(found: Status) -> str:
    if not found.root:
        return "unknown"
    return _entries(found.sealed) + ("" if found.sealed_age is None else f", {_ago(found.sealed_age)}")


def _backup(found: Status) -> str:
    if found.backup_age is None or found.backup_size is None:
        return "never: netral backup DIR DEST"
    return f"{_ago(found.backup_age)}, {_entries(found.backup_size)}"


def _rehash(found: Status) -> str:
    if found.rehash_age is None or found.rehash_size is None:
        return "never: netral serve DIR, or netral backup, hashes every entry"
    return f"{_ago(found.rehash_age)}, {_entries(found.rehash_size)}"


def _ago(seconds: int) -> str:
    """An age in its biggest units."""
    if seconds < 60:
        return f"{seconds} s ago"
    return f"{str(timedelta(seconds=seconds // 60 * 60)).removesuffix(':00')} h ago"
