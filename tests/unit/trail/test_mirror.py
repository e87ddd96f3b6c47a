"""A mirror shows what was published, under the same names, never more than it holds, and never another history."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import obstore
import pytest
from obstore.store import MemoryStore

from ledger.errors import Busy, Diverged, Misconfigured
from ledger.trail.checkpoint import SigningKey
from ledger.trail.mirror import FOR_EVER, FOR_NOW, Mirror, is_closed, is_public, open_mirror
from tests.unit.trail.trails import ORIGIN, Trail, audit, expected_files, files_in


def everything(_: object) -> bool:
    return True


class Counting(MemoryStore):
    """A store in memory that notes what is put, and fails once where it is told to."""

    def __init__(self) -> None:
        self.taken: list[str] = []
        self.fail_at = 0

    def bytes(self, path: str) -> bytes:
        return bytes(obstore.get(self, path).bytes())


@pytest.fixture(autouse=True)
def _counted(monkeypatch: pytest.MonkeyPatch) -> None:
    real = obstore.put

    def put(store: Any, path: str, data: Any, **more: Any) -> Any:
        if isinstance(store, Counting):
            if len(store.taken) + 1 == store.fail_at:
                store.fail_at = 0
                raise OSError("no answer")
            store.taken.append(path)
        return real(store, path, data, **more)

    monkeypatch.setattr(obstore, "put", put)


@pytest.fixture
def trail(tmp_path: Path) -> Trail:
    return Trail(tmp_path, 1).sealed(1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "mirror"


def in_folder(trail: Trail, folder: Path) -> Mirror:
    return open_mirror(trail.folder, folder.as_uri(), everything)


@pytest.mark.parametrize("sizes", [(2, 3), (255, 256, 257), (300, 700, 65_536, 65_537)], ids=str)
def test_a_mirror_in_a_folder_is_a_trail_that_an_auditor_takes(trail: Trail, folder: Path, sizes: tuple[int]) -> None:
    """Every file that the checkpoint implies, byte by byte, whenever it was filled."""
    mirror = in_folder(trail, folder)
    mirror.catch_up()
    for size in sizes:
        trail.sealed(size)
        mirror.catch_up()
        assert audit(folder, trail.key.verifier).size == size


def test_what_is_there_already_is_not_put_again(trail: Trail) -> None:
    """An object store asks money for every call."""
    store = Counting()
    mirror = Mirror(trail.folder, store, "memory", everything)
    trail.sealed(600)
    mirror.catch_up()
    first = len(store.taken)
    assert first == len(expected_files(600)) + 1
    mirror.catch_up()
    assert len(store.taken) == first
    trail.sealed(601)
    mirror.catch_up()
    grown = [path for path in store.taken[first:] if path != "checkpoint"]
    assert set(grown) == expected_files(601).keys() - expected_files(600).keys()
    assert store.taken[-1] == "checkpoint"


def test_the_public_mirror_holds_no_entry_and_the_closed_one_nothing_else(trail: Trail, tmp_path: Path) -> None:
    """Bundles hold closed entries too; each place has the checkpoint that tells what it holds."""
    trail.sealed(300)
    for name, wanted in (("public", is_public), ("closed", is_closed)):
        open_mirror(trail.folder, (tmp_path / name).as_uri(), wanted).catch_up()
    public, closed = files_in(tmp_path / "public"), files_in(tmp_path / "closed")
    assert public | closed == expected_files(300).keys() | {"checkpoint"}
    assert public & closed == {"checkpoint"}
    assert all(name.startswith("tile/entries/") for name in closed - {"checkpoint"})
    assert not any(name.startswith("tile/entries/") for name in public)


def test_files_that_never_change_are_marked_so_and_the_checkpoint_is_not(trail: Trail) -> None:
    """Whoever keeps copies must ask for the checkpoint again, and for nothing else."""
    store = MemoryStore()
    trail.sealed(300)
    Mirror(trail.folder, store, "memory", everything).catch_up()
    assert obstore.get(store, "tile/0/000").attributes == FOR_EVER
    assert obstore.get(store, "checkpoint").attributes == FOR_NOW


@pytest.mark.parametrize("at", range(1, 8))
def test_a_store_that_fails_at_any_file_shows_the_old_checkpoint_and_is_filled_later(trail: Trail, at: int) -> None:
    """Nobody ever reads a checkpoint whose files are not there."""
    store = Counting()
    Mirror(trail.folder, store, "memory", everything).catch_up()
    old = store.bytes("checkpoint")
    trail.sealed(700)
    mirror = Mirror(trail.folder, store, "memory", everything)
    store.fail_at = len(store.taken) + at
    with pytest.raises(Busy, match="memory does not take the trail now: no answer"):
        mirror.catch_up()
    assert store.bytes("checkpoint") == old
    mirror.catch_up()
    held = {path: store.bytes(path) for path in expected_files(700)}
    assert held == expected_files(700)


def test_a_mirror_that_is_ahead_tells_that_an_older_image_was_put_back(trail: Trail, tmp_path: Path) -> None:
    """It is what a witness would say; the mirror keeps what it has."""
    store = MemoryStore()
    Mirror(trail.sealed(300).folder, store, "memory", everything).catch_up()
    older = Trail(tmp_path / "older").sealed(1, 200)
    before = bytes(obstore.get(store, "checkpoint").bytes())
    with pytest.raises(Diverged, match="is ahead: it shows size 300, and 200 is published here"):
        Mirror(older.folder, store, "memory", everything).catch_up()
    assert bytes(obstore.get(store, "checkpoint").bytes()) == before


def test_an_attack_that_rewrote_what_the_mirror_shows_is_seen_before_anything_is_put(
    trail: Trail, tmp_path: Path
) -> None:
    """The administrator has the key, and signs another history of more entries."""
    store = Counting()
    Mirror(trail.sealed(200).folder, store, "memory", everything).catch_up()
    other = Trail(tmp_path / "other").sealed(1)
    other.storage.grow(300)
    other.storage.rows[7] = b"rewritten"
    other.sealer().seal()
    before = list(store.taken)
    with pytest.raises(Diverged, match="shows another history: at size 200 this trail has another root"):
        Mirror(other.folder, store, "memory", everything).catch_up()
    assert store.taken == before


def test_the_place_of_another_ledger_is_left_as_it_is(trail: Trail) -> None:
    """Two ledgers pointed to one place."""
    store = MemoryStore()
    note = SigningKey.from_seed("another.invalid/0011223344556677", bytes(32)).sign(
        b"another.invalid/0011223344556677\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"
    )
    obstore.put(store, "checkpoint", note)
    with pytest.raises(Diverged, match=f"holds the trail of another.invalid/0011223344556677, and this is {ORIGIN}"):
        Mirror(trail.folder, store, "memory", everything).catch_up()


def test_a_checkpoint_that_is_none_stops_the_mirroring(trail: Trail) -> None:
    """Somebody else writes there."""
    store = MemoryStore()
    obstore.put(store, "checkpoint", b"hello")
    with pytest.raises(Diverged, match="the checkpoint in the mirror memory cannot be read"):
        Mirror(trail.folder, store, "memory", everything).catch_up()


def test_before_anything_is_published_there_is_nothing_to_put(tmp_path: Path) -> None:
    """A quorum may not be reached yet."""
    store = Counting()
    Mirror(tmp_path, store, "memory", everything).catch_up()
    assert store.taken == []


@pytest.mark.parametrize("url", ["", "bucket", "ftp://host/x", "s3//bucket"])
def test_an_address_that_is_none_is_refused_by_name(tmp_path: Path, url: str) -> None:
    """When the service starts, not hours later."""
    with pytest.raises(Misconfigured, match="cannot be used"):
        open_mirror(tmp_path, url, everything)


def test_a_folder_is_made_when_it_is_not_there(trail: Trail, folder: Path) -> None:
    """`file:///…/new/place` is enough."""
    in_folder(trail, folder / "new" / "place").catch_up()
    assert (folder / "new" / "place" / "checkpoint").is_file()
