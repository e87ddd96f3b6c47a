"""The key store's file: its owner's alone, made at the first start, and the same after every other."""

from __future__ import annotations

import os
import sqlite3
import stat
import threading
from pathlib import Path

import pytest

from api.wiring import KEYS_DB, House
from ledger.errors import Broken, Misconfigured
from ledger.keystore import KeyStore
from ledger.values import Person, StreamId

STREAM = StreamId("complaint-" + "3c" * 16)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("umask", [0o000, 0o002, 0o022, 0o077])
def test_the_file_is_made_for_its_owner_alone(tmp_path: Path, umask: int) -> None:
    """Whatever the process's umask, and what SQLite puts beside it too."""
    before = os.umask(umask)
    try:
        keys = KeyStore(tmp_path / "keys.db")
        keys.secret("index")
        made = {path.name: mode(path) for path in tmp_path.iterdir()}
        keys.close()
    finally:
        os.umask(before)
    assert made == {"keys.db": 0o600, "keys.db-wal": 0o600, "keys.db-shm": 0o600}


def test_a_new_ledger_makes_its_key_store(house: House) -> None:
    """With the first fact there is a name to be sealed."""
    assert mode(house.folder / KEYS_DB) == 0o600
    assert mode(house.folder / "signing.key") == 0o600


@pytest.mark.parametrize("bits", [0o640, 0o660, 0o604, 0o606, 0o644, 0o666, 0o610, 0o601, 0o620, 0o602])
def test_attack_a_key_store_that_others_may_read(tmp_path: Path, bits: int) -> None:
    """It is refused with the way out, and nothing is done to it."""
    path = tmp_path / "keys.db"
    KeyStore(path).close()
    path.chmod(bits)
    before = path.read_bytes()
    with pytest.raises(Misconfigured, match="chmod 600"):
        KeyStore(path)
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["keys.db"]
    path.chmod(0o600)
    KeyStore(path).close()


def test_attack_an_empty_file_that_others_may_read_waits_for_the_keys(tmp_path: Path) -> None:
    """Whoever put it there would read every key that is drawn."""
    path = tmp_path / "keys.db"
    path.touch()
    path.chmod(0o644)
    with pytest.raises(Misconfigured, match="chmod 600"):
        KeyStore(path)
    assert path.read_bytes() == b""


@pytest.mark.parametrize("content", [b"not a database, but long enough to look at twice" * 40, b"SQLite format 3\x00"])
def test_a_file_that_is_no_key_store_is_refused(tmp_path: Path, content: bytes) -> None:
    """A setting or a file is wrong: say which."""
    path = tmp_path / "keys.db"
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(Misconfigured, match=r"keys.db cannot be opened as a key store"):
        KeyStore(path)
    assert path.read_bytes() == content


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """Nothing is made around it."""
    for path in (tmp_path / "nowhere" / "keys.db", tmp_path):
        with pytest.raises(Misconfigured, match="cannot be opened as a key store"):
            KeyStore(path)
    assert list(tmp_path.iterdir()) == []


def test_secrets_are_drawn_once_and_stay(tmp_path: Path) -> None:
    """Tokens, tickets and the index must mean the same after a restart."""
    keys = KeyStore(tmp_path / "keys.db")
    drawn = {name: keys.secret(name) for name in ("index", "idempotency", "tokens")}
    assert {len(secret) for secret in drawn.values()} == {32}
    assert len(set(drawn.values())) == 3
    assert {name: keys.secret(name) for name in drawn} == drawn
    keys.close()
    again = KeyStore(tmp_path / "keys.db")
    assert {name: again.secret(name) for name in drawn} == drawn
    again.close()


def test_two_key_stores_share_no_secret(tmp_path: Path) -> None:
    """Demonstrations and test ledgers cannot be joined with the real one."""
    both = [KeyStore(tmp_path / name) for name in ("one.db", "two.db")]
    assert both[0].secret("index") != both[1].secret("index")
    assert both[0].new_subject_key(STREAM, "k1") != both[1].new_subject_key(STREAM, "k1")
    for keys in both:
        keys.close()


def test_a_subject_has_one_key_for_ever(tmp_path: Path) -> None:
    """Another one would make its earlier values unreadable."""
    keys = KeyStore(tmp_path / "keys.db")
    assert keys.subject_key(STREAM, "k1") is None
    drawn = [keys.new_subject_key(STREAM, of) for of in ("k1", "k2", "case")]
    assert len(set(drawn)) == 3
    assert [keys.new_subject_key(STREAM, of) for of in ("k1", "k2", "case")] == drawn
    keys.close()
    again = KeyStore(tmp_path / "keys.db")
    assert [again.subject_key(STREAM, of) for of in ("k1", "k2", "case")] == drawn
    assert again.subject_key(STREAM, "k3") is None
    again.close()


def test_a_handle_survives_a_restart(tmp_path: Path) -> None:
    """The person who was k1 before is k1 afterwards, and the next one k2."""
    keys = KeyStore(tmp_path / "keys.db")
    assert keys.handle(STREAM, Person("k", ("nik:3171012345678901",))) == "k1"
    keys.close()
    again = KeyStore(tmp_path / "keys.db")
    assert again.handle(STREAM, Person("k", ("nik:3171012345678901",))) == "k1"
    assert again.handle(STREAM, Person("k", ("nik:3171012345678902",))) == "k2"
    again.close()


def test_two_processes_may_make_the_key_store_at_once(tmp_path: Path) -> None:
    """Whoever comes while the other is about to write waits: for this one change SQLite itself does not."""
    path = tmp_path / "keys.db"
    path.touch(0o600)
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    release = threading.Timer(0.2, other.close)
    release.start()
    keys = KeyStore(path)
    release.join()
    assert keys.handle(STREAM, Person("w")) == "w1"
    keys.close()


def test_a_failed_write_leaves_the_store_usable(tmp_path: Path) -> None:
    """What SQLite refuses is rolled back, and the next write is made."""
    keys = KeyStore(tmp_path / "keys.db")
    with pytest.raises(Broken, match="the key store failed"):
        keys.secret(object())  # type: ignore[arg-type]
    assert len(keys.secret("index")) == 32
    keys.close()
