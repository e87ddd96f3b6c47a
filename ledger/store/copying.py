"""A consistent copy of a SQLite file that others read and write meanwhile, by SQLite's own backup."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from ledger.errors import Broken


def copy_database(source: sqlite3.Connection, destination: Path) -> None:
    """Copy what one transaction sees into a new file, its owner's alone, checked and on the disk when this returns.

    In write-ahead mode the one step of the copy is one reading: writers go on, and what they write is not in it.
    """
    os.close(os.open(destination, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        with closing(sqlite3.connect(destination)) as target:
            source.backup(target)
            # One file, with nothing beside it that a backup could forget.
            target.execute("PRAGMA journal_mode=DELETE")
            (verdict,) = target.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.Error as error:
        raise Broken(f"{destination.name} could not be copied: {error}") from error
    if verdict != "ok":
        raise Broken(f"{destination.name} is damaged: {verdict}. Look at the disk, and restore from an older backup")
