"""A sealer and its witnesses: their lines are published, their failures cost nothing but a line, and a second history
is never announced."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from api.cosigning import HttpWitnesses
from ledger.errors import Diverged, Misconfigured
from ledger.trail.announcing import Pace
from ledger.trail.checkpoint import Checkpoint, SigningKey, open_note, parse_checkpoint
from ledger.trail.cosignature import CosigningKey, cosignatures
from ledger.trail.cosigning import Unwitnessed
from ledger.trail.evidence import parse_evidence, verify_evidence
from ledger.trail.lockstore import FileLockStore
from ledger.trail.sealer import Sealer
from ledger.trail.witness import Witness
from tests.unit.trail.faults import Disk
from tests.unit.trail.trails import ORIGIN, Trail, expected_root
from tests.unit.witness.served import NOW, Listening, Stand, asking, listening, wrong

SILENT = 0.3
"""Seconds that a witness which never answers is waited for."""


@pytest.fixture(autouse=True)
def fast(monkeypatch: pytest.MonkeyPatch) -> None:
    """The process dies here, not the disk."""
    monkeypatch.setattr(os, "fsync", lambda _descriptor: None)


@pytest.fixture(scope="module")
def first() -> Iterator[Listening]:
    with listening(Stand("one.invalid/w", 1)) as made:
        yield made


@pytest.fixture(scope="module")
def second() -> Iterator[Listening]:
    with listening(Stand("two.invalid/w", 2)) as made:
        yield made


@pytest.fixture
def trail(tmp_path: Path) -> Trail:
    return Trail(tmp_path / "ledger", 1)


@pytest.fixture
def both(first: Listening, second: Listening, trail: Trail, tmp_path: Path) -> tuple[Listening, Listening]:
    """Two witnesses that have seen nothing yet, and a trail that asks them."""
    for each, name in ((first, "first"), (second, "second")):
        each.stand.begin(tmp_path / name, trail.key.verifier)
    trail.witnesses = lambda: asking(first.known, second.known)
    return first, second


def cosigners(trail: Trail, *witnesses: Listening) -> set[str]:
    """Whose true lines the published checkpoint carries."""
    found = cosignatures((trail.folder / "checkpoint").read_bytes(), [each.stand.key.cosigner for each in witnesses])
    return {each.name for each in found}


def stands(witness: Listening) -> int:
    """The size that a witness cosigned last."""
    return parse_checkpoint(witness.stand.latest(ORIGIN).partition(b"\n\n")[0] + b"\n").size


BOTH = {"one.invalid/w", "two.invalid/w"}


def test_every_published_checkpoint_carries_the_witnesses_lines(
    both: tuple[Listening, Listening], trail: Trail
) -> None:
    """From the first on; the same process knows where its witnesses stand, and another one is told."""
    sealer = trail.sealer()
    for size in (1, 2, 255, 256, 600):
        trail.storage.grow(size)
        sealer.seal()
        assert cosigners(trail, *both) == BOTH
    both[0].stand.bodies.clear()
    trail.storage.grow(601)
    sealer.seal()
    assert [each.partition(b"\n")[0] for each in both[0].stand.bodies] == [b"old 600"]
    trail.storage.grow(700)
    trail.sealer().seal()
    assert [each.partition(b"\n")[0] for each in both[0].stand.bodies[1:]] == [b"old 0", b"old 601"]
    assert trail.audit() == Checkpoint(ORIGIN, 700, expected_root(700))


def test_a_witness_that_comes_later_is_taken_along(both: tuple[Listening, Listening], trail: Trail) -> None:
    """It trusts the first checkpoint that it sees, however long the trail is by then."""
    trail.witnesses = lambda: asking(both[0].known)
    trail.sealed(1, 300)
    trail.witnesses = lambda: asking(both[0].known, both[1].known)
    trail.sealed(301)
    assert cosigners(trail, *both) == BOTH


OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n"
MOVED = b"HTTP/1.1 409 Conflict\r\nContent-Type: text/x.tlog.size\r\n\r\n"
FALSE = CosigningKey.from_seed("wrong.invalid/w", b"\xee" * 32)
ELSE = CosigningKey.from_seed("one.invalid/w", b"\xcc" * 32)
WRONG = {
    "hangs": None,
    "hangs up": b"",
    "answers garbage": b"\x00\xff" * 2000,
    "answers half": b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf",
    "answers nothing": OK,
    "answers no line": OK + b"thank you\n",
    "answers without an end": OK + b"x" * 200_000,
    "signs another text": OK + FALSE.cosign(b"another\n", NOW),
    "signs in another's name": OK + ELSE.cosign(b"another\n", NOW),
    "fails": b"HTTP/1.1 500 Oh\r\n\r\n",
    "knows no such log": b"HTTP/1.1 404 No\r\n\r\n",
    "believes no key": b"HTTP/1.1 403 No\r\n\r\n",
    "finds the proof bad": b"HTTP/1.1 422 No\r\n\r\n",
    "finds the proof bad and shows garbage": b"HTTP/1.1 422 No\r\nContent-Length: 3\r\n\r\nxyz",
    "leads elsewhere": b"HTTP/1.1 301 No\r\nLocation: http://127.0.0.1:1/\r\n\r\n",
    "says 409 with the wrong type": b"HTTP/1.1 409 No\r\nContent-Type: text/plain\r\n\r\n999999\n",
    "says 409 with a type like it": b"HTTP/1.1 409 No\r\nContent-Type: text/x.tlog.size; charset=utf-8\r\n\r\n99\n",
    "says 409 without a size": MOVED + b"many\n",
    "says 409 with a crooked size": MOVED + b"0999\n",
    "says 409 with a long size": MOVED + b"9" * 40 + b"\n",
    "says 409 for ever": MOVED + b"1\n",
}


@pytest.mark.parametrize("how", WRONG)
def test_attack_a_witness_that_is_wrong_costs_nothing_but_its_own_line(
    how: str, both: tuple[Listening, Listening], trail: Trail
) -> None:
    """What it answers reaches neither the published note nor the other witness; the trail goes on."""
    good = both[0]
    with wrong("wrong.invalid/w", WRONG[how]) as bad:
        client = asking(bad.known, good.known, quorum=1, seconds=SILENT if how == "hangs" else 30)
        trail.witnesses = lambda: client
        trail.sealed(1, 2, 300)
        assert bad.connections > 0
        assert cosigners(trail, good) == {"one.invalid/w"}
        assert (trail.folder / "checkpoint").read_bytes().count("\u2014".encode()) == 2
        assert trail.audit() == Checkpoint(ORIGIN, 300, expected_root(300))
        if how == "hangs":
            assert bad.connections == 1, "whoever does not answer is not waited for at each seal"


def test_a_witness_that_is_down_gets_its_line_in_when_it_is_up_again(
    both: tuple[Listening, Listening], trail: Trail, tmp_path: Path
) -> None:
    """At the next seal, or at the next start though nothing is new."""
    trail.sealed(1, 9)
    both[1].stand.end()
    trail.sealed(12)
    assert cosigners(trail, *both) == {"one.invalid/w"}
    both[1].stand.begin(tmp_path / "second", trail.key.verifier)
    trail.sealer().start()
    assert cosigners(trail, *both) == BOTH
    assert trail.audit() == Checkpoint(ORIGIN, 12, expected_root(12))


@pytest.mark.usefixtures("both")
def test_a_start_leaves_a_checkpoint_that_has_every_line_as_it_is(trail: Trail) -> None:
    """Its age is that of the seal."""
    trail.sealed(1)
    before = (trail.folder / "checkpoint").stat()
    trail.sealer().start()
    assert (trail.folder / "checkpoint").stat() == before


def test_below_the_quorum_a_checkpoint_is_committed_and_not_published(
    both: tuple[Listening, Listening], trail: Trail, tmp_path: Path
) -> None:
    """It is asked for again, by the same process or another; the sizes in between are sealed after it."""
    trail.witnesses = lambda: asking(*(each.known for each in both), quorum=2)
    trail.sealed(1)
    both[1].stand.end()
    trail.storage.grow(5)
    for act in (trail.sealer().seal, trail.sealer().seal, trail.sealer().start):
        with pytest.raises(Unwitnessed, match="1 of 2 organisations"):
            act()
    published = trail.audit()
    assert published is not None
    assert (published.size, parse_checkpoint(trail.lock.read() or b"").size) == (1, 5)
    trail.storage.grow(8)
    both[1].stand.begin(tmp_path / "second", trail.key.verifier)
    trail.sealer().seal()
    assert trail.audit() == Checkpoint(ORIGIN, 8, expected_root(8))
    assert cosigners(trail, *both) == BOTH


def test_a_quorum_counts_organisations_and_not_witnesses(both: tuple[Listening, Listening], trail: Trail) -> None:
    """Two witnesses of one agency are one opinion."""
    one, two = (each.known for each in both)
    trail.witnesses = lambda: asking(one, two, quorum=1, agency=True)
    trail.sealer().seal()
    assert cosigners(trail, *both) == BOTH
    with pytest.raises(Misconfigured, match="asks for 2 organisations, and gives the addresses of 1"):
        asking(one, two, quorum=2, agency=True)


def test_who_did_not_answer_in_time_is_asked_all_the_same_where_the_quorum_needs_it(
    both: tuple[Listening, Listening], trail: Trail, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Patience is for the others' sake. Nobody is asked twice at once; whose question is over is asked again."""
    monkeypatch.setattr("api.cosigning.AGAIN", 0.0)
    with wrong("wrong.invalid/w", None) as silent:
        client = asking(both[0].known, silent.known, quorum=2, seconds=SILENT)
        trail.witnesses = lambda: client
        for _ in range(2):
            with pytest.raises(Unwitnessed):
                trail.sealer().seal()
        assert silent.connections >= 1
        client._at_work["wrong.invalid/w"].join()
        assert client._due() == ["one.invalid/w", "wrong.invalid/w"]
        over = threading.Event()
        client._at_work["wrong.invalid/w"] = asking_on = threading.Thread(target=over.wait, daemon=True)
        asking_on.start()
        assert client._due() == ["one.invalid/w"], "the silent one is still at a question"
        over.set()
        asking_on.join()


def forked(trail: Trail, folder: Path, size: int, other: int) -> Trail:
    """A second history under the same key: the trail's entries up to a size, then others."""
    made = Trail(folder, 1)
    made.sealer().seal()
    made.storage.rows = trail.storage.rows[:size]
    made.storage.rows += [b"other %d" % position for position in range(size, other)]
    return made


@pytest.mark.parametrize(("common", "ours", "theirs"), [(4, 9, 9), (4, 12, 9), (1, 300, 260), (256, 300, 257)])
def test_attack_two_histories_become_evidence(
    common: int, ours: int, theirs: int, both: tuple[Listening, Listening], trail: Trail, tmp_path: Path
) -> None:
    """A witness has cosigned one history; the other is not published, and both checkpoints are kept with the proof."""
    trail.witnesses = lambda: asking(both[0].known)
    trail.sealed(1, theirs)
    fork = forked(trail, tmp_path / "fork", common, ours)
    fork.witnesses = lambda: asking(both[1].known, both[0].known)
    for act in (fork.sealer().seal, fork.sealer().seal, fork.sealer().start):
        with pytest.raises(Diverged, match=r"two histories were signed.*evidence"):
            act()
    assert parse_checkpoint((fork.folder / "checkpoint").read_bytes().partition(b"\n\n")[0] + b"\n").size == 1
    (file, *_) = sorted((tmp_path / "fork" / "evidence").iterdir())
    evidence = parse_evidence(file.read_bytes())
    first, second = verify_evidence(evidence, [trail.key.verifier])
    assert (first.size, second.size) == (theirs, ours)
    assert cosignatures(evidence.first, [both[0].stand.key.cosigner])
    assert cosignatures(evidence.second, [both[1].stand.key.cosigner])


@pytest.mark.usefixtures("both")
def test_attack_an_older_image_of_the_machine_is_put_back(trail: Trail, tmp_path: Path) -> None:
    """Database, lock store and trail are all of yesterday, and agree: only the witness knows, and nothing is signed."""
    trail.sealed(1, 9)
    shutil.copytree(tmp_path / "ledger", tmp_path / "yesterday")
    trail.sealed(12)
    old = Trail(tmp_path / "yesterday", 9)
    old.witnesses = trail.witnesses
    with pytest.raises(Diverged, match="is ahead: it says that it has cosigned size 12 of this trail, and 9 is sealed"):
        old.sealer().start()
    assert old.key.signed == []
    old.storage.rows += [b"another tenth"]
    with pytest.raises(Diverged, match="is ahead"):
        old.sealer().seal()
    assert old.key.signed == [] or parse_checkpoint(old.key.signed[-1]).size == 10
    assert parse_checkpoint((old.folder / "checkpoint").read_bytes().partition(b"\n\n")[0] + b"\n").size == 9


@pytest.mark.parametrize("shown", ["nothing", "garbage", "another's", "the true one"])
def test_attack_a_witness_cannot_make_evidence_up(
    shown: str, both: tuple[Listening, Listening], trail: Trail, tmp_path: Path
) -> None:
    """It refuses with 422 and shows something: without the log's key it is a failure like any other."""
    text = Checkpoint(ORIGIN, 1, bytes(32)).text()
    note = SigningKey.generate(ORIGIN).sign(text)
    body = {
        "nothing": b"",
        "garbage": b"\xff\n\n\xff",
        "another's": note + FALSE.cosign(text, NOW),
        "the true one": trail.key.verifier.vkey.encode(),
    }[shown]
    head = b"HTTP/1.1 422 No\r\nContent-Length: %d\r\n\r\n" % len(body)
    with wrong("wrong.invalid/w", head + body) as bad:
        trail.witnesses = lambda: asking(bad.known, both[0].known)
        trail.sealed(1, 4)
    assert trail.audit() == Checkpoint(ORIGIN, 4, expected_root(4))
    assert not (tmp_path / "ledger" / "evidence").exists()


Start = Callable[[], HttpWitnesses]
SEALS = [(1, 2), (255, 257), (300, 600)]


@pytest.mark.parametrize("how", ["half", "after"])
@pytest.mark.parametrize(("before", "size"), SEALS)
def test_a_crash_at_any_step_of_a_witnessed_seal_is_healed(
    before: int,
    size: int,
    how: str,
    both: tuple[Listening, Listening],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The witness may have seen the new checkpoint or not: the next start publishes the very same, with its line."""
    made, state = tmp_path / "made", tmp_path / "seen"
    made.mkdir()
    sealed = Trail(made)
    both[0].stand.begin(state, sealed.key.verifier)
    sealed.witnesses = lambda: asking(both[0].known, quorum=1)
    sealed.sealed(1, before)
    disk = Disk(monkeypatch)
    for at in range(1, 1000):
        shutil.rmtree(tmp_path / "copy", ignore_errors=True)
        shutil.copytree(made, tmp_path / "copy")
        both[0].stand.end()
        shutil.rmtree(tmp_path / "state", ignore_errors=True)
        shutil.copytree(state, tmp_path / "state")
        both[0].stand.begin(tmp_path / "state", sealed.key.verifier)
        trail = Trail(tmp_path / "copy", size)
        trail.witnesses = sealed.witnesses
        with disk.failing(at, how):
            trail.sealer().seal()
        if not disk.happened(at):
            break
        assert stands(both[0]) in (before, size)
        trail.sealer().start()
        trail.sealer().seal()
        assert trail.audit() == Checkpoint(ORIGIN, size, expected_root(size))
        assert cosigners(trail, both[0]) == {"one.invalid/w"}
        assert stands(both[0]) == size
    assert at > 20, "the seal has fewer steps than it must have"


@pytest.mark.parametrize("quorum", [0, 1])
def test_a_witness_that_dies_while_it_is_asked_is_asked_again(
    quorum: int, both: tuple[Listening, Listening], trail: Trail
) -> None:
    """It has stored the checkpoint and not answered: it cosigns the same one again, and no other."""
    trail.witnesses = lambda: asking(both[0].known, quorum=quorum)
    trail.sealed(1)
    trail.storage.grow(4)
    dying = Dying(both[0].stand)
    with listening(dying) as address:
        trail.witnesses = lambda: asking(replace(both[0].known, url=address.known.url), quorum=quorum)
        if quorum:
            with pytest.raises(Unwitnessed):
                trail.sealer().seal()
        else:
            trail.sealer().seal()
    assert stands(both[0]) == 4
    trail.witnesses = lambda: asking(both[0].known, quorum=quorum)
    trail.sealer().start()
    trail.sealer().seal()
    assert cosigners(trail, both[0]) == {"one.invalid/w"}
    assert trail.audit() == Checkpoint(ORIGIN, 4, expected_root(4))


class Dying(Stand):
    """A witness that stores what it is shown, and is gone before it answers."""

    def __init__(self, stand: Stand) -> None:
        super().__init__("dying.invalid/w", 9)
        self._true: Witness = stand

    def add(self, body: bytes) -> bytes:
        self._true.add(body)
        raise OSError("gone")

    def latest(self, origin: str) -> bytes:
        return self._true.latest(origin)


@pytest.mark.usefixtures("both")
def test_what_is_published_verifies_for_who_knows_no_witness(trail: Trail) -> None:
    """Their lines stand behind the log's own."""
    trail.sealed(1)
    note = (trail.folder / "checkpoint").read_bytes()
    assert parse_checkpoint(open_note(note, [trail.key.verifier])).size == 1


def test_a_checkpoint_that_stands_for_long_is_cosigned_anew(both: tuple[Listening, Listening], trail: Trail) -> None:
    """One line by each witness, with its time of now; a reader sees that nothing newer was kept back."""
    trail.sealed(1, 5)
    path = trail.folder / "checkpoint"
    later = NOW + 3600
    both[0].stand.now = later
    sealer = Sealer(
        trail.folder, FileLockStore(trail.lock_folder), trail.key, trail.storage, trail.witnesses(), Pace(renew=3600)
    )
    sealer.tend()
    assert set(cosignatures(path.read_bytes(), [both[0].stand.key.cosigner]).values()) == {NOW}
    then = path.stat().st_mtime - 3600
    os.utime(path, (then, then))
    sealer.tend()
    note = path.read_bytes()
    both[0].stand.now = NOW
    times = cosignatures(note, [each.stand.key.cosigner for each in both])
    assert sorted(times.values()) == [NOW, later]
    assert note.count("\u2014".encode()) == 3
    assert trail.audit() == Checkpoint(ORIGIN, 5, expected_root(5))
