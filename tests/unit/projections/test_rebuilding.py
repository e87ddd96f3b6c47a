"""A view is what its entries make of it: followed or rebuilt, at any cut, in any batches, on any machine."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.wiring import House
from ledger.complaint.codes import Stage
from projections.cases import Cases
from projections.follow import Folds
from tests.unit.projections.histories import THOROUGH, Ground, Move, histories, prepare, told
from tests.unit.projections.machines import Told, machine, told_by


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    return prepare(tmp_path_factory.mktemp("ground"))


def rebuilt_at_every_cut(house: House, folder: Path) -> list[Told]:
    """Every projection made from nothing up to each position, in a database that is used for nothing else."""
    said = []
    with machine(house, folder / "rebuilt.db") as (views, follower):
        for cut in range(house.store.size() + 1):
            roots = follower.rebuild_all(list(views.projections), stop=cut)
            said.append(told_by(views))
            assert roots == {name: root for name, (_, root, _) in said[-1].items()}
    return said


def check_every_cut(house: House, folder: Path, strides: list[int]) -> None:
    """Following by one entry at a time, and by strides, says at each stop what a rebuild up to there says."""
    rebuilt = rebuilt_at_every_cut(house, folder)
    with machine(house, folder / "by-one.db") as (views, follower):
        for cut, expected in enumerate(rebuilt):
            assert follower.catch_up(stop=cut) == cut
            assert told_by(views) == expected
    with machine(house, folder / "by-strides.db") as (views, follower):
        cut = 0
        for stride in strides:
            cut = min(cut + stride, len(rebuilt) - 1)
            follower.catch_up(stop=cut)
            assert told_by(views) == rebuilt[cut]
        assert follower.catch_up() == len(rebuilt) - 1
        assert told_by(views) == rebuilt[-1]


def check_a_history(ground: Ground, moves: Sequence[Move], strides: list[int]) -> None:
    with tempfile.TemporaryDirectory() as folder, told(ground, Path(folder) / "ledger", moves) as house:
        check_every_cut(house, Path(folder), strides)


STRIDES = st.lists(st.integers(1, 17), max_size=12)


def test_a_rebuild_at_every_cut_of_a_thorough_history_is_what_following_made(ground: Ground) -> None:
    """Three complaints at once, through every stage and every standing."""
    check_a_history(ground, THOROUGH, [7, 1, 13])


@settings(max_examples=2, deadline=None)
@given(data=st.data(), strides=STRIDES)
def test_a_rebuild_at_every_cut_of_any_history_is_what_following_made(
    ground: Ground, data: st.DataObject, strides: list[int]
) -> None:
    """Whatever was asked in whatever order, and however the follower was interrupted."""
    check_a_history(ground, data.draw(histories(ground)), strides)


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(data=st.data(), strides=STRIDES)
def test_a_rebuild_at_every_cut_of_very_many_histories_is_what_following_made(
    ground: Ground, data: st.DataObject, strides: list[int]
) -> None:
    """The same, for as long as a night has."""
    check_a_history(ground, data.draw(histories(ground)), strides)


def test_the_thorough_history_reaches_every_stage_and_standing(ground: Ground, tmp_path: Path) -> None:
    """Otherwise the tests that use it would show less than they say."""
    with told(ground, tmp_path / "ledger", THOROUGH) as house:
        puts = [
            put
            for recorded in house.store.read_from(0)
            for put in Cases().apply(recorded.position, recorded, Folds(house.store))
        ]
    stages = {put.row["stage"] for put in puts if put.table == "cases"}
    standings = {put.row["standing"] for put in puts if put.table == "allegations"}
    assert stages == set(Stage) - {Stage.NOTHING}
    assert standings == {
        "alleged",
        "cleared",
        "established",
        "returned",
        "offered",
        "received",
        "on_track",
        "settled",
        "dropped",
    }
    assert max(put.row["number"] for put in puts if put.table == "outcomes") == 2
