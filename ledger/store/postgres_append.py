"""Some appends as one call: of netral.append_together where nothing stands in a command's way, else of append_each.

A call goes to libpq as a prepared statement with its parameters in binary: the driver's general conversion took several
times as long as the server's work.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final

import psycopg
from eventsourcing.persistence import IntegrityError, OperationalError
from psycopg import pq

from ledger.shape import instant_of, instant_text
from ledger.store import answers
from ledger.store.postgres_arrays import BOOL, BYTEA, TEXT, array, bigint, bigints, ends, texts
from ledger.store.rows import Append, Appended, Row

PARAMETERS: Final = {b"append_together": 18, b"append_each": 20}
"""The functions of migrations/0003, and how many parameters each takes."""
OUTCOME, FIRST, LAST, AT, DETAIL = range(5)


def prepare(connection: psycopg.Connection[Any]) -> None:
    """Make a new connection ready for `append`."""
    for name, many in PARAMETERS.items():
        marks = b",".join(b"$%d" % (n + 1) for n in range(many))
        result = connection.pgconn.prepare(name, b"SELECT * FROM netral.%s(%s)" % (name, marks))
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


def append(
    connection: psycopg.Connection[Any],
    now: datetime | None,
    group: Sequence[Append],
    replayed: Callable[[int, int], Appended],
) -> list[Appended | Exception]:
    """Record a group, and say what became of each; an error of the driver when nothing was recorded.

    `replayed` reads what was recorded before under the same ticket. Lost when the connection ended, or when the server
    stopped waiting for its standby: what stands is not known.
    """
    told = None if now is None else instant_text(now).encode()
    if _in_nobody_s_way(group):
        try:
            found = _called(connection, b"append_together", _together(told, group))
        except psycopg.IntegrityError:
            found = []  # whose fault it is, the other function finds out
        if found:
            (first, at), *_ = found
            return _all(group, int(first), at.decode())
    each = _called(connection, b"append_each", _each(told, group))
    return [_answer(one, row, replayed) for one, row in zip(group, each, strict=True)]


def _called(connection: psycopg.Connection[Any], name: bytes, arguments: list[Any]) -> list[list[bytes]]:
    """The rows that a function answers with; NULL is no bytes."""
    with confirmed(connection):
        result = connection.pgconn.exec_prepared(name, arguments, [1] * len(arguments), 0)
        if result.status != pq.ExecStatus.TUPLES_OK:
            error = _error(result)
            if connection.pgconn.status == pq.ConnStatus.BAD:
                raise Lost(str(error))
            raise error
    columns = range(result.nfields)
    return [[result.get_value(row, column) or b"" for column in columns] for row in range(result.ntuples)]


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


# --- together -------------------------------------------------------------------------------------------------------


def _in_nobody_s_way(group: Sequence[Append]) -> bool:
    """Whether no command of a group can stand in another's way, and none asks for something out of the ordinary."""
    written: set[str] = set()
    scopes: set[bytes] = set()
    for one in group:
        streams = {each.stream for each in one.events}
        if one.steps_back or not written.isdisjoint(streams.union([each.stream for each in one.guards])):
            return False
        written |= streams
        if one.ticket is not None:
            if one.ticket.scope in scopes:
                return False
            scopes.add(one.ticket.scope)
    return True


def _together(told: bytes | None, group: Sequence[Append]) -> list[bytes | None]:
    """The arguments of netral.append_together."""
    events = [each for one in group for each in one.events]
    guards = [each for one in group for each in one.guards]
    vault = [each for one in group for each in one.vault]
    decided = {one.decided_at for one in group if one.decided_at is not None}
    scopes, fingerprints, firsts, lasts, rooms = [], [], [], [], []
    end = 0
    for one in group:
        first, end = end, end + len(one.events)
        if one.ticket is not None:
            scopes.append(one.ticket.scope)
            fingerprints.append(one.ticket.fingerprint)
            firsts.append(first)
            lasts.append(end - 1)
        if one.below is not None:
            rooms.append(one.below - end)
    return [
        told,
        instant_text(max(decided)).encode() if decided else None,
        instant_text(min(map(answers.turning, decided))).encode() if decided else None,
        bigint(min(rooms, default=None)),
        texts([each.stream for each in guards]),
        bigints([each.version for each in guards]),
        texts([each.stream for each in events]),
        bigints([each.version for each in events]),
        texts([each.topic for each in events]),
        array(BYTEA, [each.body for each in events]),
        texts([each.commitment for each in vault]),
        texts([each.stream for each in vault]),
        texts([each.of for each in vault]),
        array(BYTEA, [each.box for each in vault]),
        array(BYTEA, scopes),
        array(BYTEA, fingerprints),
        bigints(firsts),
        bigints(lasts),
    ]


def _all(group: Sequence[Append], first: int, at: str) -> list[Appended | Exception]:
    """A group whose commands stand one after another from a position on."""
    told: list[Appended | Exception] = []
    for one in group:
        told.append(_recorded(one, first, at))
        first += len(one.events)
    return told


def _recorded(one: Append, first: int, at: str) -> Appended:
    """An append's rows from a position on."""
    return Appended(
        [
            Row(each.stream, each.version, each.topic, each.body, notification, at)
            for notification, each in enumerate(one.events, first + 1)
        ]
    )


# --- one by one -----------------------------------------------------------------------------------------------------


def _each(told: bytes | None, group: Sequence[Append]) -> list[bytes | None]:
    """The arguments of netral.append_each."""
    events = [each for one in group for each in one.events]
    guards = [each for one in group for each in one.guards]
    vault = [each for one in group for each in one.vault]
    tickets = [one.ticket for one in group]
    decided = [one.decided_at for one in group]
    turning = [None if each is None else answers.turning(each) for each in decided]
    return [
        told,
        texts([each.stream for each in guards]),
        bigints([each.version for each in guards]),
        ends(len(one.guards) for one in group),
        texts([each.stream for each in events]),
        bigints([each.version for each in events]),
        texts([each.topic for each in events]),
        array(BYTEA, [each.body for each in events]),
        ends(len(one.events) for one in group),
        texts([each.commitment for each in vault]),
        texts([each.stream for each in vault]),
        texts([each.of for each in vault]),
        array(BYTEA, [each.box for each in vault]),
        ends(len(one.vault) for one in group),
        array(BYTEA, [None if each is None else each.scope for each in tickets]),
        array(BYTEA, [None if each is None else each.fingerprint for each in tickets]),
        array(TEXT, [None if each is None else instant_text(each).encode() for each in decided]),
        array(TEXT, [None if each is None else instant_text(each).encode() for each in turning]),
        array(BOOL, [b"\1" if one.steps_back else b"\0" for one in group]),
        bigints([one.below for one in group]),
    ]


def _answer(one: Append, row: list[bytes], replayed: Callable[[int, int], Appended]) -> Appended | Exception:
    """The outcome of an append, in the words that it has on every database."""
    first, last = int(row[FIRST] or 0), int(row[LAST] or 0)
    at, detail = row[AT].decode(), row[DETAIL].decode()
    match row[OUTCOME]:
        case b"recorded":
            return _recorded(one, first, at)
        case b"replayed":
            return replayed(first, last)
        case b"reused":
            return answers.key_reused()
        case b"moved":
            return answers.moved(one.guards[first - 1], last)
        case b"behind":
            return answers.behind(instant_of(at), instant_of(detail))
        case b"turned":
            return answers.turned()
        case b"overtaken":
            return answers.overtaken(first)
        case _:
            return IntegrityError(detail)
