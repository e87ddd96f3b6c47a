"""A monitor that is killed at any change to what it keeps, or whose disk is full: it forgets nothing that it saw."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

import pytest

from api.monitoring import HASHED, KEPT
from ledger.trail.checkpoint import parse_checkpoint, split_note
from tests.unit.monitor.test_monitor import World, framed
from tests.unit.monitor.test_monitor import world as world  # a trail, its server, and a monitor
from tests.unit.trail.faults import Crash, Disk


def kept(world: World) -> int:
    """The size of the checkpoint that the monitor keeps."""
    note = (world.folder / "seen" / KEPT).read_bytes()
    return parse_checkpoint(split_note(note)[0]).size


def hashed(world: World) -> int:
    return int((world.folder / "seen" / HASHED).read_text())


@pytest.mark.parametrize("error", [Crash(), OSError(errno.ENOSPC, "no space left")], ids=["killed", "full"])
@pytest.mark.parametrize("how", ["half", "after"])
@pytest.mark.parametrize("seen", [0, 300])
def test_a_round_that_ends_at_any_change_to_the_disk_is_made_up_for_by_the_next(
    seen: int, how: str, error: BaseException, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it keeps is the old checkpoint or the new one, never half of one, and nothing counts as hashed that is not.

    The next round is well and has hashed everything; silence is still told.
    """
    world.silence = 60.0
    state, before = world.folder / "seen", world.folder / "before"
    if seen:
        world.grow(seen)
        assert world.look().alarms == []
        shutil.copytree(state, before)
    world.grow(600)
    disk = Disk(monkeypatch)
    for at in range(1, 100):
        shutil.rmtree(state, ignore_errors=True)
        if seen:
            shutil.copytree(before, state)
        with disk.failing(at, how, error):
            world.look()
        if not disk.happened(at):
            break
        if (state / KEPT).exists():
            assert kept(world) in (seen, 600)
        if (state / HASHED).exists():
            assert hashed(world) in (seen, 600)
        found = world.look()
        assert (found.alarms, found.size, found.hashed, kept(world)) == ([], 600, 600, 600)
        world.now += 61
        assert world.kinds() == ["silence"]
        world.now -= 61
    assert at > 8, "a round changes less than it must"


@pytest.mark.parametrize("how", ["half", "after"])
def test_attack_the_trail_is_made_anew_while_the_monitor_is_down(
    how: str, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever it was killed at: a checkpoint that it had kept by then is evidence against another history."""
    world.grow(20)
    honest = Path(shutil.copytree(world.trail.folder, world.folder / "honest"))
    disk = Disk(monkeypatch)
    noticed = 0
    for at in range(1, 100):
        shutil.rmtree(world.folder / "seen", ignore_errors=True)
        with disk.failing(at, how):
            world.look()
        if not disk.happened(at):
            break
        knew = (world.folder / "seen" / KEPT).exists()
        world.replace_by([framed(0), *(framed(position, "other") for position in range(1, 30))])
        assert world.kinds() == ["fork"] * knew
        noticed += knew
        shutil.rmtree(world.trail.folder)
        shutil.copytree(honest, world.trail.folder)
    assert noticed > 2
