"""Some appends as the one call of netral.append: arrays packed as the server reads them, and its answer unpacked.

The call goes to libpq as a prepared statement with its parameters in binary: the driver's general conversion took
several times as long as the server's work.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from struct import Struct
from typing import Any, Final

import psycopg
from eventsourcing.persistence import IntegrityError, OperationalError
from psycopg import pq

from ledger.shape import instant_of, instant_text
from ledger.store import answers
from ledger.store.rows import Append, Appended, Row
from ledger.values import Zone

STATEMENT: Final = b"netral_append"
CALL: Final = b"SELECT * FROM netral.append(" + b",".join(b"$%d" % (n + 1) for n in range(21)) + b")"
FORMATS: Final = [1] * 21
BOOL, BYTEA, INT8, INT4, TEXT = 16, 17, 20, 23, 25
HEAD: Final = Struct(">iiIii")
EMPTY: Final = Struct(">iiI")
LENGTH: Final = Struct(">i")
INT8_ITEM: Final = Struct(">iq")
INT4_ITEM: Final = Struct(">ii")
ABSENT: Final = LENGTH.pack(-1)


def prepare(connection: psycopg.Connection[Any]) -> None:
    """Make a new connection ready for `call`."""
    result = connection.pgconn.prepare(STATEMENT, CALL)
    if result.status != pq.ExecStatus.COMMAND_OK:
        raise _error(result)


class Lost(OperationalError):
    """The answer did not come, or not as it must: what became of the call is to be found out."""


@contextmanager
def confirmed(connection: psycopg.Connection[Any]) -> Iterator[None]:
    """Lost, when the server warned of what it committed in the block: that it gave up waiting for its standby."""
    warned: list[str] = []

    def heard(diagnostic: psycopg.errors.Diagnostic) -> None:
        if diagnostic.severity_nonlocalized == "WARNING":
            warned.append(diagnostic.message_primary or "")

    connection.add_notice_handler(heard)
    try:
        yield
    finally:
        connection.remove_notice_handler(heard)
    if warned:
        raise Lost(f"the commit was not confirmed as it must be: {warned[0]}")


def call(connection: psycopg.Connection[Any], told: datetime | None, group: Sequence[Append]) -> list[Answer]:
    """Record a group, and say what the database answered to each; an error of the driver when nothing was recorded.

    Lost when the connection ended, or when the server stopped waiting for its standby: what stands is not known.
    """
    arguments: Any = parameters(told, group)  # the driver's type does not know that None is NULL
    with confirmed(connection):
        result = connection.pgconn.exec_prepared(STATEMENT, arguments, FORMATS, 0)
        if result.status != pq.ExecStatus.TUPLES_OK:
            error = _error(result)
            if connection.pgconn.status == pq.ConnStatus.BAD:
                raise Lost(str(error))
            raise error
    return [Answer.of([result.get_value(row, column) for column in range(5)]) for row in range(result.ntuples)]


def _error(result: pq.abc.PGresult) -> psycopg.Error:
    """A failed result as the driver's error."""
    state = result.error_field(pq.DiagnosticField.SQLSTATE)
    message = result.error_field(pq.DiagnosticField.MESSAGE_PRIMARY) or result.error_message
    kind: type[psycopg.Error] = psycopg.OperationalError
    if state is not None:
        try:
            kind = psycopg.errors.lookup(state.decode())
        except KeyError:
            kind = psycopg.DatabaseError
    return kind(message.decode("utf-8", "replace").strip())


@dataclass(frozen=True, slots=True)
class Answer:
    """What netral.append says of one command."""

    outcome: str
    first: int
    last: int
    at: str
    detail: str

    @classmethod
    def of(cls, row: list[bytes | None]) -> Answer:
        outcome, first, last, at, detail = ("" if each is None else bytes(each).decode() for each in row)
        return cls(outcome, int(first or 0), int(last or 0), at, detail)

    def told(self, one: Append) -> Appended | Exception | None:
        """The outcome of an append, in the words that it has on every database; None where it has to be read again."""
        match self.outcome:
            case "recorded":
                return Appended(
                    [
                        Row(each.stream, each.version, each.topic, each.body, self.first + index + 1, self.at)
                        for index, each in enumerate(one.events)
                    ]
                )
            case "replayed":
                return None
            case "reused":
                return answers.key_reused()
            case "moved":
                return answers.moved(one.guards[self.first - 1], self.last)
            case "behind":
                return answers.behind(instant_of(self.at), instant_of(self.detail))
            case "turned":
                return answers.turned()
            case "overtaken":
                return answers.overtaken(self.first)
            case _:
                return IntegrityError(self.detail)


def parameters(told: datetime | None, group: Sequence[Append]) -> list[bytes | None]:
    """The arguments of netral.append."""
    events = [each for one in group for each in one.events]
    guards = [each for one in group for each in one.guards]
    vault = [each for one in group for each in one.vault]
    tickets = [one.ticket for one in group]
    return [
        None if told is None else instant_text(told).encode(),
        b"\1" if _plain(group) else b"\0",
        _texts([each.stream for each in guards]),
        _bigints([each.version for each in guards]),
        _ends(len(one.guards) for one in group),
        _texts([each.stream for each in events]),
        _bigints([each.version for each in events]),
        _texts([each.topic for each in events]),
        _array(BYTEA, [each.body for each in events]),
        _ends(len(one.events) for one in group),
        _texts([each.commitment for each in vault]),
        _texts([each.stream for each in vault]),
        _texts([each.of for each in vault]),
        _array(BYTEA, [each.box for each in vault]),
        _ends(len(one.vault) for one in group),
        _array(BYTEA, [None if each is None else each.scope for each in tickets]),
        _array(BYTEA, [None if each is None else each.fingerprint for each in tickets]),
        _array(TEXT, [None if one.decided_at is None else instant_text(one.decided_at).encode() for one in group]),
        _array(TEXT, [None if one.decided_at is None else _turning(one.decided_at) for one in group]),
        _array(BOOL, [b"\1" if one.steps_back else b"\0" for one in group]),
        _bigints([one.below for one in group]),
    ]


def _plain(group: Sequence[Append]) -> bool:
    """Whether no command of a group can stand in another's way, and none asks for something out of the ordinary."""
    written: set[str] = set()
    scopes: set[bytes] = set()
    for one in group:
        if one.steps_back or any(each.stream in written for each in one.guards):
            return False
        if any(each.stream in written for each in one.events):
            return False
        written.update(each.stream for each in one.events)
        if one.ticket is not None:
            if one.ticket.scope in scopes:
                return False
            scopes.add(one.ticket.scope)
    return True


def _turning(decided: datetime) -> bytes:
    """The first instant on other legal days: the next midnight in any of the three zones."""
    turns = []
    for zone in Zone:
        local = decided.astimezone(zone.offset)
        midnight = local.replace(hour=0, minute=0, second=0) + timedelta(days=1)
        turns.append(instant_text(midnight.astimezone(decided.tzinfo)))
    return min(turns).encode()


def _texts(values: Iterable[str]) -> bytes:
    return _array(TEXT, [each.encode() for each in values])


def _array(kind: int, values: Sequence[bytes | None]) -> bytes:
    """A one-dimensional array as the server reads it in binary."""
    if not values:
        return EMPTY.pack(0, 0, kind)
    parts = [HEAD.pack(1, None in values, kind, len(values), 1)]
    for each in values:
        if each is None:
            parts.append(ABSENT)
        else:
            parts += (LENGTH.pack(len(each)), each)
    return b"".join(parts)


def _bigints(values: Sequence[int | None]) -> bytes:
    if not values:
        return EMPTY.pack(0, 0, INT8)
    items = (ABSENT if each is None else INT8_ITEM.pack(8, each) for each in values)
    return HEAD.pack(1, None in values, INT8, len(values), 1) + b"".join(items)


def _ends(lengths: Iterable[int]) -> bytes:
    """Where each command's part of a list ends."""
    ends, end = [], 0
    for length in lengths:
        end += length
        ends.append(INT4_ITEM.pack(4, end))
    return HEAD.pack(1, 0, INT4, len(ends), 1) + b"".join(ends)
