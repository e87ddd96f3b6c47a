"""The sealer, killed at every change that it makes to the disk, and started again."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.errors import Diverged
from ledger.trail import durable
from ledger.trail.checkpoint import parse_checkpoint
from ledger.trail.tiles import TileFolder
from tests.unit.trail.faults import Disk
from tests.unit.trail.trails import Trail, entry

SEALS = [(0, 1), (1, 2), (255, 256), (255, 257), (256, 257), (300, 600)]


@pytest.fixture(autouse=True)
def fast(monkeypatch: pytest.MonkeyPatch) -> None:
    """The process dies here, not the disk: waiting for the disk would only take time."""
    monkeypatch.setattr(os, "fsync", lambda _descriptor: None)


def grown(folder: Path, before: int, size: int) -> Trail:
    """A trail sealed at one size, with entries up to another one that wait; sealed once, then copied."""
    made = folder.with_name(f"sealed-{before}")
    if not made.exists():
        made.mkdir()
        if before:
            Trail(made).sealed(1, before)
    return copied(made, folder, size)


def copied(source: Path, folder: Path, size: int) -> Trail:
    """Another machine with the same disk, and entries up to a size."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(source, folder)
    trail = Trail(folder, size)
    locked = trail.lock.read()
    if locked:
        trail.key.signed.append(locked)
    return trail


def steps() -> Iterator[int]:
    yield from range(1, 1000)


def size_of(trail: Trail) -> int:
    published = trail.audit()
    return published.size if published else 0


@pytest.mark.parametrize("how", ["half", "after"])
@pytest.mark.parametrize(("before", "size"), SEALS)
def test_a_crash_at_any_step_of_sealing_is_healed(
    before: int, size: int, how: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever step is the last one: readers see a true trail, the next start heals it, and there is one history."""
    disk = Disk(monkeypatch)
    for at in steps():
        trail = grown(tmp_path / "ledger", before, size)
        with disk.failing(at, how):
            trail.sealer().seal()
        if not disk.happened(at):
            break
        assert size_of(trail) in (before, size)
        sealer = trail.sealer()
        sealer.start()
        assert size_of(trail) in (before, size)
        locked = trail.lock.read()
        assert size_of(trail) == (parse_checkpoint(locked).size if locked else 0), "start left a seal half done"
        trail.storage.grow(size if before == 0 and size_of(trail) == 0 else size + 1)
        assert sealer.seal().size == trail.storage.size()
        assert size_of(trail) == trail.storage.size()
    assert at > 20, "the seal has fewer steps than it must have"


@pytest.mark.parametrize(("before", "size", "how"), [*((*each, "half") for each in SEALS), (255, 257, "after")])
def test_a_full_disk_at_any_step_is_healed_by_the_next_seal(
    before: int, size: int, how: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same process goes on: it does not trust what it remembers, but looks at the disk.

    A change that is told as failed may have been made all the same: the disk was full for what came after it.
    """
    disk = Disk(monkeypatch)
    for at in steps():
        trail = grown(tmp_path / "ledger", before, size)
        sealer = trail.sealer()
        full = OSError(errno.ENOSPC, "no space left")
        with disk.failing(at, how, full):
            sealer.seal()
        if not disk.happened(at):
            break
        assert size_of(trail) in (before, size)
        assert sealer.seal().size == size
        assert size_of(trail) == size
    assert at > 20


def test_a_crash_at_any_step_of_healing_a_crash_is_healed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two crashes in a row, at every pair of steps from the commit on, while a tile becomes full."""
    disk = Disk(monkeypatch)
    pairs = 0
    for first in steps():
        crashed = grown(tmp_path / "crashed", 255, 256)
        with disk.failing(first, "after"):
            crashed.sealer().seal()
        if not disk.happened(first):
            break
        if size_of(crashed) == parse_checkpoint(crashed.lock.read() or b"").size:
            continue
        for second in steps():
            trail = copied(tmp_path / "crashed", tmp_path / "ledger", 256)
            with disk.failing(second, "after"):
                trail.sealer().start()
            if not disk.happened(second):
                break
            pairs += 1
            assert size_of(trail) in (255, 256)
            trail.sealer().start()
            assert size_of(trail) == 256
    assert pairs > 200


def test_attack_the_database_loses_its_end_in_a_crash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once committed, the lost entries are sealed: start refuses, and the bundles of the seal still hold them.

    Before that nobody was promised anything, and other entries may take their places.
    """
    disk = Disk(monkeypatch)
    refused = 0
    for at in steps():
        trail = grown(tmp_path / "ledger", 250, 260)
        with disk.failing(at, "after"):
            trail.sealer().seal()
        if not disk.happened(at):
            break
        committed = parse_checkpoint(trail.lock.read() or b"").size
        del trail.storage.rows[251:]
        if committed == 250:
            trail.sealer().start()
            assert trail.sealer().seal().size == 251
            continue
        refused += 1
        with pytest.raises(Diverged, match="Import the missing entries from the bundles"):
            trail.sealer().start()
        trail.storage.rows += bundled(trail, 251, 260)
        trail.sealer().start()
        assert size_of(trail) == 260
    assert refused > 10


def bundled(trail: Trail, first: int, last: int) -> list[bytes]:
    """Entries as somebody reads them who imports them: from the staged bundles, else from the published ones."""
    tiles = TileFolder(trail.folder / ".staging", trail.folder)
    return [tiles.entry(position) for position in range(first, last)]


def test_attack_the_database_is_edited_between_crash_and_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was committed stays: another entry in its place is refused, and the staged bundle is kept as evidence."""
    disk = Disk(monkeypatch)
    refused = 0
    for at in steps():
        trail = grown(tmp_path / "ledger", 250, 300)
        with disk.failing(at, "after"):
            trail.sealer().seal()
        if not disk.happened(at):
            break
        if parse_checkpoint(trail.lock.read() or b"").size == 250:
            continue
        trail.storage.rows[299:] = [b"rewritten", b"new"]
        for refusing in (trail.sealer().start, trail.sealer().seal):
            with pytest.raises(Diverged, match="another root at size 300"):
                refusing()
        assert bundled(trail, 299, 300) == [entry(299)]
        refused += 1
    assert refused > 10


def test_a_lost_staging_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Committed, then killed, then the staging removed by a tidy administrator: the database still has the entries."""
    disk = Disk(monkeypatch)
    for at in steps():
        trail = grown(tmp_path / "ledger", 255, 300)
        with disk.failing(at, "after"):
            trail.sealer().seal()
        if not disk.happened(at):
            break
        shutil.rmtree(trail.folder / ".staging", ignore_errors=True)
        trail.sealer().start()
        assert trail.sealer().seal().size == 300
        assert size_of(trail) == 300


@pytest.mark.parametrize(("before", "size"), SEALS)
def test_nothing_is_committed_or_announced_before_what_it_needs_is_on_the_disk(
    before: int, size: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At the commit and at the publishing no name is waiting for its folder: a power cut there loses neither tile."""
    trail = grown(tmp_path / "ledger", before, size)
    announced = {trail.lock_folder / "checkpoint": 0, trail.folder / "checkpoint": 0}
    waiting: set[Path] = set()
    write, rename, sync, make = durable.write_durably, durable.rename, durable.sync_folder, Path.mkdir

    def written(path: Path, data: bytes) -> None:
        write(path, data)
        waiting.add(path)

    def renamed(source: Path, target: Path) -> None:
        if target in announced:
            announced[target] += 1
            assert waiting == {source}, "announced too early"
        rename(source, target)
        waiting.discard(source)
        waiting.add(target)

    def synced(path: Path) -> None:
        sync(path)
        waiting.difference_update({each for each in waiting if each.parent == path})

    def made(path: Path, exist_ok: bool = False) -> None:
        make(path, exist_ok=exist_ok)
        waiting.add(path)

    monkeypatch.setattr(durable, "write_durably", written)
    monkeypatch.setattr(durable, "rename", renamed)
    monkeypatch.setattr(durable, "sync_folder", synced)
    monkeypatch.setattr(Path, "mkdir", made)
    trail.sealer().seal()
    assert set(announced.values()) == {1}
    assert size_of(trail) == size
