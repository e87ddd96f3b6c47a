"""The thread that follows a ledger: woken by whoever writes, stopped cleanly, and never dead without saying why."""

from __future__ import annotations

import logging
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from api.chronicles.register import Register
from api.wiring import LEDGER_DB, VIEWS_DB, House
from ledger.codec import canonical
from ledger.errors import Unreadable
from ledger.trail import durable
from projections.follow import FollowingThread
from tests.scribes import Scribe, record_k4, record_register
from tests.unit.projections.machines import machine, told_by

ROOT = Path(__file__).resolve().parents[3]
INTERVAL = 0.01
PATIENCE = 600
"""Seconds after which a test gives up on something that should take a tenth of one."""
ANOTHER_PROCESS = """
import sys
from pathlib import Path
from api.chronicles.play import instant
from api.wiring import open_house
from ledger.clock import SimulatedClock
from tests.scribes import Scribe, record_k4, record_register

clock = SimulatedClock(instant("2024-05-02T01:00:00"))
house = open_house(Path(sys.argv[1]), clock=clock)
scribe = Scribe(house.registrar, clock, house.stream)
record_k4(scribe, record_register(scribe))
house.close()
"""


def eventually(holds: Callable[[], object]) -> None:
    """Wait until something holds, looking often."""
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(INTERVAL)


@contextmanager
def following(house: House, *steps: Callable[[], Any]) -> Iterator[FollowingThread]:
    """The thread as the API runs it, or with other steps."""
    thread = FollowingThread(house.store, list(steps) or [house.follower.catch_up, house.sealer.seal], INTERVAL)
    thread.start()
    try:
        yield thread
    finally:
        thread.stop()


def positions(house: House) -> set[int]:
    return set(house.views.stands().values())


def sealed(house: House) -> int:
    checkpoint = house.sealer.latest()
    return checkpoint.size if checkpoint else 0


def test_what_another_process_wrote_is_projected_and_sealed(house: House, tmp_path: Path) -> None:
    """Nobody tells the thread: the database does."""
    with following(house) as thread:
        eventually(lambda: positions(house) == {1})
        command = [sys.executable, "-c", ANOTHER_PROCESS, str(house.folder)]
        subprocess.run(command, cwd=ROOT, check=True, timeout=PATIENCE)
        assert house.store.size() == 26
        eventually(lambda: positions(house) == {26} and sealed(house) == 26)
    assert thread.failure is None
    with machine(house, tmp_path / "again.db") as (views, follower):
        follower.catch_up()
        assert told_by(views) == told_by(house.views)


def test_what_this_process_wrote_is_projected_and_sealed(house: House, scribe: Scribe, offices: Register) -> None:
    """Its writers have connections of their own."""
    with following(house) as thread:
        record_k4(scribe, offices)
        eventually(lambda: positions(house) == {house.store.size()} and sealed(house) == house.store.size())
    assert thread.failure is None


def test_what_is_written_during_a_step_is_followed_by_another_step(house: House, scribe: Scribe) -> None:
    """Otherwise it would wait for the next writer, perhaps for ever."""
    sizes: list[int] = []

    def step() -> None:
        sizes.append(house.store.size())
        if len(sizes) == 1:
            record_register(scribe)

    with following(house, step) as thread:
        eventually(lambda: sizes[-1:] == [house.store.size()] and len(sizes) > 1)
    assert thread.failure is None
    assert sizes[0] == 1


def test_a_stopped_thread_follows_no_more(house: House, scribe: Scribe) -> None:
    """When `stop` returns, the thread is gone, the database is free, and nothing failed."""
    with following(house) as thread:
        eventually(lambda: positions(house) == {1})
    assert not thread.is_alive()
    assert thread.failure is None
    record_register(scribe)
    assert positions(house) == {1}
    assert sealed(house) == 1


def write_unheard_of(house: House) -> None:
    """An entry of a topic that this release does not know, past the registrar, as a newer release would write it."""
    office = f"office-{'5' * 32}"
    body = canonical(
        {
            "act": {"office": office, "on": "2024-05-02", "source": "own"},
            "by": {"actor": "a1", "office": office, "role": "intake"},
            "fact": {},
            "nonce": "0123456789abcdef" * 2,
        }
    )
    row = (house.store.size(), f"complaint-{'5' * 32}", 1, "complaint.unheard_of.v1", "2024-05-02T03:00:00Z", body)
    with closing(sqlite3.connect(house.folder / LEDGER_DB)) as connection:
        connection.execute("INSERT INTO events (position, stream, version, topic, at, body) VALUES (?,?,?,?,?,?)", row)
        connection.commit()


def test_an_unreadable_record_stops_the_following_and_is_kept_for_the_readiness_check(
    house: House, scribe: Scribe, caplog: pytest.LogCaptureFixture
) -> None:
    """Going on would guess: the views stay where they are true, and nothing more is sealed."""
    with following(house) as thread:
        offices = record_register(scribe)
        eventually(lambda: positions(house) == {9} and sealed(house) == 9)
        before = told_by(house.views)
        write_unheard_of(house)
        eventually(lambda: not thread.is_alive())
        record_k4(scribe, offices)
    assert isinstance(thread.failure, Unreadable)
    assert "complaint.unheard_of.v1" in str(thread.failure)
    assert "position 9" in str(thread.failure)
    assert told_by(house.views) == before
    assert sealed(house) == 9
    assert [record.levelno for record in caplog.records] == [logging.ERROR]


def drop_a_table(house: House) -> type[Exception]:
    with house.views.read("cases") as reading:
        name = reading.tables["cases"].name
    with closing(sqlite3.connect(house.folder / VIEWS_DB)) as connection:
        connection.execute(f"DROP TABLE {name}")
    return OperationalError


def lose_the_trail(house: House) -> type[Exception]:
    with durable.alone(house.trail / ".lock"):  # not in the middle of a seal's tidying up, which makes folders
        house.trail.rename(house.folder / "moved")
        house.trail.write_text("a file where the folder was")
    return OSError


@pytest.mark.parametrize("fault", [drop_a_table, lose_the_trail])
def test_any_other_failure_is_kept_too(
    house: House, scribe: Scribe, offices: Register, fault: Callable[[House], type[Exception]], caplog: Any
) -> None:
    """A full disk or a lost file is not ours to name, and not ours to hide: a thread that is dead must be seen."""
    with following(house) as thread:
        eventually(lambda: sealed(house) == house.store.size())
        expected = fault(house)
        record_k4(scribe, offices)
        eventually(lambda: not thread.is_alive())
    assert isinstance(thread.failure, expected)
    assert [record.exc_info[1] for record in caplog.records if record.exc_info] == [thread.failure]
    if fault is lose_the_trail:
        house.trail.unlink()
        shutil.move(house.folder / "moved", house.trail)


def test_a_step_that_fails_is_the_last_one(house: House) -> None:
    """What could not be projected is not sealed either: a person looks first."""
    done: list[str] = []

    def fail() -> None:
        done.append("first")
        raise RuntimeError("of no name")

    with following(house, fail, lambda: done.append("second")) as thread:
        eventually(lambda: not thread.is_alive())
    assert isinstance(thread.failure, RuntimeError)
    assert done == ["first"]
