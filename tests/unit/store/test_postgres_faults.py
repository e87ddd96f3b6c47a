"""PostgreSQL that fails in the middle: connections that are cut, waits that end, a server that dies and comes back."""

from __future__ import annotations

import secrets
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from typing import Any

import psycopg
import pytest

from ledger.clock import real_clock
from ledger.errors import Broken, Busy
from ledger.store.database import Database
from ledger.store.opening import open_store
from ledger.store.postgres import LOCK, PostgresRecorder
from ledger.store.rows import Append, Appended, Ticket, VaultRow
from ledger.store.store import Store
from tests.builders import COMPLAINT
from tests.postgres import TEMPLATE, Databases, Server, populate
from tests.unit.store.stores import administrator, event, events, places, sealed_value, tables, ticket

SOON = 30
WAITING = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = %s"


@pytest.fixture
def store(database: Database) -> Iterator[Store]:
    made = open_store(database, real_clock)
    yield made
    made.close()


@pytest.fixture
def thread() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1) as made:
        yield made


def eventually(asked: Callable[[], Any]) -> Any:
    end = time.monotonic() + SOON
    while time.monotonic() < end:
        if found := asked():
            return found
        time.sleep(0.01)
    raise AssertionError("it never came")


@contextmanager
def the_lock_is_kept(database: Database) -> Iterator[psycopg.Connection[Any]]:
    """Somebody else holds the writer's lock until the block ends."""
    with administrator(database) as holder:
        holder.execute("SELECT pg_advisory_lock(%s)", (LOCK,))
        yield holder


def backend_that_waits(prompt: psycopg.Connection[Any], kind: str) -> int:
    """The server's process that waits for something of a kind, once there is one."""
    found: tuple[int] = eventually(lambda: prompt.execute(WAITING, (kind,)).fetchone())
    return found[0]


def written(store: Store, version: int = 1) -> Appended:
    """One command with everything, whose body is its own."""
    one = event(version, body=b'{"nonce":%d}' % version)
    return store.append([one], guards=[], vault=[sealed_value(str(version))], ticket=ticket(str(version)))


# --- connections that are cut -------------------------------------------------------------------------------------


def test_connections_that_died_while_nobody_used_them_are_replaced_unseen(store: Store, database: Database) -> None:
    """As after the server was started anew, or a firewall forgot them: neither writer nor reader hears of it."""
    written(store)
    for asked in (lambda: written(store, 2), store.size, lambda: store.sealed_value("1"), lambda: written(store, 3)):
        with administrator(database) as prompt:
            prompt.execute(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        asked()
    assert len(places(database)) == 3


def test_a_connection_cut_before_the_commit_is_taken_up_again(
    store: Store, database: Database, thread: ThreadPoolExecutor
) -> None:
    """Under the lock it is certain that nothing was recorded, and the command is sent once more."""
    with the_lock_is_kept(database) as prompt:
        writer = thread.submit(written, store)
        prompt.execute("SELECT pg_terminate_backend(%s, 5000)", (backend_that_waits(prompt, "Lock"),))
    assert not writer.result(SOON).replayed
    assert {name: len(rows) for name, rows in tables(database).items()} == {"events": 1, "vault": 1, "idempotency": 1}


@pytest.fixture
def awaited(database: Database) -> Iterator[psycopg.Connection[Any]]:
    """A server whose commits wait for a standby, and there is none."""

    def set_to(names: str) -> None:
        prompt.execute(f"ALTER SYSTEM SET synchronous_standby_names = '{names}'")
        prompt.execute("SELECT pg_reload_conf()")

    with administrator(database) as prompt:
        set_to("nobody")
        eventually(lambda: prompt.execute("SHOW synchronous_standby_names").fetchone() == ("nobody",))
        try:
            yield prompt
        finally:
            set_to("")
            eventually(lambda: prompt.execute("SHOW synchronous_standby_names").fetchone() == ("",))


def release(prompt: psycopg.Connection[Any]) -> None:
    """Let commits through again."""
    prompt.execute("ALTER SYSTEM SET synchronous_standby_names = ''")
    prompt.execute("SELECT pg_reload_conf()")


@pytest.mark.parametrize("how", ["pg_terminate_backend", "pg_cancel_backend"])
def test_a_commit_whose_answer_is_lost_is_told_once_it_is_confirmed(
    store: Store, database: Database, thread: ThreadPoolExecutor, awaited: psycopg.Connection[Any], how: str
) -> None:
    """Cut after COMMIT and before the answer; or the wait for the standby is cancelled, and the server says `done`.

    It stands here, and is acknowledged only when a later commit has been confirmed.
    """
    writer = thread.submit(written, store)
    first = backend_that_waits(awaited, "IPC")
    awaited.execute(f"SELECT {how}(%s)", (first,))
    if how == "pg_terminate_backend":
        eventually(lambda: (found := awaited.execute(WAITING, ("IPC",)).fetchone()) and found[0] != first)
    time.sleep(0.3)
    assert not writer.done(), "it was acknowledged without its standby"
    release(awaited)
    assert [row.position for row in writer.result(SOON).rows] == [0]
    assert len(places(database)) == 1
    assert store.append([event(body=b'{"nonce":1}')], guards=[], ticket=ticket("1")).replayed


def test_a_group_whose_answer_is_lost_is_told_command_by_command(store: Store, database: Database) -> None:
    """Recorded, recorded before under the same ticket, never recorded: each hears its own."""
    recorder = store.recorder
    assert isinstance(recorder, PostgresRecorder)
    before = written(store)
    stands = Append((event(2, body=b"stands"),))
    recorder.insert_group([stands])
    found = recorder._found_out(
        [
            stands,
            Append((event(9, body=b"again"),), ticket=ticket("1")),
            Append((event(9, body=b"again"),), ticket=ticket("1", "d")),
            Append((event(3, body=b"never"),)),
            Append((event(2, body=b"another's"),)),
        ]
    )
    assert [type(each).__name__ for each in found] == ["Appended", "Appended", "KeyReused", "Busy", "Busy"]
    assert found[1] == before
    assert len(places(database)) == 2


# --- waits that end -----------------------------------------------------------------------------------------------


def test_a_lock_that_is_kept_too_long_is_busy_and_nothing_is_recorded(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """503 with Retry-After for whoever asked; when the lock is free, the same command goes through."""
    monkeypatch.setattr("ledger.store.postgres_pool.STATEMENT_TIMEOUT", 0.2)
    with closing(open_store(database, real_clock)) as impatient:
        with the_lock_is_kept(database), pytest.raises(Busy, match="nothing was recorded"):
            written(impatient)
        assert places(database) == []
        written(impatient)
    assert len(places(database)) == 1


def test_a_server_s_own_lock_timeout_is_busy_too(store: Store, database: Database) -> None:
    with administrator(database) as prompt:
        prompt.execute(f"ALTER DATABASE {prompt.info.dbname} SET lock_timeout = '200ms'")
    with closing(open_store(database, real_clock)) as impatient:
        with the_lock_is_kept(database), pytest.raises(Busy):
            written(impatient)
        written(impatient)
    assert store.size() == 1


def test_when_every_connection_is_in_use_newcomers_are_busy(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are turned away in time, and what they sent is nowhere; here without groups, which share one connection."""
    monkeypatch.setattr("ledger.store.postgres_pool.POOL_TIMEOUT", 0.2)
    monkeypatch.setattr("ledger.store.postgres_pool.CONNECTIONS", 2)
    with closing(open_store(database, real_clock)) as store, ThreadPoolExecutor(6) as threads:
        with the_lock_is_kept(database):
            alone = [Append((event(1, f"complaint-{number:032x}"),)) for number in range(6)]
            writers = [threads.submit(lambda one: store.recorder.insert_group([one])[0], each) for each in alone]
            eventually(lambda: sum(writer.done() for writer in writers) == 4)
        told = [outcome(writer) for writer in writers]
        assert sorted(told) == [*["Appended"] * 2, *["Busy"] * 4]
        assert store.size() == 2


def outcome(writer: Future[Appended | Exception]) -> str:
    try:
        return type(writer.result(SOON)).__name__
    except Exception as error:  # noqa: BLE001 (whatever it is, its name is compared)
        return type(error).__name__


def test_a_value_that_the_server_cannot_take_fails_its_own_command_alone(store: Store, database: Database) -> None:
    """PostgreSQL has no U+0000 in text; the codec refuses it long before."""
    other = f"complaint-{2:032x}"
    group = [Append((event(),)), Append((event(1, "complaint-\0"),)), Append((event(1, other),))]
    told = store.recorder.insert_group(group)
    assert [type(each).__name__ for each in told] == ["Appended", "IntegrityError", "Appended"]
    assert [place[1] for place in places(database)] == [COMPLAINT, other]


# --- the server dies ----------------------------------------------------------------------------------------------


@pytest.fixture
def own(databases: Databases) -> Iterator[Server]:
    """A server that a test may kill."""
    del databases  # so that it ends before the session's own
    with ExitStack() as stack:
        server = Server.made()
        stack.callback(server.discard)
        server.start()
        populate(server)
        yield server


@pytest.mark.parametrize("rounds", [2, pytest.param(20, marks=pytest.mark.slow)])
def test_a_server_killed_in_mid_commit_keeps_what_was_acknowledged(own: Server, rounds: int) -> None:
    """SIGKILL of all its processes under load, and a start: every acknowledged append is there, once, without a gap."""
    database = Database(own.url("writer", TEMPLATE))
    acknowledged: dict[int, str] = {}
    unknown = 0
    with closing(open_store(database, real_clock)) as store, ThreadPoolExecutor(6) as threads:
        for number in range(rounds):
            streams = [f"complaint-{number:08x}{each:024x}" for each in range(300)]
            writers = {each: threads.submit(store.append, events(2, each), guards=[]) for each in streams}
            eventually(lambda: sum(each.done() for each in writers.values()) > 50)  # noqa: B023 (asked at once)
            own.stop(signal.SIGKILL)
            own.start()
            for stream, writer in writers.items():
                try:
                    acknowledged[writer.result(60).rows[0].position] = stream
                except (Broken, Busy):
                    unknown += 1
        rows = places(database)
        assert [row[0] for row in rows] == list(range(len(rows)))
        firsts = {row[0]: row[1] for row in rows if row[2] == 1}
        assert acknowledged.items() <= firsts.items()
        assert len(firsts) <= len(acknowledged) + unknown
        assert store.size() == len(rows)


def test_a_full_disk_records_all_or_nothing_and_is_named(own: Server) -> None:
    """No file of the server may grow beyond a size: the append that needs more is refused whole, and said to be."""
    database = Database(own.url("writer", TEMPLATE))
    own.stop()
    own.start(most=17 * 1024**2)
    with closing(open_store(database, real_clock)) as store:
        many = append_until_refused(store)
        assert {name: len(rows) for name, rows in tables(database).items()} == dict.fromkeys(
            ("events", "vault", "idempotency"), many
        )
        own.stop()
        own.start()
        append_large(store, many + 1)
        assert store.size() == many + 1


def append_large(store: Store, version: int) -> None:
    """One command of an event that no compression makes smaller, a sealed value and a ticket."""
    one = [event(version, body=secrets.token_bytes(60_000))]
    box = VaultRow(secrets.token_hex(32), COMPLAINT, "case", b"x")
    store.append(one, guards=[], vault=[box], ticket=Ticket(secrets.token_bytes(32), b"c" * 32))


def append_until_refused(store: Store) -> int:
    """How many were recorded before the server had no room."""
    for many in range(1_000):
        try:
            append_large(store, many + 1)
        except Broken as error:
            assert "could not" in str(error)  # noqa: PT017 (how many it took is the answer)
            return many
    raise AssertionError("there was room for everything")
