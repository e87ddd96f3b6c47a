"""A process that is killed at one named step of its work, before it or after; arguments: its number, FOLDER, step, how.

It writes a case and seals it, or recovers what the database lost. SIGKILL lets it neither finish nor tidy up anything.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from api.recovering import recover
from api.wiring import open_house
from ledger.clock import SimulatedClock
from ledger.keystore import KeyStore
from ledger.store.store import Store
from ledger.trail.announcing import Announcer
from ledger.trail.checkpoint import SigningKey
from ledger.trail.lockstore import FileLockStore
from ledger.trail.staging import Staging
from tests.builders import NOON
from tests.flow.writer import Writer
from tests.processes import await_go

SEALING: Final[dict[str, tuple[type, str]]] = {
    "stage": (Staging, "put"),
    "call the staging whole": (Staging, "close"),
    "commit": (FileLockStore, "swap"),
    "publish the tiles": (Staging, "publish"),
    "sign": (SigningKey, "sign"),
    "publish the checkpoint": (Announcer, "announce"),
}
RECOVERING: Final[dict[str, tuple[type, str]]] = {
    "reserve the handles": (KeyStore, "reserve"),
    "put the rows back": (Store, "put_back"),
}


def dies_at(step: tuple[type, str], how: str) -> None:
    """From now on this process is killed at a step, `before` or `after`."""
    owner, name = step
    work: Callable[..., Any] = getattr(owner, name)

    def last(*arguments: Any) -> None:
        if how == "after":
            work(*arguments)
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(owner, name, last)


def main() -> None:
    _, folder, step, how = sys.argv[1:]
    if step in RECOVERING:
        await_go()
        dies_at(RECOVERING[step], how)
        recover(Path(folder), None, SimulatedClock(NOON))
    with closing(open_house(Path(folder), clock=SimulatedClock(NOON))) as house:
        writer = Writer(house, f"{step}.{house.store.size()}", seals=False)
        await_go()
        writer.write_case(0)
        dies_at(SEALING[step], how)
        house.sealer.seal()


if __name__ == "__main__":
    main()
