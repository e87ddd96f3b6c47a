"""Sealing follows what is recorded; publishing has a pace of its own."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ledger.trail.announcing import Pace
from ledger.trail.checkpoint import Checkpoint, parse_checkpoint
from ledger.trail.lockstore import FileLockStore
from ledger.trail.sealer import Sealer
from tests.unit.trail.trails import ORIGIN, Trail, expected_root


@pytest.fixture
def trail(tmp_path: Path) -> Trail:
    return Trail(tmp_path, 1)


def paced(trail: Trail, every: float = 3600) -> Sealer:
    return Sealer(trail.folder, FileLockStore(trail.lock_folder), trail.key, trail.storage, pace=Pace(every))


def aged(trail: Trail, seconds: float) -> None:
    """Let the published checkpoint be so much older."""
    path = trail.folder / "checkpoint"
    then = path.stat().st_mtime - seconds
    os.utime(path, (then, then))


def sizes(trail: Trail) -> tuple[int, int]:
    """What is committed, and what is published."""
    published = trail.audit()
    return parse_checkpoint(trail.lock.read() or b"").size, published.size if published else 0


def test_what_is_sealed_before_its_time_is_committed_and_waits_for_publishing(trail: Trail) -> None:
    """No signature exists of the sizes in between, and nobody outside learns when they came."""
    sealer = paced(trail)
    sealer.seal()
    for size in (2, 255, 257, 600):
        trail.storage.grow(size)
        assert sealer.seal() == Checkpoint(ORIGIN, size, expected_root(size))
        assert sizes(trail) == (size, 1)
    assert [parse_checkpoint(each).size for each in trail.key.signed] == [1]
    aged(trail, 3600)
    sealer.tend()
    assert sizes(trail) == (600, 600)
    assert [parse_checkpoint(each).size for each in trail.key.signed] == [1, 600]


def test_a_start_before_the_time_publishes_nothing_and_loses_nothing(trail: Trail) -> None:
    """Whether what was staged is still there or not."""
    paced(trail).seal()
    trail.storage.grow(300)
    paced(trail).seal()
    paced(trail).start()
    assert sizes(trail) == (300, 1)
    aged(trail, 3600)
    paced(trail).start()
    assert sizes(trail) == (300, 300)


def test_a_pace_can_be_overruled(trail: Trail) -> None:
    """A restore wants to see all of it verified."""
    sealer = paced(trail)
    sealer.seal()
    trail.storage.grow(9)
    sealer.seal(publish=True)
    assert sizes(trail) == (9, 9)


def test_a_checkpoint_from_the_future_does_not_hold_publishing_up(trail: Trail) -> None:
    """The clock was set back since."""
    sealer = paced(trail)
    sealer.seal()
    aged(trail, -10_000)
    trail.storage.grow(2)
    sealer.seal()
    assert sizes(trail) == (2, 2)


def test_tending_does_nothing_while_there_is_nothing_to_do(trail: Trail) -> None:
    """What was recorded is for sealing, which is woken by it."""
    sealer = paced(trail, 0)
    sealer.tend()
    assert trail.audit() is None
    sealer.seal()
    before = (trail.folder / "checkpoint").stat()
    trail.storage.grow(2)
    sealer.tend()
    assert (trail.folder / "checkpoint").stat() == before
