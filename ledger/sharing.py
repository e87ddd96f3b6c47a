"""One connection's durable transaction, shared by those who write at the same time: the last one out commits for all.

Writers take turns at the connection. Whoever leaves while another waits for the turn leaves the commit to that one, so
that a crowd pays for one write to the disk and a single writer waits for nobody. Nobody returns before the commit of
what they wrote.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

MOST: Final = 64
"""How many writers one transaction takes at most."""

PATIENCE: Final = 1.0
"""Seconds after which a writer looks whether whoever was to commit was lost, interrupted on the way in."""


class _Group:
    """Those whose writes stand in one transaction."""

    __slots__ = ("done", "failure", "members")

    def __init__(self) -> None:
        self.members = 0
        self.done = threading.Event()
        self.failure: sqlite3.Error | None = None


class SharedTransaction:
    """The transactions of one connection, which several threads use in turn."""

    def __init__(self, connection: sqlite3.Connection, ended: Callable[[], None]) -> None:
        """`ended` is called after each transaction, whether it was committed or rolled back, during its last turn."""
        self._connection = connection
        self._ended = ended
        self._turn = threading.RLock()
        self._counting = threading.Lock()
        self._coming = 0
        self._writer: int | None = None
        self._group: _Group | None = None

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The connection, in one's turn; what others have written and not yet committed is seen."""
        with self._turn:
            yield self._connection

    @contextmanager
    def settled(self) -> Iterator[sqlite3.Connection]:
        """The connection without a transaction: what others have written is committed first."""
        with self._turn:
            if self._group is not None:
                self._commit(self._group)
            yield self._connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Write in one's turn; all of it is durable when this returns, and after an error none of it is.

        Inside another `writing` of the same thread it is a part of that one. Errors: the transaction's own, when its
        commit failed, for each who shared it.
        """
        if self._writer == threading.get_ident():
            yield self._connection
            return
        with self._my_turn():
            try:
                group = self._join()
                try:
                    self._writer = threading.get_ident()
                    yield self._connection
                    if group.members:
                        self._connection.execute("RELEASE one")
                except BaseException as error:
                    self._undo(group, error)
                    raise
                finally:
                    self._writer = None
                group.members += 1
            finally:
                self._leave()
        self._wait(group)

    @contextmanager
    def _my_turn(self) -> Iterator[None]:
        with self._counting:
            self._coming += 1
        try:
            self._turn.acquire()
        finally:
            with self._counting:
                self._coming -= 1
        try:
            yield
        finally:
            self._turn.release()

    def _join(self) -> _Group:
        """The open transaction, with a place to go back to in it; or a new one."""
        if self._group is None:
            try:
                self._connection.execute("BEGIN IMMEDIATE")
            except sqlite3.Error:
                self._roll_back()  # it may have begun all the same
                raise
            self._group = _Group()
        elif self._group.members:
            self._connection.execute("SAVEPOINT one")
        return self._group

    def _undo(self, group: _Group, error: BaseException) -> None:
        """Take back what one wrote; all is lost where SQLite has already rolled back, or cannot go back."""
        try:
            if group.members and self._connection.in_transaction:
                self._connection.execute("ROLLBACK TO one")
                self._connection.execute("RELEASE one")
                return
        except sqlite3.Error as failed:
            error = failed
        lost = error if isinstance(error, sqlite3.Error) else sqlite3.OperationalError("the transaction was lost")
        self._end(group, lost)

    def _leave(self) -> None:
        if self._group is not None and (not self._coming or self._group.members >= MOST):
            self._commit(self._group)

    def _commit(self, group: _Group) -> None:
        try:
            self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            self._end(group, error)
        else:
            self._end(group, None)

    def _end(self, group: _Group, failure: sqlite3.Error | None) -> None:
        self._group = None
        group.failure = failure
        try:
            self._roll_back()  # a commit that failed may leave the transaction open
        finally:
            self._ended()
            group.done.set()

    def _roll_back(self) -> None:
        """Where a transaction is open; with it goes the lock that other processes wait for."""
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")

    def _wait(self, group: _Group) -> None:
        while not group.done.wait(PATIENCE):
            with self._turn:
                if self._group is group:
                    self._commit(group)
        if group.failure is not None:
            raise type(group.failure)(*group.failure.args) from group.failure
