"""A process that appends commands of two events to one stream, and says the first position of each."""

from __future__ import annotations

import sys
from pathlib import Path

from ledger.clock import real_clock
from ledger.errors import Conflict
from ledger.store.database import Database
from ledger.store.opening import open_store
from ledger.store.rows import Appended
from ledger.store.store import Store
from tests.builders import COMPLAINT
from tests.processes import await_go
from tests.unit.store.stores import events


def append_next(store: Store) -> Appended:
    """Append to the end of the stream, wherever that is once nobody else was quicker."""
    while True:
        last = store.recorder.select_events(COMPLAINT, desc=True, limit=1)
        try:
            return store.append(events(2, after=last[0].originator_version if last else 0), guards=[])
        except Conflict:
            continue


def main() -> None:
    _, path, count = sys.argv[1:]
    store = open_store(Database(path) if path.startswith("postgresql:") else Path(path), real_clock)
    await_go()
    for _ in range(int(count)):
        print(append_next(store).rows[0].position, flush=True)
    store.close()


if __name__ == "__main__":
    main()
