"""Handles: a person is one name inside one stream, and nothing in the file says who it is or joins two streams."""

from __future__ import annotations

import hashlib
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import combinations
from pathlib import Path

import pytest

from ledger.keystore import KeyStore
from ledger.values import Person, StreamId

ONE = StreamId("complaint-" + "1a" * 16)
TWO = StreamId("complaint-" + "2b" * 16)
NIK = "3171012345678901"
NIP = "198001012005011001"
ACCOUNT = "petugas.contoh"
KEYED = [Person("k", (f"nik:{NIK}",)), Person("r", (f"nip:{NIP}",)), Person("a", (f"staff:{ACCOUNT}",))]

ASK = """
import sys
from pathlib import Path
from ledger.keystore import KeyStore
from ledger.values import Person, StreamId

keys = KeyStore(Path(sys.argv[1]))
for number in range(30):
    print(keys.handle(StreamId("complaint-" + "1a" * 16), Person("w")))
    print(keys.handle(StreamId("complaint-" + "1a" * 16), Person("a", (f"staff:{number}",))))
keys.close()
"""


def test_the_same_person_has_the_same_handle_in_one_stream(keys: KeyStore) -> None:
    """However often, and whoever came in between."""
    assert keys.handle(ONE, Person("k", (f"nik:{NIK}",))) == "k1"
    assert keys.handle(ONE, Person("k", ("nik:3171012345678902",))) == "k2"
    assert keys.handle(ONE, Person("k", (f"nik:{NIK}",))) == "k1"


def test_each_letter_counts_for_itself(keys: KeyStore) -> None:
    """Who is complainant and staff at once has two handles, and nothing public joins them."""
    asked = [keys.handle(ONE, Person(letter, (f"nik:{number}",))) for number in "12" for letter in "krwa"]
    assert asked == ["k1", "r1", "w1", "a1", "k2", "r2", "w2", "a2"]


def test_a_person_whom_nothing_finds_again_gets_the_next_number(keys: KeyStore) -> None:
    """Two persons without a number are two persons, even if they are one."""
    assert [keys.handle(ONE, Person("w")) for _ in range(3)] == ["w1", "w2", "w3"]
    assert keys.handle(ONE, Person("w", (f"nik:{NIK}",))) == "w4"
    assert keys.handle(ONE, Person("w")) == "w5"


def test_handles_count_from_one_in_every_stream(keys: KeyStore) -> None:
    """A number that ran on would tell how many came before, and where."""
    for stream in (ONE, TWO):
        assert [keys.handle(stream, Person("k", (f"nik:{number}",))) for number in range(11)] == [
            f"k{number}" for number in range(1, 12)
        ]


def test_a_person_is_found_again_by_the_number_and_by_nothing_else(keys: KeyStore) -> None:
    """Erasing needs every stream of a person; whoever does not know the number finds none."""
    for stream in (TWO, ONE):
        keys.handle(stream, Person("k"))
        keys.handle(stream, Person("k", (f"nik:{NIK}",)))
    keys.handle(ONE, Person("r", (f"nik:{NIK}",)))
    assert keys.streams_of(f"nik:{NIK}") == [(ONE, "k2"), (ONE, "r1"), (TWO, "k2")]
    for other in (NIK, f"nip:{NIK}", f"nik:{NIK[:-1]}", f"nik:{NIK} ", ""):
        assert keys.streams_of(other) == []


def contents(folder: Path) -> bytes:
    """Every byte of the key store, and of what SQLite keeps beside it."""
    return b"".join(path.read_bytes() for path in sorted(folder.iterdir()))


def test_attack_the_file_is_searched_for_identifiers(keys: KeyStore, tmp_path: Path) -> None:
    """NIP, NIK and account stand in it neither in clear nor as a plain hash, which can be enumerated."""
    for stream in (ONE, TWO):
        for person in KEYED:
            keys.handle(stream, person)
    for close in (False, True):
        if close:
            keys.close()
        held = contents(tmp_path)
        assert ONE.encode() in held
        for number in (NIK, NIP, ACCOUNT):
            for text in (number, *(f"{kind}:{number}" for kind in ("nik", "nip", "staff"))):
                for digest in (hashlib.sha256, hashlib.sha1, hashlib.md5, hashlib.sha512):
                    assert digest(text.encode()).digest() not in held
                    assert digest(text.encode()).hexdigest().encode() not in held
                assert text.encode() not in held
                assert text.encode("utf-16-le") not in held


def test_attack_two_streams_are_joined_by_the_digest_of_a_person_in_them(keys: KeyStore, tmp_path: Path) -> None:
    """The index that finds a person inside a stream is another value in each stream, and for each letter."""
    for stream in (ONE, TWO):
        for letter in "kr":
            keys.handle(stream, Person(letter, (f"nik:{NIK}",)))
    rows = read(tmp_path / "keys.db", "SELECT in_stream, person FROM handle_index")
    assert len({in_stream for in_stream, _ in rows}) == 4
    assert {in_stream for in_stream, _ in rows}.isdisjoint({person for _, person in rows})
    assert all(digest is not None and len(digest) == 32 for row in rows for digest in row)


def test_attack_a_digest_is_tried_without_the_secret(keys: KeyStore, tmp_path: Path) -> None:
    """Under another key store's secret the same person in the same stream has other digests."""
    other_path = tmp_path / "other" / "keys.db"
    other_path.parent.mkdir()
    other = KeyStore(other_path)
    for store in (keys, other):
        store.handle(ONE, Person("k", (f"nik:{NIK}",)))
    other.close()
    query = "SELECT in_stream, person FROM handle_index"
    assert set(*read(tmp_path / "keys.db", query)).isdisjoint(*read(other_path, query))


def test_a_person_without_a_number_leaves_nothing_to_be_found_by(keys: KeyStore, tmp_path: Path) -> None:
    """Not even the digest of nothing, which would join all of them."""
    keys.handle(ONE, Person("w"))
    keys.handle(TWO, Person("w"))
    assert read(tmp_path / "keys.db", "SELECT in_stream, person FROM handle_index") == []
    ((known,),) = read(tmp_path / "keys.db", "SELECT count(*) FROM handles")
    assert str(known) == "2"


@pytest.mark.parametrize(
    ("one", "other"),
    list(
        combinations(
            [
                (ONE, Person("k", ("nik:1",))),
                (ONE, Person("k", ("nik:1\n",))),
                (ONE, Person("k", ("k\nnik:1",))),
                (ONE, Person("r", ("nik:1",))),
                (TWO, Person("k", ("nik:1",))),
            ],
            2,
        )
    ),
)
def test_attack_two_persons_are_written_so_that_their_digests_meet(
    keys: KeyStore, tmp_path: Path, one: tuple[StreamId, Person], other: tuple[StreamId, Person]
) -> None:
    """What is hashed together is parted so that no text of one part can pass for the next."""
    keys.handle(*one)
    keys.handle(*other)
    assert len(set(read(tmp_path / "keys.db", "SELECT in_stream FROM handle_index"))) == 2


def read(path: Path, query: str) -> list[tuple[bytes | None, ...]]:
    connection = sqlite3.connect(path)
    rows: list[tuple[bytes | None, ...]] = connection.execute(query).fetchall()
    connection.close()
    return rows


def test_threads_that_ask_at_once_get_distinct_numbers(keys: KeyStore) -> None:
    """And one person, asked for by all of them, one number."""
    with ThreadPoolExecutor(8) as threads:
        strangers = list(threads.map(lambda _: keys.handle(ONE, Person("w")), range(200)))
        known = set(threads.map(lambda _: keys.handle(ONE, Person("k", (f"nik:{NIK}",))), range(200)))
        drawn = set(threads.map(lambda _: keys.new_subject_key(ONE, "w1"), range(200)))
        secrets = set(threads.map(lambda _: keys.secret("once"), range(200)))
    assert sorted(strangers) == sorted(f"w{number}" for number in range(1, 201))
    assert known == {"k1"}
    assert len(drawn) == len(secrets) == 1


def test_processes_that_ask_at_once_get_distinct_numbers(tmp_path: Path) -> None:
    """Three that make the key store, ask for strangers and ask for the same persons."""
    command = [sys.executable, "-c", ASK, str(tmp_path / "keys.db")]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    told = [each.communicate() for each in running]
    assert [(each.returncode, error) for each, (_, error) in zip(running, told, strict=True)] == [(0, "")] * 3
    asked = [out.split() for out, _ in told]
    strangers = [handle for each in asked for handle in each[0::2]]
    assert sorted(strangers) == sorted(f"w{number}" for number in range(1, 91))
    assert asked[0][1::2] == asked[1][1::2] == asked[2][1::2]
    assert sorted(asked[0][1::2]) == sorted(f"a{number}" for number in range(1, 31))
