"""A backup of three parts, and what a restore asks of them: each lie, loss and mix-up is refused with its way out."""

from __future__ import annotations

import shutil
import sqlite3
import stat
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from api.backing import LAST, back_up
from api.chronicles import register
from api.manifest import MANIFEST, Manifest, Part
from api.restoring import restore
from api.wiring import KEYS_DB, LEDGER_DB, SIGNING_KEY, House, open_house
from ledger.clock import real_clock
from ledger.erasing import Erasure, erase
from ledger.erasure import ErasureReason
from ledger.errors import Diverged, Invalid, Misconfigured, NetralError
from ledger.office.commands import EstablishOffice
from ledger.office.facts import Level, OfficeKind
from ledger.trail.checkpoint import parse_checkpoint
from ledger.values import Act, Actor, Name, Role, Source, Staff, Zone
from tests.api.commands import files_below
from tests.auditor import audit

NIK = "nik:1571000000000001"


def record_office(house: House) -> None:
    """One more entry, on the machine's clock."""
    today = datetime.now(UTC).date()
    command = EstablishOffice(
        act=Act(house.stream, Source.OWN, on=today),
        kind=OfficeKind.OTHER,
        level=Level.NATIONAL,
        zone=Zone.WIB,
        from_=today,
        name=Name("Lembaga Contoh"),
    )
    house.registrar.submit(command, by=register.by_registry(house.stream))


def go_on(folder: Path) -> None:
    """Record and seal one more entry."""
    house = open_house(folder)
    record_office(house)
    house.sealer.seal()
    house.close()


@pytest.fixture(scope="module")
def made(recorded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of the recorded ledger."""
    base = tmp_path_factory.mktemp("backups")
    folder = Path(shutil.copytree(recorded, base / "ledger"))
    back_up(folder, base / "backup", real_clock)
    return base / "backup"


@pytest.fixture
def backup(made: Path, tmp_path: Path) -> Path:
    """A copy of the backup, to be spoiled."""
    return Path(shutil.copytree(made, tmp_path / "backup"))


def silent(_: str) -> None:
    pass


def refused(backup: Path, target: Path, kept: Path | None = None) -> NetralError:
    """What a restore says no with; it leaves neither the backup changed nor anything in its destination."""
    before = files_below(backup)
    with pytest.raises(NetralError) as told:
        restore(backup, target, kept, silent)
    assert files_below(backup) == before
    assert not target.exists() or files_below(target) == {}
    return told.value


def test_a_backup_has_three_parts_each_with_its_own_manifest(made: Path, recorded: Path) -> None:
    """Of the same ledger, with the digest and length of every file that is in it."""
    files = {part: set(files_below(made / part)) - {MANIFEST} for part in Part}
    assert files[Part.LEDGER] == {LEDGER_DB}
    assert files[Part.KEYS] == {KEYS_DB, SIGNING_KEY}
    assert {"lock/checkpoint", "trail/checkpoint", "trail.vkey"} < files[Part.TRAIL]
    for part in Part:
        manifest = Manifest.read(made / part, part)
        assert {each.name for each in manifest.files} == files[part]
        assert manifest.size == 26
        locked = parse_checkpoint((recorded / "lock" / "checkpoint").read_bytes())
        assert (manifest.origin, manifest.root) == (locked.origin, locked.root.hex())


def test_a_backup_is_its_owners_alone(made: Path) -> None:
    """Its folders and its secrets; nobody else reads who recorded what."""
    for path in (made, *(made / part for part in Part)):
        assert stat.S_IMODE(path.stat().st_mode) == 0o700, path
    for name in (f"keys/{KEYS_DB}", f"keys/{SIGNING_KEY}", f"ledger/{LEDGER_DB}"):
        assert stat.S_IMODE((made / name).stat().st_mode) == 0o600, name


def test_a_restored_ledger_is_the_one_that_was_backed_up(backup: Path, folder: Path, tmp_path: Path) -> None:
    """The same entries, keys and checkpoint; it opens, satisfies the auditor, and goes on."""
    told: list[str] = []
    restore(backup, tmp_path / "again", folder / "lock", told.append)
    again, original = open_house(tmp_path / "again"), open_house(folder)
    try:
        assert list(again.store.entries(0, 99)) == list(original.store.entries(0, 99))
        assert again.keys.secret("index") == original.keys.secret("index")
        assert (again.trail / "checkpoint").read_bytes() == (original.trail / "checkpoint").read_bytes()
        record_office(again)
        audit(again)
    finally:
        again.close()
        original.close()
    assert any(line.startswith("lock store: size 26") for line in told)


def test_a_ledger_is_backed_up_while_it_works(folder: Path, tmp_path: Path) -> None:
    """What was recorded and not yet sealed is in the backup, and the restored ledger seals it."""
    house = open_house(folder)
    try:
        record_office(house)
        made = back_up(folder, tmp_path / "backup", real_clock)
        record_office(house)
        house.sealer.seal()
    finally:
        house.close()
    assert (made.size, made.sealed) == (27, 26)
    restore(tmp_path / "backup", tmp_path / "again", None, silent)
    assert parse_checkpoint((tmp_path / "again" / "lock" / "checkpoint").read_bytes()).size == 27


def test_a_backup_of_a_busy_ledger_can_be_restored(folder: Path, tmp_path: Path) -> None:
    """Others record and seal between its steps: in another order its lock store would be ahead of its database."""
    house = open_house(folder)
    stop = threading.Event()

    def work() -> None:
        while not stop.is_set():
            record_office(house)
            house.sealer.seal()

    worker = threading.Thread(target=work)
    worker.start()
    try:
        for number in range(3):
            back_up(folder, tmp_path / f"backup{number}", real_clock)
    finally:
        stop.set()
        worker.join()
        house.close()
    for number in range(3):
        assert restore(tmp_path / f"backup{number}", tmp_path / f"again{number}", None, silent).true


def test_a_backup_is_remembered_in_the_ledgers_folder(folder: Path, tmp_path: Path) -> None:
    """When, and how far; an interrupted one is not."""
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "thesis.txt").write_text("mine")
    with pytest.raises(Invalid, match="not empty"):
        back_up(folder, tmp_path / "taken", real_clock)
    assert not (folder / LAST).exists()
    back_up(folder, tmp_path / "backup", real_clock)
    assert (folder / LAST).read_text().split()[1] == "26"


@pytest.mark.parametrize("inside", ["ledger/backup", "ledger", "."])
def test_a_backup_and_its_ledger_lie_apart(folder: Path, tmp_path: Path, inside: str) -> None:
    """A backup inside its ledger would be lost with it."""
    with pytest.raises(Invalid, match="lie apart"):
        back_up(folder, tmp_path / inside, real_clock)


def test_attack_a_changed_row_fails_the_backup_and_leaves_nothing(folder: Path, tmp_path: Path) -> None:
    """Every row is hashed again: a backup of what was rewritten would make the lie the only copy."""
    with closing(sqlite3.connect(folder / LEDGER_DB)) as connection:
        connection.execute("DROP TRIGGER events_are_not_updated")
        connection.execute("UPDATE events SET at = '2024-05-02T01:00:01Z' WHERE position = 3")
        connection.commit()
    with pytest.raises(Diverged, match=r"size 26: a row was changed.*auditor"):
        back_up(folder, tmp_path / "backup", real_clock)
    assert files_below(tmp_path / "backup") == {}
    assert not (folder / LAST).exists()


def test_attack_a_backup_behind_the_lock_store_that_outlived_it_is_refused(
    backup: Path, folder: Path, tmp_path: Path
) -> None:
    """Going on from there would sign a second history of what is missing."""
    go_on(folder)
    error = refused(backup, tmp_path / "again", folder / "lock")
    assert isinstance(error, Diverged)
    for word in ("ahead of the database", "27", "26", "newer backup", "docs/recovery.md"):
        assert word in str(error)


def test_attack_a_backup_behind_an_auditors_export_is_refused(backup: Path, folder: Path, tmp_path: Path) -> None:
    """When the lock store is lost too, a checkpoint kept elsewhere tells as much."""
    go_on(folder)
    assert isinstance(refused(backup, tmp_path / "again", folder / "trail"), Diverged)


def test_attack_a_lock_store_ahead_of_the_backups_own_database_is_refused(
    backup: Path, folder: Path, tmp_path: Path
) -> None:
    """Somebody put a newer trail beside an older database, with a manifest that fits it."""
    go_on(folder)
    back_up(folder, tmp_path / "newer", real_clock)
    shutil.rmtree(backup / Part.TRAIL)
    shutil.copytree(tmp_path / "newer" / Part.TRAIL, backup / Part.TRAIL)
    assert "lock store in the backup is ahead" in str(refused(backup, tmp_path / "again"))


def test_a_newer_lock_store_that_fits_the_database_is_the_one_put_in_place(folder: Path, tmp_path: Path) -> None:
    """The database of a backup may be further than its trail: then the one that outlived it says more."""
    house = open_house(folder)
    try:
        record_office(house)
        back_up(folder, tmp_path / "backup", real_clock)
        house.sealer.seal()
    finally:
        house.close()
    told: list[str] = []
    restore(tmp_path / "backup", tmp_path / "again", folder / "lock", told.append)
    assert any(line.startswith("lock store: size 27") for line in told)


def test_attack_a_lock_store_of_another_history_is_refused(backup: Path, folder: Path, tmp_path: Path) -> None:
    """The same origin and size with another root: the database is not the one that was sealed there."""
    origin, size, _ = (folder / "lock" / "checkpoint").read_text().splitlines()
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "checkpoint").write_text(f"{origin}\n{size}\n{'A' * 43}=\n")
    assert "does not give the root" in str(refused(backup, tmp_path / "again", tmp_path / "kept"))


def test_keys_that_are_older_than_the_database_are_refused(backup: Path, folder: Path, tmp_path: Path) -> None:
    """What was sealed in between would not open, and handles would be given twice."""
    go_on(folder)
    back_up(folder, tmp_path / "newer", real_clock)
    shutil.rmtree(tmp_path / "newer" / Part.KEYS)
    shutil.copytree(backup / Part.KEYS, tmp_path / "newer" / Part.KEYS)
    assert "key store of the same backup, or of a later one" in str(refused(tmp_path / "newer", tmp_path / "again"))


def test_keys_that_are_newer_than_the_database_are_taken(backup: Path, folder: Path, tmp_path: Path) -> None:
    """Key stores have backups of their own."""
    go_on(folder)
    back_up(folder, tmp_path / "newer", real_clock)
    shutil.rmtree(backup / Part.KEYS)
    shutil.copytree(tmp_path / "newer" / Part.KEYS, backup / Part.KEYS)
    assert restore(backup, tmp_path / "again", None, silent).true


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize("spoil", [cut, flip, Path.unlink])
@pytest.mark.parametrize(
    "name", ["ledger/ledger.db", "keys/keys.db", "keys/signing.key", "trail/trail/tile/entries/000.p/26"]
)
def test_attack_a_file_that_is_not_the_one_that_was_backed_up_is_refused(
    backup: Path, tmp_path: Path, name: str, spoil: Callable[[Path], object]
) -> None:
    """It is named, and the way out is another copy."""
    spoil(backup / name)
    error = refused(backup, tmp_path / "again")
    assert name in str(error)
    assert "another copy" in str(error)


@pytest.mark.parametrize("part", Part)
def test_a_part_that_is_kept_elsewhere_or_was_interrupted_is_named(backup: Path, tmp_path: Path, part: Part) -> None:
    """The manifest is written last: without it a part is not whole."""
    (backup / part / MANIFEST).unlink()
    error = refused(backup, tmp_path / "again")
    assert isinstance(error, Misconfigured)
    assert f"{part}/{MANIFEST} is missing" in str(error)
    assert "side by side" in str(error)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("netral-backup/v1", "netral-backup/v2"),
        lambda text: text.replace("part ledger", "part keys"),
        lambda text: text.replace("size 26", "size 026"),
        lambda text: text.replace(" ledger.db", " ../../ledger.db"),
        lambda text: text.replace(" ledger.db", " /etc/ledger.db"),
        lambda text: text[:-1],
        lambda text: text[:0],
        lambda text: text + "file\n",
    ],
)
def test_attack_a_manifest_that_is_none_is_refused(backup: Path, tmp_path: Path, change: Callable[[str], str]) -> None:
    """Also one that leads out of the folder."""
    path = backup / Part.LEDGER / MANIFEST
    path.write_text(change(path.read_text()))
    assert "no manifest of the ledger part" in str(refused(backup, tmp_path / "again"))


def test_attack_a_database_that_was_rewritten_with_its_manifest_is_refused(backup: Path, tmp_path: Path) -> None:
    """The manifest is not signed, and need not be: the rows do not give the sealed root."""
    path = backup / Part.LEDGER / LEDGER_DB
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TRIGGER events_are_not_updated")
        connection.execute("UPDATE events SET at = '2024-05-02T01:00:01Z' WHERE position = 3")
        connection.commit()
        connection.execute("PRAGMA journal_mode=DELETE")
    old = Manifest.read(path.parent, Part.LEDGER)
    (path.parent / MANIFEST).unlink()
    Manifest.of(path.parent, Part.LEDGER, origin=old.origin, size=26, root=old.root, at=old.at).write(path.parent)
    assert "does not give the root that is sealed at size 26" in str(refused(backup, tmp_path / "again"))


def test_a_restore_overwrites_nothing(backup: Path, folder: Path) -> None:
    """The old ledger is moved aside by whoever restores; it may be all that is left of the newest entries."""
    before = files_below(folder)
    with pytest.raises(Invalid, match=r"not empty.*move the old ledger aside"):
        restore(backup, folder, None, silent)
    assert files_below(folder) == before


def test_attack_an_erased_person_stays_erased_when_older_keys_are_restored(folder: Path, tmp_path: Path) -> None:
    """Keys from before the erasure, which an operator gave the manifest of later ones, open nothing of the erased."""
    back_up(folder, tmp_path / "before", real_clock)
    house = open_house(folder)
    asked = Erasure(
        (NIK,), ErasureReason.REQUEST, Name("UU 27/2022"), date(2099, 1, 1), Staff("pdp2.contoh", "Petugas Dua")
    )
    officer = Actor(house.stream, Role.PROTECTION_OFFICER, Staff("pdp1.contoh", "Petugas Satu"))
    act = Act(house.stream, Source.OWN, on=datetime.now(UTC).date())
    try:
        erase(house.registrar, house.store, house.keys, asked, act=act, by=officer)
    finally:
        house.close()
    back_up(folder, tmp_path / "after", real_clock)
    keys = tmp_path / "after" / Part.KEYS
    shutil.copy(tmp_path / "before" / Part.KEYS / KEYS_DB, keys / KEYS_DB)
    later = Manifest.read(keys, Part.KEYS)
    (keys / MANIFEST).unlink()
    Manifest.of(keys, Part.KEYS, origin=later.origin, size=later.size, root=later.root, at=later.at).write(keys)
    told: list[str] = []
    restore(tmp_path / "after", tmp_path / "again", None, told.append)
    assert [line for line in told if line.startswith("erased again: 1 ")]
    again = open_house(tmp_path / "again")
    try:
        assert again.keys.streams_of(NIK) == []
    finally:
        again.close()
