"""The full re-hash: what starting and sealing cannot see, because they look at the right edge alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.errors import Diverged
from ledger.trail.checkpoint import Checkpoint
from ledger.trail.rehash import rehash
from tests.unit.trail.trails import ORIGIN, Trail, expected_root


@pytest.fixture
def trail(tmp_path: Path) -> Trail:
    return Trail(tmp_path).sealed(1, 300, 600)


def published(trail: Trail) -> Checkpoint:
    found = trail.audit()
    assert found is not None
    return found


@pytest.mark.parametrize("size", [1, 255, 256, 257, 600])
def test_a_trail_that_was_left_alone_gives_its_sealed_root(size: int, tmp_path: Path) -> None:
    """At every shape of its right edge."""
    trail = Trail(tmp_path).sealed(1, size)
    assert rehash(trail.storage, trail.folder, published(trail))


def test_attack_an_old_row_is_edited(trail: Trail) -> None:
    """No start and no seal notices; the message says where, and that nothing more is sealed."""
    trail.storage.rows[7] = b"rewritten"
    trail.sealer().start()
    trail.sealed(601)
    with pytest.raises(Diverged, match=r"no longer gives the root that is sealed at size 600.*tile/entries/000 is"):
        rehash(trail.storage, trail.folder, Checkpoint(ORIGIN, 600, expected_root(600)))


def test_attack_an_old_row_is_removed(trail: Trail) -> None:
    """What is given is fewer than was sealed; or, where others moved up, not what was sealed."""
    checkpoint = published(trail)
    del trail.storage.rows[599]
    with pytest.raises(Diverged, match="no longer gives the root"):
        rehash(trail.storage, trail.folder, checkpoint)
    trail.storage.rows.insert(0, b"moved")
    with pytest.raises(Diverged, match="no longer gives the root"):
        rehash(trail.storage, trail.folder, checkpoint)


@pytest.mark.parametrize("name", ["tile/entries/000", "tile/0/001", "tile/1/000.p/2", "tile/entries/002.p/88"])
@pytest.mark.parametrize("how", ["changed", "lost", "cut off"])
def test_attack_a_published_file_is_changed_or_lost(name: str, how: str, trail: Trail) -> None:
    """The rows are right, and the message says so: it is the file that must be put back."""
    checkpoint, path = published(trail), trail.folder / name
    data = path.read_bytes()
    path.unlink()
    if how != "lost":
        path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]) if how == "changed" else data[:-1])
    with pytest.raises(Diverged, match=f"{name} is missing or published with other bytes.* put the file back"):
        rehash(trail.storage, trail.folder, checkpoint)


def test_what_is_sealed_while_it_reads_does_not_disturb_it(trail: Trail) -> None:
    """The partial files of the checkpoint that it began with are gone by then; the full ones begin with the same."""
    checkpoint = published(trail)
    storage = trail.storage

    class Growing:
        def entries(self, first: int, last: int) -> Iterator[bytes]:
            yield from storage.entries(first, last)
            trail.sealed(900)

    assert rehash(Growing(), trail.folder, checkpoint)
    assert not (trail.folder / "tile/entries/002.p/88").exists()


def test_it_ends_when_it_is_asked_to(trail: Trail) -> None:
    """A process that stops does not wait for a million rows; what was not read to its end has shown nothing."""
    left = iter([False] * 10)
    assert not rehash(trail.storage, trail.folder, published(trail), lambda: next(left, True))
