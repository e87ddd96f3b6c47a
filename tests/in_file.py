"""The file behind a store on SQLite, as its administrator sees it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ledger.store.store import Store


@contextmanager
def in_file(store: Store) -> Iterator[sqlite3.Connection]:
    """A raw connection with the store's own settings: its triggers hold on it too."""
    recorder: Any = store.recorder
    with recorder.datastore.get_connection(commit=False) as connection:
        yield connection._sqlite_conn
