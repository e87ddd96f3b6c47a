"""The witness: each of its answers, in their order; and that it never goes back, whoever asks and whenever it dies."""

from __future__ import annotations

import base64
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ledger.trail.checkpoint import NoteInvalid, SigningKey, Verifier, open_note, parse_checkpoint
from ledger.trail.cosignature import CosigningKey, cosignatures
from ledger.trail.merkle import ProofInvalid, consistency_proof
from ledger.trail.tiles import TileFolder
from ledger.trail.witness import (
    DATABASE,
    KEY,
    Elsewhere,
    Malformed,
    Request,
    UnknownLog,
    Untrusted,
    Witness,
    WitnessUnready,
    parse_request,
    read_or_make_key,
)
from tests.unit.trail.trails import ORIGIN, Trail
from tests.unit.witness.served import NOW

WITNESS = CosigningKey.from_seed("witness.invalid/w1", bytes(32))
FORKED = 7
"""From this position on, the other trail has other entries."""


@pytest.fixture(scope="module")
def trail(tmp_path_factory: pytest.TempPathFactory) -> Trail:
    return Trail(tmp_path_factory.mktemp("log")).sealed(*range(1, 13))


@pytest.fixture(scope="module")
def fork(tmp_path_factory: pytest.TempPathFactory) -> Trail:
    """Another history under the same key."""
    made = Trail(tmp_path_factory.mktemp("fork")).sealed(1)
    made.storage.grow(FORKED)
    made.storage.rows += [b"other %d" % position for position in range(FORKED, 12)]
    made.sealer().seal()
    return made


@pytest.fixture
def witness(tmp_path: Path, trail: Trail) -> Iterator[Witness]:
    made = started(tmp_path, trail)
    yield made
    made.close()


def started(folder: Path, trail: Trail) -> Witness:
    """A process of the witness."""
    return Witness(folder, WITNESS, [trail.key.verifier], lambda: NOW)


def request(trail: Trail, old: int, size: int) -> Request:
    """What an honest client sends to go on from one size to another."""
    hash_at = TileFolder(trail.folder).hash_at(trail.storage.size())
    text = next(each for each in trail.key.signed if parse_checkpoint(each).size == size)
    proof = consistency_proof(old, size, hash_at) if old else []
    return Request(old, tuple(proof), SigningKey(trail.key.name, trail.key.private).sign(text))


def add(witness: Witness, trail: Trail, old: int, size: int) -> bytes:
    return witness.add(request(trail, old, size).encoded())


def known(witness: Witness, trail: Trail) -> int:
    """The size that the witness stands at, as its monitoring read says; cosigned, and signed by the log."""
    try:
        note = witness.latest(ORIGIN)
    except UnknownLog:
        return 0
    assert cosignatures(note, [WITNESS.cosigner]) == {WITNESS.cosigner: NOW}
    return parse_checkpoint(open_note(note, [trail.key.verifier])).size


def test_the_first_checkpoint_is_trusted_and_each_later_one_must_continue_it(witness: Witness, trail: Trail) -> None:
    """The answer is one line, over the very text that was shown."""
    assert known(witness, trail) == 0
    for old, size in ((0, 3), (3, 4), (4, 9), (9, 9), (9, 12)):
        shown = request(trail, old, size)
        line = witness.add(shown.encoded())
        assert line.startswith("\u2014 witness.invalid/w1 ".encode())
        assert line.count(b"\n") == 1
        assert cosignatures(shown.note + line, [WITNESS.cosigner]) == {WITNESS.cosigner: NOW}
        assert known(witness, trail) == size


@pytest.mark.parametrize(("old", "size"), [(0, 5), (3, 5), (5, 8), (0, 12), (12, 12)])
def test_who_goes_on_from_another_size_is_told_the_right_one(
    witness: Witness, trail: Trail, old: int, size: int
) -> None:
    """And nothing changes."""
    add(witness, trail, 0, 4)
    with pytest.raises(Elsewhere) as told:
        add(witness, trail, old, size)
    assert told.value.size == known(witness, trail) == 4


def test_who_asks_a_new_witness_to_go_on_is_told_to_begin(witness: Witness, trail: Trail) -> None:
    """It stands at 0."""
    with pytest.raises(Elsewhere) as told:
        add(witness, trail, 3, 5)
    assert told.value.size == 0


@pytest.mark.parametrize("size", [8, 9, 12])
def test_attack_a_forked_trail_is_not_cosigned(witness: Witness, trail: Trail, fork: Trail, size: int) -> None:
    """Neither longer nor of the same size; the true one is, afterwards."""
    add(witness, trail, 0, size)
    with pytest.raises(ProofInvalid):
        add(witness, fork, size, 12)
    assert known(witness, trail) == size
    add(witness, trail, size, 12)


def test_attack_a_log_never_shrinks(witness: Witness, trail: Trail) -> None:
    """An older checkpoint of the same trail is one that a restored backup would show."""
    add(witness, trail, 0, 9)
    shorter = request(trail, 0, 5)
    with pytest.raises(Malformed, match="size 5 cannot continue size 9"):
        witness.add(Request(9, (), shorter.note).encoded())
    with pytest.raises(Elsewhere):
        witness.add(shorter.encoded())
    assert known(witness, trail) == 9


@pytest.mark.parametrize(("old", "spoil"), [(3, "long"), (3, "short"), (3, "other"), (0, "long"), (5, "long")])
def test_a_proof_must_be_the_one_that_is_needed(witness: Witness, trail: Trail, old: int, spoil: str) -> None:
    """Not one hash longer or shorter; from nothing, and between equal sizes, none at all."""
    if old:
        add(witness, trail, 0, old)
    good = request(trail, old, 5)
    hashes = {
        "long": (*good.hashes, bytes(32)),
        "short": good.hashes[:-1],
        "other": (bytes(32), *good.hashes[1:]),
    }[spoil]
    with pytest.raises(ProofInvalid):
        witness.add(Request(old, hashes, good.note).encoded())
    assert known(witness, trail) == old


def test_attack_a_checkpoint_of_the_same_size_has_another_root(witness: Witness, trail: Trail, fork: Trail) -> None:
    """Between equal sizes nothing needs proving, so an empty proof must not let another root through."""
    add(witness, trail, 0, 12)
    with pytest.raises(ProofInvalid, match="two roots"):
        witness.add(Request(12, (), request(fork, 0, 12).note).encoded())
    assert b"\n12\n" in witness.latest(ORIGIN)
    assert witness.latest(ORIGIN).startswith(request(trail, 12, 12).note.partition(b"\n\n")[0])


def test_a_log_that_is_not_watched_is_unknown(witness: Witness, trail: Trail) -> None:
    """Whatever its text looks like, and however it is signed."""
    for origin in ("demo.invalid/0000000000000000", "sigsum.example/v1/tree/abc", "x"):
        text = f"{origin}\n1\n{base64.b64encode(bytes(32)).decode()}\n".encode()
        with pytest.raises(UnknownLog):
            witness.add(Request(0, (), SigningKey(origin, trail.key.private).sign(text)).encoded())
        with pytest.raises(UnknownLog):
            witness.latest(origin)


def test_attack_a_checkpoint_by_another_key_is_not_trusted(witness: Witness, trail: Trail) -> None:
    """Of the same name; nor one on which the right key is quoted falsely."""
    good = request(trail, 0, 3)
    stranger = SigningKey.generate(ORIGIN)
    text = good.note.partition(b"\n\n")[0] + b"\n"
    false = good.note.replace(text, text.replace(b"\n3\n", b"\n4\n"))
    for note in (stranger.sign(text), false, false + stranger.sign(text).partition(b"\n\n")[2]):
        with pytest.raises(Untrusted):
            witness.add(Request(0, (), note).encoded())
    assert known(witness, trail) == 0


def test_lines_that_it_does_not_know_are_not_kept(witness: Witness, trail: Trail) -> None:
    """Otherwise others could fill its memory, or put words there in anybody's name."""
    good = request(trail, 0, 3)
    others = b"".join(CosigningKey.generate("o.invalid").cosign(b"x\n", 1) for _ in range(50))
    witness.add(Request(0, (), good.note + others).encoded())
    assert witness.latest(ORIGIN).count("\u2014".encode()) == 2


def test_two_keys_of_one_log_are_trusted(tmp_path: Path, trail: Trail) -> None:
    """The old and the new one, around a rotation."""
    new = SigningKey.generate(ORIGIN)
    witness = Witness(tmp_path, WITNESS, [trail.key.verifier, new.verifier], lambda: NOW)
    add(witness, trail, 0, 3)
    text = request(trail, 3, 5).note.partition(b"\n\n")[0] + b"\n"
    witness.add(Request(3, request(trail, 3, 5).hashes, new.sign(text)).encoded())
    witness.close()


GOOD = Request(7, (bytes(32), b"\x01" * 32), b"text\n\nsignatures\n")


def test_a_request_is_read_back() -> None:
    """With hashes and without."""
    for each in (GOOD, Request(0, (), GOOD.note)):
        assert parse_request(each.encoded()) == each
    assert GOOD.encoded().startswith(b"old 7\nAAAA")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"old 7",
        b"old 7\n",
        b"old 07\n\nnote\n",
        b"old -1\n\nnote\n",
        b"old +7\n\nnote\n",
        b"old 7 \n\nnote\n",
        b"Old 7\n\nnote\n",
        b"old \xd9\xa7\n\nnote\n",
        b"old 12345678901234567\n\nnote\n",
        b"\nold 7\n\nnote\n",
        b"old 7\r\n\r\nnote\n",
        b"old 7\nAAAA\n\nnote\n",
        b"old 7\n" + b"A" * 43 + b"\n\nnote\n",
        b"old 7\n" + base64.b64encode(bytes(31)) + b"\n\nnote\n",
        b"old 7\n" + base64.b64encode(bytes(33)) + b"\n\nnote\n",
        b"old 7\n" + b"A" * 42 + b"B=\n\nnote\n",
        b"old 7\n" + (b"A" * 43 + b"=\n") * 64 + b"\nnote\n",
        b"old 7\n\n" + b"x" * (1 << 16),
    ],
)
def test_a_request_in_another_spelling_is_not_read(body: bytes) -> None:
    """Each of these is 400 over HTTP."""
    with pytest.raises(NoteInvalid):
        parse_request(body)


@pytest.mark.parametrize("text", [b"\n1\n", b"\n01\n", b"\n0\n", b"\n1\nAAAA\n", b"\n1\n" + b"A" * 43 + b"=\nmore\n"])
def test_a_checkpoint_of_a_known_log_that_cannot_be_read_is_refused(
    witness: Witness, trail: Trail, text: bytes
) -> None:
    """Also when the log signed it: no extension lines, no leading zeros, no root of another length."""
    note = SigningKey(ORIGIN, trail.key.private).sign(ORIGIN.encode() + text)
    with pytest.raises(NoteInvalid):
        witness.add(Request(0, (), note).encoded())
    assert known(witness, trail) == 0


def test_attack_many_ask_at_once_and_one_history_is_cosigned(tmp_path: Path, trail: Trail, fork: Trail) -> None:
    """Two processes of the same witness, eight askers, two histories: whatever is cosigned, is of one of them."""
    witnesses = [started(tmp_path, trail), started(tmp_path, trail)]
    together = threading.Barrier(8)
    cosigned: list[str] = []

    def ask(number: int) -> None:
        mine, name = ((trail, "true"), (fork, "fork"))[number % 2]
        together.wait()
        for _ in range(5):
            try:
                add(witnesses[number // 4], mine, 0, 12)
            except (Elsewhere, ProofInvalid):
                continue
            cosigned.append(name)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(cosigned) == 1
    for witness in witnesses:
        witness.close()


def test_attack_the_database_itself_refuses_to_go_back(tmp_path: Path, trail: Trail, witness: Witness) -> None:
    """Whatever a later release of the code may get wrong."""
    add(witness, trail, 0, 9)
    with sqlite3.connect(tmp_path / DATABASE) as database:
        for statement in (
            "UPDATE checkpoints SET size = 8",
            "UPDATE checkpoints SET root = zeroblob(32)",
            "UPDATE checkpoints SET origin = 'x'",
            "DELETE FROM checkpoints",
        ):
            with pytest.raises(sqlite3.IntegrityError, match="never"):
                database.execute(statement)
    database.close()


class Killed(BaseException):
    """The process is gone."""


class Dying:
    """A connection whose n-th statement is the last: it is not run, or run and its result never seen."""

    def __init__(self, connection: sqlite3.Connection, at: int, how: str) -> None:
        self._connection, self._at, self._how, self.count = connection, at, how, 0

    @property
    def in_transaction(self) -> bool:
        return False  # a process that is gone rolls nothing back

    def execute(self, *statement: Any) -> sqlite3.Cursor:
        self.count += 1
        if self.count == self._at and self._how == "before":
            raise Killed
        result = self._connection.execute(*statement)
        if self.count == self._at:
            raise Killed
        return result

    def close(self) -> None:
        self._connection.close()


@pytest.mark.parametrize("how", ["before", "after"])
def test_a_witness_that_is_killed_at_any_statement_has_told_nothing_that_it_forgets(
    how: str, tmp_path: Path, trail: Trail, fork: Trail
) -> None:
    """What was cosigned before stands; what was not told may stand or not; and the fork is refused in any case."""
    for at in range(1, 20):
        folder = tmp_path / f"{at}"
        folder.mkdir()
        witness = started(folder, trail)
        add(witness, trail, 0, 8)
        dying = Dying(witness._database, at, how)
        witness._database = dying  # type: ignore[assignment]  # it does what a connection does, until it dies
        told = False
        try:
            add(witness, trail, 8, 9)
            told = True
        except Killed:
            pass
        dying.close()
        again = started(folder, trail)
        stands = known(again, trail)
        assert stands == 9 if told else stands in (8, 9)
        with pytest.raises(ProofInvalid):
            add(again, fork, stands, 12)
        add(again, trail, stands, 12)
        again.close()
        if told:
            break
    assert at > 4, "adding has fewer statements than it must have"


def test_a_witness_keeps_its_key_and_its_name(tmp_path: Path) -> None:
    """Made once, for its owner's eyes alone; by another name it will not go."""
    folder = tmp_path / "new" / "witness"
    key = read_or_make_key(folder, "witness.invalid/mine")
    assert (folder / KEY).stat().st_mode & 0o777 == 0o600
    assert read_or_make_key(folder, None).cosigner == read_or_make_key(folder, key.name).cosigner == key.cosigner
    with pytest.raises(WitnessUnready, match=r"is called witness\.invalid/mine"):
        read_or_make_key(folder, "witness.invalid/other")


def test_a_witness_without_a_name_takes_one_from_its_key(tmp_path: Path) -> None:
    """So that two of them are not called alike."""
    names = {read_or_make_key(tmp_path / each, None).name for each in "ab"}
    assert len(names) == 2
    assert all(name.startswith("witness.invalid/") for name in names)


@pytest.mark.parametrize("text", ["", "name", "name zz", "name 00", "a b c"])
def test_a_key_that_cannot_be_read_stops_the_witness(tmp_path: Path, text: str) -> None:
    """Another one would be another witness."""
    (tmp_path / KEY).write_text(text)
    with pytest.raises(WitnessUnready, match="put it back"):
        read_or_make_key(tmp_path, None)


def test_a_database_that_is_none_stops_the_witness(tmp_path: Path) -> None:
    """It would have forgotten everything."""
    (tmp_path / DATABASE).write_bytes(b"no database" * 100)
    with pytest.raises(WitnessUnready, match="cannot be opened"):
        Witness(tmp_path, WITNESS, [Verifier(ORIGIN, bytes(32))], lambda: NOW)
