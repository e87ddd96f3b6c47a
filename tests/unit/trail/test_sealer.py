"""The sealer, while nothing crashes: what it seals, what it touches, and what it refuses."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from ledger.errors import Broken, Diverged, Unreadable
from ledger.trail.checkpoint import SigningKey
from ledger.trail.lockstore import FileLockStore
from ledger.trail.merkle import verify_consistency
from ledger.trail.sealer import Sealer
from tests.unit.trail.faults import Disk
from tests.unit.trail.trails import ORIGIN, Trail, expected_files, files_in

SEAL = """
import sys
from pathlib import Path
from ledger.trail.checkpoint import SigningKey
from ledger.trail.lockstore import FileLockStore
from ledger.trail.sealer import Sealer
from tests.unit.trail.trails import ORIGIN, entry


class Counted:
    def __init__(self, path):
        self.path = path

    def size(self):
        return self.path.stat().st_size

    def entries(self, first, last):
        return map(entry, range(first, last))


folder = Path(sys.argv[1])
key = SigningKey.from_seed(ORIGIN, bytes(range(32)))
sealer = Sealer(folder / "trail", FileLockStore(folder / "lock"), key, Counted(folder / "database"))
sealer.start()
last = 0
while last < 300:
    size = sealer.seal().size
    assert size >= last
    last = size
"""


@pytest.fixture
def trail(tmp_path: Path) -> Trail:
    return Trail(tmp_path)


def test_a_ledger_begins_with_position_0(trail: Trail) -> None:
    """Started on nothing, sealed at size 1."""
    sealer = trail.sealer()
    sealer.start()
    assert sealer.latest() is None
    trail.storage.grow(1)
    sealed = sealer.seal()
    assert (sealed.origin, sealed.size) == (ORIGIN, 1)
    assert sealer.latest() == sealed == trail.audit()


def test_nothing_recorded_is_nothing_to_seal(trail: Trail) -> None:
    """A trail has no checkpoint of size 0."""
    with pytest.raises(Broken, match="nothing to seal"):
        trail.sealer().seal()
    assert trail.lock.read() is None


def test_nothing_new_changes_nothing(trail: Trail, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked again, the sealer answers with the latest checkpoint and leaves the disk alone."""
    sealer = trail.sealed(1, 5).sealer()
    before = {name: (trail.folder / name).stat().st_mtime_ns for name in files_in(trail.folder)}
    disk = Disk(monkeypatch)
    assert sealer.seal() == trail.sealer().seal() == trail.audit()
    assert disk.changes == []
    assert {name: (trail.folder / name).stat().st_mtime_ns for name in files_in(trail.folder)} == before
    assert len(trail.key.signed) == 2


@pytest.mark.parametrize("sizes", [(1, 2, 3, 4), (1, 255, 256, 257), (1, 256, 512), (1, 600), (1, 300, 511, 513)])
def test_every_seal_publishes_what_its_checkpoint_implies(sizes: tuple[int, ...], trail: Trail) -> None:
    """And continues the one before it."""
    sealer = trail.sealer()
    for size in sizes:
        trail.storage.grow(size)
        assert sealer.seal().size == size
        assert trail.audit() == sealer.latest()
        sealer.start()
    assert files_in(trail.folder / ".staging") == set()


def test_older_partial_files_stay_until_their_tile_is_full(trail: Trail) -> None:
    """Who holds the checkpoint of an hour ago still finds what it implies; after that, the full tile."""
    trail.sealed(1, 10, 200)
    assert {f"tile/0/000.p/{width}" for width in (1, 10, 200)} < files_in(trail.folder)
    trail.sealed(300)
    assert not {name for name in files_in(trail.folder) if "/000.p/" in name and "tile/1/" not in name}
    assert expected_files(300).keys() <= files_in(trail.folder)


def test_a_large_trail_is_sealed_in_one_go_and_read_in_parts(trail: Trail) -> None:
    """At most 10,000 entries are asked for at a time, each once."""
    trail.sealed(1)
    trail.storage.asked.clear()
    trail.sealed(70_000)
    assert trail.audit() == trail.sealer().latest()
    assert trail.storage.asked == [
        (0, 1),
        *((start, min(start + 10_000, 70_000)) for start in range(1, 70_000, 10_000)),
    ]


def test_one_new_entry_touches_only_the_right_edge(trail: Trail, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sealing every second must cost the same in the tenth year: a file for each level, one bundle of the database."""
    trail.sealed(1, 70_000)
    sealer = trail.sealer()
    trail.storage.asked.clear()
    disk = Disk(monkeypatch)
    trail.sealed(70_001)
    assert [name for name, _ in disk.changes].count("rename") == 2 + 3
    assert len(disk.changes) < 60
    assert trail.storage.asked == [(69_888, 70_000), (70_000, 70_001)]
    trail.storage.asked.clear()
    sealer.start()
    assert trail.storage.asked == [(69_888, 70_001)]


def test_many_threads_may_seal_at_once(trail: Trail) -> None:
    """Each has a sealer of its own, as processes have; the database grows meanwhile."""
    trail.sealed(1)
    failures: list[BaseException] = []

    def seal() -> None:
        sealer = trail.sealer()
        try:
            while sealer.seal().size < 300:
                trail.audit()
        except Exception as error:  # noqa: BLE001  # whatever it is, the test shows it
            failures.append(error)

    threads = [threading.Thread(target=seal) for _ in range(3)]
    for thread in threads:
        thread.start()
    for size in range(2, 301, 2):
        trail.storage.grow(size)
        trail.sealer().latest()
    for thread in threads:
        thread.join()
    assert failures == []
    sealed = trail.audit()
    assert sealed is not None
    assert sealed.size == 300


def test_two_processes_may_seal_at_once(trail: Trail, tmp_path: Path) -> None:
    """One works, the other waits, and both see the trail grow."""
    trail.sealed(1)
    database = tmp_path / "database"
    database.write_bytes(b".")
    both = [subprocess.Popen([sys.executable, "-c", SEAL, str(tmp_path)]) for _ in range(2)]
    while any(each.poll() is None for each in both):
        with database.open("ab") as file:
            file.write(b"." * (database.stat().st_size < 300))
    assert [each.returncode for each in both] == [0, 0]
    sealed = trail.audit()
    assert sealed is not None
    assert sealed.size == 300


def test_attack_two_databases_seal_under_one_lock_store(trail: Trail, tmp_path: Path) -> None:
    """Two primaries after a failover: the first to commit wins, the other signs nothing and does not start again."""
    trail.sealed(1, 5)
    shutil.copytree(trail.folder, tmp_path / "other/trail")
    other = Trail(tmp_path / "other", 5)
    other.lock_folder = trail.lock_folder
    other.key.watch(trail.lock)
    other.storage.rows.append(b"of the other primary")
    trail.sealed(7)
    with pytest.raises(Diverged, match="ahead of the database"):
        other.sealer().seal()
    other.storage.rows.append(b"another one")
    for refused in (other.sealer().start, other.sealer().seal):
        with pytest.raises(Diverged, match="another root"):
            refused()
    assert other.key.signed == []
    assert trail.audit() == trail.sealer().latest()


class Overtaken(FileLockStore):
    """A lock store that another sealer changes just before the swap."""

    def swap(self, previous: bytes | None, new: bytes) -> None:
        super().swap(previous, new.replace(b"\n7\n", b"\n8\n"))
        super().swap(previous, new)


class Rewritten(FileLockStore):
    """A lock store that another sealer changes just after the swap."""

    def swap(self, previous: bytes | None, new: bytes) -> None:
        super().swap(previous, new)
        super().swap(new, new.replace(b"\n7\n", b"\n8\n"))


@pytest.mark.parametrize("lock", [Overtaken, Rewritten])
def test_attack_another_sealer_commits_at_the_same_moment(lock: type[FileLockStore], trail: Trail) -> None:
    """Only what stands in the lock store is signed, and what was not committed there never is."""
    trail.sealed(1, 5)
    trail.storage.grow(7)
    sealer = Sealer(trail.folder, lock(trail.lock_folder), trail.key, trail.storage)
    with pytest.raises(Diverged):
        sealer.seal()
    assert len(trail.key.signed) == 2
    published = trail.audit()
    assert published is not None
    assert published.size == 5


def edited_at_the_edge(trail: Trail) -> None:
    trail.storage.rows[299] = b"rewritten"


def edited_at_the_start_of_the_last_bundle(trail: Trail) -> None:
    trail.storage.rows[256] = b"rewritten"


def reordered(trail: Trail) -> None:
    trail.storage.rows[298], trail.storage.rows[299] = trail.storage.rows[299], trail.storage.rows[298]


def truncated(trail: Trail) -> None:
    del trail.storage.rows[299:]


def emptied(trail: Trail) -> None:
    trail.storage.rows.clear()


def put_back(trail: Trail) -> None:
    del trail.storage.rows[100:]


def put_back_and_grown_again(trail: Trail) -> None:
    trail.storage.rows[100:] = [b"another %d" % position for position in range(100, 400)]


def a_gap(trail: Trail) -> None:
    del trail.storage.rows[299]
    trail.storage.size = lambda: 301  # type: ignore[method-assign]  # a database that counts what it cannot give


def without_lock_store(trail: Trail) -> None:
    shutil.rmtree(trail.lock_folder)


def older_lock_store(trail: Trail) -> None:
    (trail.lock_folder / "checkpoint").write_bytes(trail.key.signed[0])


def other_lock_store(trail: Trail) -> None:
    text = (trail.lock_folder / "checkpoint").read_bytes()
    (trail.lock_folder / "checkpoint").write_bytes(text.replace(b"demo.", b"prod."))


def rewritten_lock_store(trail: Trail) -> None:
    origin, size, _ = trail.key.signed[1].split(b"\n", 2)
    root = trail.key.signed[0].split(b"\n")[2]
    (trail.lock_folder / "checkpoint").write_bytes(b"\n".join([origin, size, root, b""]))


def broken_lock_store(trail: Trail) -> None:
    (trail.lock_folder / "checkpoint").write_bytes(b"")


def checkpoint_of_another_key(trail: Trail) -> None:
    note = SigningKey.from_seed(ORIGIN, bytes(32)).sign(trail.key.signed[1])
    (trail.folder / "checkpoint").write_bytes(note)


def checkpoint_of_another_trail(trail: Trail) -> None:
    text = trail.key.signed[1].replace(b"demo.", b"prod.")
    (trail.folder / "checkpoint").write_bytes(SigningKey.sign(trail.key, text))


def tile_rewritten(trail: Trail) -> None:
    path = trail.folder / "tile/1/000.p/1"
    path.write_bytes(bytes(32))


def tiles_lost(trail: Trail) -> None:
    shutil.rmtree(trail.folder / "tile")


REFUSALS = [
    (edited_at_the_edge, "another root at size 300"),
    (edited_at_the_start_of_the_last_bundle, "another root at size 300"),
    (reordered, "another root at size 300"),
    (truncated, "ahead of the database: 300 entries are sealed and 299 recorded.* Import the missing entries"),
    (emptied, "ahead of the database: 300 entries are sealed and 0 recorded"),
    (put_back, "ahead of the database: 300 entries are sealed and 100 recorded"),
    (put_back_and_grown_again, "another root at size 300"),
    (a_gap, "the database gives 43 entries from position 256 on"),
    (without_lock_store, "the lock store is missing, and 300 entries exist. Put it back"),
    (older_lock_store, "ahead of the lock store: size 300 was signed and 1 is locked.* Put back the newer"),
    (other_lock_store, r"the lock store is that of prod\.invalid.* Point each ledger"),
    (rewritten_lock_store, "two roots of size 300 are known.* Ask those who keep checkpoints"),
    (broken_lock_store, "the lock store holds no checkpoint.* Put it back"),
    (checkpoint_of_another_key, "not one by this ledger's key.* remove"),
    (checkpoint_of_another_trail, r"the published trail is prod\.invalid.* Point each ledger"),
    (tile_rewritten, "another root at size 300"),
    (tiles_lost, "put it back from an export or a backup"),
]


@pytest.mark.parametrize(("attack", "message"), REFUSALS, ids=[attack.__name__ for attack, _ in REFUSALS])
def test_attack_start_refuses(attack: Callable[[Trail], None], message: str, trail: Trail) -> None:
    """Each refusal says what differs and the way out, signs nothing, and changes nothing but the lock's own file."""
    trail.sealed(1, 300)
    attack(trail)
    before = {path: path.read_bytes() for path in trail.folder.parent.rglob("*") if path.is_file()}
    with pytest.raises(Diverged, match=message):
        trail.sealer().start()
    assert {path: path.read_bytes() for path in trail.folder.parent.rglob("*") if path.is_file()} == before
    assert len(trail.key.signed) == 2


@pytest.mark.parametrize(("attack", "message"), REFUSALS, ids=[attack.__name__ for attack, _ in REFUSALS])
def test_attack_a_running_sealer_refuses_too(attack: Callable[[Trail], None], message: str, trail: Trail) -> None:
    """What is changed after the start is found when the next entry is sealed; the trail stands where it stood."""
    sealer = trail.sealed(1, 300).sealer()
    sealer.start()
    attack(trail)
    if trail.storage.size() == 300:
        trail.storage.rows.append(b"one more")
    with pytest.raises(Diverged, match=message.replace("300 entries exist", "301 entries exist")):
        sealer.seal()
    assert len(trail.key.signed) == 2


def test_attack_the_published_beginning_of_a_bundle_was_rewritten(trail: Trail) -> None:
    """A published file is never replaced by other bytes: caches would serve both."""
    trail.sealed(1, 255)
    full = trail.folder / "tile/0/000"
    full.write_bytes(bytes(8192))
    trail.storage.grow(256)
    with pytest.raises(Diverged, match="tile/0/000 is published with other bytes"):
        trail.sealer().seal()
    assert len(trail.key.signed) == 2


def test_a_ledger_of_position_0_may_lose_its_lock_store(trail: Trail) -> None:
    """No command was accepted yet: the same text is locked again, and is signed and published already."""
    trail.sealed(1)
    shutil.rmtree(trail.lock_folder)
    trail.sealer().start()
    trail.sealer().seal()
    assert trail.key.signed == [trail.lock.read()]
    trail.sealed(3)
    assert trail.audit() == trail.sealer().latest()


@pytest.mark.parametrize("rows", [[], [b"another genesis"]])
def test_attack_another_genesis_under_a_lost_lock_store(rows: list[bytes], trail: Trail) -> None:
    """A checkpoint of size 1 was published: no other may be, and none for an empty database."""
    trail.sealed(1)
    shutil.rmtree(trail.lock_folder)
    trail.storage.rows[:] = rows
    for refused in (trail.sealer().start, trail.sealer().seal):
        with pytest.raises(Diverged, match="the lock store is missing"):
            refused()
    assert len(trail.key.signed) == 1


def test_attack_a_lost_lock_store_and_a_database_cut_to_its_genesis(trail: Trail) -> None:
    """The published checkpoint still knows more."""
    trail.sealed(1, 5)
    shutil.rmtree(trail.lock_folder)
    del trail.storage.rows[1:]
    with pytest.raises(Diverged, match="published for size 5"):
        trail.sealer().start()


@pytest.mark.parametrize("size", [1, 5, 256, 300])
def test_a_published_folder_that_was_lost_is_made_again(size: int, trail: Trail) -> None:
    """Everything in it follows from the database, and must give the locked root."""
    trail.sealed(1, size)
    note = (trail.folder / "checkpoint").read_bytes()
    shutil.rmtree(trail.folder)
    trail.sealer().start()
    assert trail.audit() == trail.sealer().latest()
    assert (trail.folder / "checkpoint").read_bytes() == note


def test_attack_a_published_folder_is_lost_and_an_old_row_edited(trail: Trail) -> None:
    """What start cannot see while the tiles stand, it sees when they are made again."""
    trail.sealed(1, 300)
    trail.storage.rows[7] = b"rewritten"
    trail.sealer().start()
    shutil.rmtree(trail.folder)
    with pytest.raises(Diverged, match="another root at size 300"):
        trail.sealer().start()
    assert not (trail.folder / "checkpoint").exists()


def test_an_entry_that_fits_no_bundle_is_not_sealed(trail: Trail) -> None:
    """Nobody could be served it."""
    trail.sealed(1)
    trail.storage.rows.append(b"x" * 65_536)
    with pytest.raises(Unreadable, match="fits no bundle"):
        trail.sealer().seal()
    assert len(trail.key.signed) == 1


def test_two_checkpoints_of_a_trail_are_joined_by_a_proof_from_its_tiles(trail: Trail) -> None:
    """As an auditor asks for it, from where they stood."""
    from ledger.trail.merkle import consistency_proof
    from ledger.trail.tiles import TileFolder

    first = trail.sealed(1, 100).sealer().latest()
    second = trail.sealed(600).sealer().latest()
    assert first is not None
    assert second is not None
    proof = consistency_proof(100, 600, TileFolder(trail.folder).hash_at(600))
    verify_consistency(100, 600, first.root, second.root, proof)
