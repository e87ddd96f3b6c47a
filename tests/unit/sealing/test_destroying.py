"""What the key store finds persons and cases by, and what is left of either once it was destroyed."""

from __future__ import annotations

from pathlib import Path

from ledger.keystore import KeyStore
from ledger.values import Person, StreamId

ONE = StreamId("complaint-" + "1a" * 16)
TWO = StreamId("complaint-" + "2b" * 16)
NIP, NIK = "nip:198001012005011001", "nik:3171012345678901"
NUMBER = "001/Reg/LP/PW/Kota/05.01/VI/2024"


def test_a_person_is_found_again_by_any_of_their_numbers(keys: KeyStore) -> None:
    """Once somebody told both, each leads to the same handle; a new one is learnt with a known one."""
    assert keys.handle(ONE, Person.known_by("r", NIP, None)) == "r1"
    assert keys.handle(ONE, Person.known_by("r", NIP, NIK)) == "r1"
    assert keys.handle(ONE, Person.known_by("r", None, NIK)) == "r1"
    assert keys.handle(ONE, Person.known_by("r", None, None)) == "r2"
    assert keys.streams_of(NIK) == keys.streams_of(NIP) == [(ONE, "r1")]


def test_a_case_is_found_again_by_the_numbers_that_were_told_in_it(keys: KeyStore) -> None:
    """With or without white space around them, and by nothing else."""
    keys.index_number(ONE, NUMBER)
    keys.index_number(TWO, f" {NUMBER}\n")
    keys.index_number(TWO, f" {NUMBER}\n")
    assert keys.streams_with_number(f"{NUMBER} ") == [ONE, TWO]
    assert keys.streams_with_number(NUMBER[:-1]) == []
    assert keys.streams_of(NUMBER) == []


def test_attack_the_file_is_searched_for_the_number_of_a_case(keys: KeyStore, tmp_path: Path) -> None:
    """It stands in it as an HMAC only."""
    keys.index_number(ONE, NUMBER)
    held = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert ONE.encode() in held
    assert NUMBER.encode() not in held


def test_a_destroyed_person_is_found_by_nothing_and_no_one_else_becomes_them(keys: KeyStore) -> None:
    """In this stream alone: whoever is erased everywhere is destroyed in every stream. The number is not given anew."""
    for stream in (ONE, TWO):
        keys.handle(stream, Person.known_by("r", NIP, NIK))
        keys.new_subject_key(stream, "r1")
    keys.destroy(ONE, "r1", 9)
    assert keys.subject_key(ONE, "r1") is None
    assert keys.subject_key(TWO, "r1") is not None
    assert keys.streams_of(NIP) == keys.streams_of(NIK) == [(TWO, "r1")]
    assert keys.handle(ONE, Person.known_by("r", NIP)) == "r2"


def test_a_destroyed_case_is_found_by_no_number_and_its_persons_stay(keys: KeyStore) -> None:
    """What is about the case alone is gone."""
    keys.index_number(ONE, NUMBER)
    keys.handle(ONE, Person.known_by("k", NIK))
    for of in ("case", "k1"):
        keys.new_subject_key(ONE, of)
    keys.destroy(ONE, "case", 9)
    assert keys.subject_key(ONE, "case") is None
    assert keys.streams_with_number(NUMBER) == []
    assert keys.subject_key(ONE, "k1") is not None
    assert keys.streams_of(NIK) == [(ONE, "k1")]


def test_destroying_again_destroys_nothing_more(keys: KeyStore) -> None:
    """As every start does that finds an erasure in the trail."""
    keys.handle(ONE, Person.known_by("k", NIK))
    keys.new_subject_key(ONE, "k1")
    for _ in range(2):
        keys.destroy(ONE, "k1", 9)
    assert keys.handle(ONE, Person.known_by("k", NIK)) == "k2"


def test_attack_a_destroyed_key_is_looked_for_in_the_file(keys: KeyStore, tmp_path: Path) -> None:
    """Neither in the pages that were freed nor in the write-ahead log."""
    keys.handle(ONE, Person.known_by("k", NIK))
    key = keys.new_subject_key(ONE, "k1")
    assert any(key in path.read_bytes() for path in tmp_path.iterdir())
    keys.destroy(ONE, "k1", 9)
    assert not any(key in path.read_bytes() for path in tmp_path.iterdir())
