"""Two who follow one database of views, or a rebuild beside a follower: no entry is lost, and no position lies."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from api.chronicles.register import Register
from api.wiring import House
from ledger.codec import Recorded
from projections import follow
from projections.cases import Cases
from projections.follow import Follower
from projections.projection import Projection, Put, States
from projections.timeline import Timeline
from projections.views import Views, open_views
from tests.scribes import Scribe, record_k4
from tests.unit.projections.machines import machine, told_by


class Interrupted(Timeline):
    """The timeline, and what happens elsewhere once while a batch that holds a position is being applied."""

    def __init__(self, at: int, meanwhile: Callable[[], object]) -> None:
        self._at = at
        self._meanwhile = meanwhile

    def apply(self, position: int, recorded: Recorded, states: States) -> Iterable[Put]:
        if position == self._at:
            self._at = -1
            self._meanwhile()
        return super().apply(position, recorded, states)


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that there is something between two batches."""
    monkeypatch.setattr(follow, "BATCH", 4)


@pytest.fixture
def recorded(house: House, scribe: Scribe, offices: Register) -> House:
    """A ledger in which K4 stands."""
    record_k4(scribe, offices)
    return house


@pytest.mark.parametrize("reached", [0, 5, 20])
def test_a_rebuild_that_is_swapped_in_while_a_batch_is_made_loses_no_entry(
    recorded: House, tmp_path: Path, reached: int
) -> None:
    """The batch begins where the old rows ended; the new ones end elsewhere, and following goes on from there."""
    with machine(recorded, tmp_path / "views.db") as (_, other):
        views = open_views(tmp_path / "views.db", [Interrupted(9, lambda: other.rebuild("timeline", stop=reached))])
        assert Follower(recorded.store, views).catch_up() == recorded.store.size()
        live = told_by(views)
        views.close()
    with machine(recorded, tmp_path / "other.db") as (views, follower):
        follower.catch_up()
        assert live["timeline"] == told_by(views)["timeline"]


def test_a_follower_that_was_overtaken_does_not_set_the_position_back(recorded: House, tmp_path: Path) -> None:
    """Otherwise the position would be said of rows that are further on."""
    with machine(recorded, tmp_path / "views.db") as (views, other):
        slow = open_views(tmp_path / "views.db", [Interrupted(2, other.catch_up)])
        assert Follower(recorded.store, slow).catch_up(stop=4) == recorded.store.size()
        assert views.stands()["timeline"] == recorded.store.size()
        slow.close()


def test_two_followers_and_a_rebuild_at_once_end_on_the_same_rows(recorded: House, tmp_path: Path) -> None:
    """Each has a connection and a thread of its own, as two processes would."""
    projections: list[Projection] = [Cases(), Timeline()]
    failures: list[Exception] = []

    def follow_on() -> None:
        views = open_views(tmp_path / "views.db", projections)
        try:
            for stop in range(recorded.store.size() + 1):
                Follower(recorded.store, views).catch_up(stop)
        except Exception as error:  # noqa: BLE001 (a thread's failure would be lost)
            failures.append(error)
        finally:
            views.close()

    def rebuild(views: Views) -> None:
        for stop in range(0, recorded.store.size(), 5):
            for name in views.projections:
                Follower(recorded.store, views).rebuild(name, stop=stop)

    threads = [threading.Thread(target=follow_on) for _ in range(2)]
    with machine(recorded, tmp_path / "views.db") as (views, follower):
        for thread in threads:
            thread.start()
        rebuild(views)
        for thread in threads:
            thread.join()
        follower.catch_up()
        live = told_by(views)
    with machine(recorded, tmp_path / "other.db") as (views, follower):
        follower.catch_up()
        assert live == told_by(views)
    assert failures == []
