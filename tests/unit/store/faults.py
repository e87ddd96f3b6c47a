"""Faults of SQLite, one at a time: the n-th statement fails, before or after it took effect.

SQLite's module is asked for connections of a class that counts; what runs on them is our own code, unchanged.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest


class Crash(BaseException):
    """The process is killed: nothing catches this, and what is on the disk at this moment is all that is left."""


def failed(error: str) -> sqlite3.OperationalError:
    """The error of a disk, as SQLite's module raises it."""
    made = sqlite3.OperationalError(error)
    made.sqlite_errorcode = sqlite3.SQLITE_FULL if "full" in error else sqlite3.SQLITE_IOERR
    return made


class Statements:
    """Counts the statements on every connection opened from now on, and fails one of them.

    Statements that undo are not counted: what cannot be undone is a crash, and the copy made at a crash has it undone
    by whoever opens it next.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.ran: list[str] = []
        self._at = 0
        self._after = False
        self._fail: Callable[[], BaseException] = Crash
        self.unavailable = False
        real = sqlite3.connect

        def connect(*arguments: Any, **more: Any) -> sqlite3.Connection:
            if self.unavailable:
                raise sqlite3.OperationalError("unable to open database file")
            made: WatchedConnection = real(*arguments, factory=WatchedConnection, **more)
            made.statements = self
            return made

        monkeypatch.setattr(sqlite3, "connect", connect)

    @contextmanager
    def failing(self, at: int, *, after: bool, error: str = "disk I/O error") -> Iterator[None]:
        """Fail the at-th statement of the block with an error of the disk."""
        self.ran, self._at, self._after = [], at, after
        self._fail = lambda: failed(error)
        try:
            yield
        finally:
            self._at = 0

    @contextmanager
    def crashing(self, at: int, folder: Path, image: Path, *, after: bool) -> Iterator[None]:
        """Kill the process at the at-th statement of the block; `image` is what the disk holds at that moment."""

        def crash() -> BaseException:
            shutil.rmtree(image, ignore_errors=True)
            shutil.copytree(folder, image)
            return Crash()

        self.ran, self._at, self._after, self._fail = [], at, after, crash
        try:
            yield
        except Crash:
            pass
        finally:
            self._at = 0

    def run(self, statement: str, effect: Callable[[], Any]) -> Any:
        """One statement, or its failure."""
        self.ran.append(statement)
        failing = len(self.ran) == self._at
        if failing and not self._after:
            raise self._fail()
        done = effect()
        if failing:
            raise self._fail()
        return done


class WatchedConnection(sqlite3.Connection):
    """A connection whose statements are counted, and its cursors'."""

    statements: Statements

    def cursor(self, *_: Any) -> Any:
        made = super().cursor(WatchedCursor)
        made.statements = self.statements
        return made

    def execute(self, statement: str, parameters: Any = ()) -> Any:
        return self.cursor().execute(statement, parameters)

    def commit(self) -> None:
        self.statements.run("COMMIT", super().commit)


class WatchedCursor(sqlite3.Cursor):
    """A cursor whose statements are counted."""

    statements: Statements

    def execute(self, statement: str, parameters: Any = ()) -> WatchedCursor:
        def effect() -> Any:
            return super(WatchedCursor, self).execute(statement, parameters)

        if statement.startswith("ROLLBACK"):
            effect()
        else:
            self.statements.run(statement, effect)
        return self

    def executemany(self, statement: str, parameters: Any) -> WatchedCursor:
        self.statements.run(statement, lambda: super(WatchedCursor, self).executemany(statement, parameters))
        return self
