"""Following and rebuilding, killed at every change that they make to their database, and started again."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from api.chronicles.register import Register
from api.wiring import House
from projections import follow
from projections.views import Views
from tests.scribes import Scribe, record_k4
from tests.unit.projections.machines import Told, machine, told_by

BATCH = 8
HALFWAY = 12
HOW = pytest.mark.parametrize("how", ["before", "after"])


class Crash(Exception):
    """The process is killed: nothing of ours catches this, and what was not committed is gone."""


class Killer:
    """Kills the process at the n-th change or commit, before it is made or directly after it."""

    def __init__(self, views: Views, at: int, how: str) -> None:
        self.reached = 0
        self._at = at
        engine: Any = views._engine
        event.listen(engine, f"{how}_cursor_execute", self._statement)
        event.listen(engine, "commit", self._count)

    def _statement(self, _connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.lstrip().startswith(("INSERT", "UPDATE", "CREATE", "DROP")):
            self._count()

    def _count(self, *_: Any) -> None:
        self.reached += 1
        if self.reached == self._at:
            raise Crash


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that K4 takes several."""
    monkeypatch.setattr(follow, "BATCH", BATCH)


@pytest.fixture
def recorded(house: House, scribe: Scribe, offices: Register) -> House:
    """A ledger in which K4 stands."""
    record_k4(scribe, offices)
    return house


@pytest.fixture
def expected(recorded: House, tmp_path: Path) -> dict[int, Told]:
    """What is true at each position at which a batch ends."""
    with machine(recorded, tmp_path / "expected.db") as (views, follower):
        return {
            follower.catch_up(stop=cut): told_by(views) for cut in (HALFWAY, HALFWAY + BATCH, recorded.store.size())
        }


@pytest.fixture
def halfway(recorded: House, tmp_path: Path) -> Path:
    """Views that follow up to the middle of K4."""
    with machine(recorded, tmp_path / "halfway.db") as (_, follower):
        follower.catch_up(stop=HALFWAY)
    return tmp_path / "halfway.db"


def attempts(halfway: Path) -> Iterator[tuple[int, Path]]:
    """A copy of the views for each moment at which to be killed."""
    for at in itertools.count(1):
        path = halfway.with_name(f"at-{at}.db")
        shutil.copy(halfway, path)
        yield at, path


@HOW
def test_a_follower_killed_at_any_change_leaves_rows_that_are_true_at_their_position(
    recorded: House, expected: dict[int, Told], halfway: Path, how: str
) -> None:
    """A batch's rows and its position are in one transaction; a new process goes on from wherever it stands."""
    for at, path in attempts(halfway):
        with machine(recorded, path) as (views, follower):
            killer = Killer(views, at, how)
            try:
                follower.catch_up()
            except Crash:
                pass
            else:
                break
        with machine(recorded, path) as (views, follower):
            for name, told in told_by(views).items():
                assert told == expected[told[0]][name]
            follower.catch_up()
            assert told_by(views) == expected[recorded.store.size()]
    assert killer.reached > 9


@HOW
@pytest.mark.parametrize("name", ["cases", "timeline"])
def test_a_rebuild_killed_at_any_change_leaves_the_old_rows_readable(
    recorded: House, expected: dict[int, Told], halfway: Path, how: str, name: str
) -> None:
    """Or the new ones, whole; the next rebuild works, and so does following."""
    old, new = expected[HALFWAY][name], expected[recorded.store.size()][name]
    for at, path in attempts(halfway):
        with machine(recorded, path) as (views, follower):
            killer = Killer(views, at, how)
            try:
                follower.rebuild(name)
            except Crash:
                assert told_by(views)[name] == old
            else:
                break
        with machine(recorded, path) as (views, follower):
            assert told_by(views)[name] == old
            assert follower.rebuild(name) == new[1]
            assert told_by(views)[name] == new
            follower.catch_up()
            assert told_by(views) == expected[recorded.store.size()]
    assert killer.reached > 9


@pytest.mark.parametrize("at", [1, 2, 3])
def test_a_rebuild_that_fails_between_two_batches_is_no_rebuild(
    recorded: House, expected: dict[int, Told], halfway: Path, at: int
) -> None:
    """Whatever failed, an unreadable record or a person's patience: the same process reads on, and rebuilds later."""
    batches = itertools.count(1)

    def progress(_applied: int) -> None:
        if next(batches) == at:
            raise KeyboardInterrupt

    with machine(recorded, halfway) as (views, follower):
        with pytest.raises(KeyboardInterrupt):
            follower.rebuild("cases", progress=progress)
        assert told_by(views) == expected[HALFWAY]
        follower.catch_up()
        assert told_by(views) == expected[recorded.store.size()]
        assert follower.rebuild("cases") == expected[recorded.store.size()]["cases"][1]


def test_a_rebuild_tells_how_far_it_is(recorded: House, halfway: Path) -> None:
    """Batch by batch, until every entry was told."""
    told: list[int] = []
    with machine(recorded, halfway) as (_, follower):
        follower.rebuild("timeline", progress=told.append)
    assert told == [BATCH, BATCH, BATCH, recorded.store.size() - 3 * BATCH]
