"""One command, and a disk that fails at each of its statements in turn: all of it is recorded, or nothing.

The command is a review that refuses the registration: two facts, three sealed values, a new handle, a key.
"""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from api.wiring import House, open_house
from ledger.clock import SimulatedClock
from ledger.errors import Broken
from ledger.registrar import Receipt
from ledger.values import StreamId
from tests.auditor import audit
from tests.flow.asking import Jambi
from tests.flow.whole import assert_whole
from tests.unit.store.faults import Statements

KEY = "k"
FACTS = 2


@pytest.fixture
def complaint(jambi: Jambi, house: House, monkeypatch: pytest.MonkeyPatch) -> StreamId:
    """A complaint to review. Its house is closed, and a lock that somebody forgot is not waited for long."""
    made = jambi.accused()
    house.follower.catch_up()
    monkeypatch.setattr("ledger.store.pool.LOCK_TIMEOUT", 0.2)
    return made


@pytest.fixture
def statements(complaint: StreamId, monkeypatch: pytest.MonkeyPatch) -> Statements:
    """Counts on every connection of every house that is opened from now on."""
    del complaint
    return Statements(monkeypatch)


def copied(house: House, folder: Path) -> Path:
    """The same ledger on another disk."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(house.folder, folder)
    return folder


def review(house: House, jambi: Jambi, complaint: StreamId) -> Receipt:
    """The command, as every try sends it."""
    return jambi.through(house.registrar).ask(jambi.refusal(complaint), key=KEY, seen=4)


@pytest.fixture
def every(house: House, jambi: Jambi, complaint: StreamId, statements: Statements, clock: SimulatedClock) -> list[str]:
    """The statements that the command runs when nothing fails, in their order; in a copy of its own."""
    with closing(open_house(copied(house, house.folder.with_name("dry")), clock=clock)) as dry:
        statements.ran.clear()
        review(dry, jambi, complaint)
    assert len(statements.ran) > 30, "the command has fewer statements than it must have"
    return list(statements.ran)


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_an_error_of_any_statement_is_named_and_leaves_all_or_nothing(
    house: House,
    jambi: Jambi,
    complaint: StreamId,
    statements: Statements,
    every: list[str],
    clock: SimulatedClock,
    tmp_path: Path,
    after: bool,
) -> None:
    """The house goes on: it holds no lock, and the same submission succeeds at once, through it and through another."""
    before = len(assert_whole(house.folder))
    kept = []
    for at, statement in enumerate(every, 1):
        if after and statement.startswith("SELECT"):
            continue
        folder = copied(house, tmp_path / "disk")
        with closing(open_house(folder, clock=clock)) as failing, closing(open_house(folder, clock=clock)) as other:
            with statements.failing(at, after=after), pytest.raises(Broken, match="disk I/O error"):
                review(failing, jambi, complaint)
            recorded = len(assert_whole(folder)) - before
            assert recorded in (0, FACTS), (at, statement)
            if recorded:
                kept.append(statement)
            assert review(other, jambi, complaint).replayed is (recorded == FACTS), (at, statement)
            assert review(failing, jambi, complaint).replayed
            assert len(assert_whole(folder)) == before + FACTS
    assert kept == ["COMMIT"] * after, "only the commit whose acknowledgement is lost leaves facts behind an error"


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_a_crash_at_any_statement_leaves_all_or_nothing(
    house: House,
    jambi: Jambi,
    complaint: StreamId,
    statements: Statements,
    every: list[str],
    clock: SimulatedClock,
    tmp_path: Path,
    after: bool,
) -> None:
    """Opened again, the ledger is whole and seals; the retry records what is missing and nothing else."""
    before = len(assert_whole(house.folder))
    kept = []
    for at, statement in enumerate(every, 1):
        if statement.startswith(("SELECT", "BEGIN")):
            continue
        folder, image = copied(house, tmp_path / "disk"), tmp_path / "image"
        with (
            closing(open_house(folder, clock=clock)) as crashing,
            statements.crashing(at, folder, image, after=after),
        ):
            review(crashing, jambi, complaint)
        with closing(open_house(image, clock=clock)) as reopened:
            recorded = len(assert_whole(image)) - before
            assert recorded in (0, FACTS), (at, statement)
            if recorded:
                kept.append(statement)
            assert review(reopened, jambi, complaint).replayed is (recorded == FACTS), (at, statement)
            assert len(assert_whole(image)) == before + FACTS
            if recorded or at == len(every):
                audit(reopened)
    assert kept == ["COMMIT"] * after
