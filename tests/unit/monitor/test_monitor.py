"""A monitor outside: what it has seen once nobody takes back, changes or keeps from it unnoticed.

The trail is served by the library's plain file server, which is all that a published trail needs.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from api.alarms import Round
from api.fetching import Address
from api.monitoring import HASHED, KEPT, Monitor
from ledger.trail.checkpoint import Checkpoint, SigningKey
from ledger.trail.evidence import parse_evidence, verify_evidence
from ledger.trail.policy import Organisation, Policy
from ledger.trail.tiles import Tile, encode_bundle
from tests.auditor import VERIFIER
from tests.unit.trail.trails import ORIGIN, Trail
from tests.unit.witness.served import NOW, Listening, Stand, asking, listening


def framed(position: int, say: str = "said") -> bytes:
    return b"netral-entry/v1\nposition %d\n%s" % (position, say.encode())


class Files(SimpleHTTPRequestHandler):
    """Keeps silent, and keeps the connection open."""

    protocol_version = "HTTP/1.1"
    asked: list[str] = []  # noqa: RUF012 (of the one server)

    def log_message(self, *_: Any) -> None:
        self.asked.append(self.path)


class World:
    """A trail, its file server, and a monitor with its state."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.trail = Trail(folder / "ledger")
        self.grow(1)
        Files.asked.clear()
        handler = partial(Files, directory=str(self.trail.folder))
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        self.policy: Policy | None = None
        self.now = float(NOW)
        self.silence = 0.0
        self.entries = True

    def grow(self, *sizes: int) -> None:
        for size in sizes:
            rows = self.trail.storage.rows
            rows += [framed(position) for position in range(len(rows), size)]
            self.trail.sealer().seal()

    def look(self) -> Round:
        address = Address(f"http://127.0.0.1:{self.server.server_address[1]}")
        watch = Monitor(
            address,
            self.folder / "seen",
            [self.trail.key.verifier],
            entries=self.entries,
            policy=self.policy,
            silence=self.silence,
            clock=lambda: self.now,
        )
        try:
            return watch.round()
        finally:
            address.close()

    def kinds(self) -> list[str]:
        return [each.kind for each in self.look().alarms]

    def replace_by(self, rows: list[bytes]) -> None:
        """The operator makes another history with the same key, and serves that."""
        other = Trail(self.folder / "other")
        for size in (1, len(rows)):
            other.storage.rows = rows[:size]
            other.sealer().seal()
        shutil.rmtree(self.trail.folder)
        shutil.copytree(other.folder, self.trail.folder)
        shutil.rmtree(self.folder / "other")


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    monkeypatch.setattr(os, "fsync", lambda _descriptor: None)
    made = World(tmp_path)
    yield made
    made.server.shutdown()
    made.server.server_close()


def test_a_trail_that_only_grows_is_well(world: World) -> None:
    """Every entry is hashed once; what was seen is kept."""
    for size in (1, 2, 255, 256, 257, 600, 600, 1030):
        world.grow(size)
        found = world.look()
        assert (found.alarms, found.size, found.hashed, found.entries) == ([], size, size, True)
        assert (world.folder / "seen" / KEPT).read_bytes() == (world.trail.folder / "checkpoint").read_bytes()


def test_without_the_right_to_read_entries_every_tile_is_hashed(world: World) -> None:
    """No bundle is asked for."""
    world.entries = False
    world.grow(1030)
    Files.asked.clear()
    assert world.look().hashed == 1030
    assert {name.split("/")[2] for name in Files.asked if "tile" in name} == {"0", "1"}


def test_what_was_hashed_is_not_fetched_again(world: World) -> None:
    """It goes on where it was, after an interruption too; the last bundle alone is read twice."""
    world.grow(700)
    world.look()
    world.grow(800)
    Files.asked.clear()
    world.look()
    bundles = [name for name in Files.asked if "entries" in name]
    assert bundles == ["/tile/entries/002", "/tile/entries/003.p/32"]
    (world.folder / "seen" / HASHED).write_text("256\n")
    Files.asked.clear()
    world.look()
    assert len([name for name in Files.asked if "entries" in name]) == 3


def test_attack_an_older_checkpoint_is_shown_again(world: World) -> None:
    """A rollback: what came between is kept back."""
    world.grow(9)
    old = (world.trail.folder / "checkpoint").read_bytes()
    world.grow(12)
    assert world.kinds() == []
    (world.trail.folder / "checkpoint").write_bytes(old)
    (alarm,) = world.look().alarms
    assert (alarm.kind, "size 9 is shown, and size 12 was shown before" in alarm.said) == ("rollback", True)
    evidence = parse_evidence(Path(alarm.evidence or "").read_bytes())
    assert evidence.first == old
    assert evidence.second == (world.folder / "seen" / KEPT).read_bytes()
    assert explained(world, alarm.evidence)[0] == 1, "both may be true"


def explained(world: World, evidence: str | None) -> tuple[int, str]:
    """What the auditor's verifier makes of a file that the monitor kept."""
    asked = [sys.executable, "-I", str(VERIFIER), "--evidence", str(evidence), "--key", world.trail.key.verifier.vkey]
    done = subprocess.run(asked, capture_output=True, text=True, check=False, timeout=60)
    return done.returncode, done.stdout


@pytest.mark.parametrize(("seen", "common", "shown"), [(9, 5, 9), (9, 5, 12), (300, 256, 400), (7, 1, 600)])
def test_attack_another_history_is_shown(world: World, seen: int, common: int, shown: int) -> None:
    """A fork, with both checkpoints and the proof in one file; what was seen first stays kept."""
    world.grow(seen)
    world.look()
    kept = (world.folder / "seen" / KEPT).read_bytes()
    rows = [framed(position) for position in range(common)]
    rows += [framed(position, "another") for position in range(common, shown)]
    world.replace_by(rows)
    for _ in range(2):
        (alarm,) = world.look().alarms
        assert alarm.kind == "fork"
        assert (world.folder / "seen" / KEPT).read_bytes() == kept
    found = parse_evidence(Path(alarm.evidence or "").read_bytes())
    first, second = verify_evidence(found, [world.trail.key.verifier])
    assert (first.size, second.size) == (seen, shown)
    status, told = explained(world, alarm.evidence)
    assert (status, f"at one size, {seen}, this key signed two roots" in told) == (0, True)


def rewrite(path: Path, old: bytes, new: bytes) -> None:
    data = path.read_bytes()
    assert old in data
    path.write_bytes(data.replace(old, new, 1))


def test_attack_an_entry_is_served_with_other_bytes(world: World) -> None:
    """Anywhere in the trail: each is hashed once."""
    world.grow(600)
    rewrite(world.trail.folder / Tile(None, 1, 256).path, b"position 300\nsaid", b"position 300\nsaiD")
    (alarm,) = world.look().alarms
    assert (alarm.kind, "position 300" in alarm.said) == ("altered", True)


@pytest.mark.parametrize("tile", [Tile(0, 0, 256), Tile(0, 2, 88), Tile(1, 0, 2)])
def test_attack_a_hash_tile_is_served_with_other_bytes(world: World, tile: Tile) -> None:
    """Whichever it is: below it or above it something does not fit."""
    world.entries = False
    world.grow(600)
    path = world.trail.folder / tile.path
    data = bytearray(path.read_bytes())
    data[40] ^= 1
    path.write_bytes(data)
    assert world.kinds() == ["altered"]


@pytest.mark.parametrize("tile", [Tile(0, 1, 256), Tile(1, 0, 2), Tile(None, 0, 256), Tile(None, 2, 88)])
@pytest.mark.parametrize("how", ["missing", "cut"])
def test_attack_a_file_that_the_checkpoint_implies_is_kept_back(world: World, tile: Tile, how: str) -> None:
    """A gap; once it is there again, the monitor goes on."""
    world.grow(600)
    path = world.trail.folder / tile.path
    data = path.read_bytes()
    if how == "missing":
        path.unlink()
    else:
        path.write_bytes(data[:-1])
    assert world.kinds() == ["gap"]
    path.write_bytes(data)
    assert world.kinds() == []


def test_attack_an_entry_is_sealed_at_another_position_than_its_own(world: World) -> None:
    """The operator sealed it so; the entry says where it stood."""
    world.trail.storage.rows += [framed(2), framed(1)]
    world.trail.sealer().seal()
    (alarm,) = world.look().alarms
    assert (alarm.kind, "position 1 says" in alarm.said) == ("gap", True)


def test_attack_a_checkpoint_by_another_key(world: World) -> None:
    """Or by nobody, or no checkpoint at all."""
    path = world.trail.folder / "checkpoint"
    text = path.read_bytes().partition(b"\n\n")[0] + b"\n"
    path.write_bytes(SigningKey.generate(ORIGIN).sign(text))
    assert world.kinds() == ["signature"]
    path.write_bytes(b"\xff\n")
    assert world.kinds() == ["signature"]
    path.unlink()
    assert world.kinds() == ["gap"]


def test_attack_a_signed_root_that_no_tiles_give(world: World) -> None:
    """The key signed something that was never a tree."""
    note = SigningKey(ORIGIN, world.trail.key.private).sign(Checkpoint(ORIGIN, 9, bytes(32)).text())
    world.grow(9)
    (world.trail.folder / "checkpoint").write_bytes(note)
    assert world.kinds() == ["altered"]


def test_nothing_new_for_too_long_is_an_alarm(world: World) -> None:
    """By the monitor's own clock, where no witness tells the time."""
    world.silence = 100
    world.grow(5)
    assert world.kinds() == []
    world.now += 100
    assert world.kinds() == []
    world.now += 1
    assert world.kinds() == ["silence"]
    world.grow(6)
    assert world.kinds() == []


def test_an_address_that_does_not_answer_is_told_and_becomes_silence(world: World) -> None:
    """A network that fails for a minute is no attack."""
    world.silence = 100
    world.look()
    world.server.shutdown()
    world.server.server_close()
    assert world.kinds() == ["unreachable"]
    world.now += 101
    assert world.kinds() == ["silence"]


@pytest.fixture
def witness() -> Iterator[Listening]:
    with listening(Stand("one.invalid/w", 1)) as made:
        yield made


def watched(world: World, witness: Listening) -> None:
    """The monitor believes only what this witness cosigned."""
    witness.stand.begin(world.folder / "w", world.trail.key.verifier)
    known = witness.known
    world.policy = Policy((), (known,), (Organisation("one", (known,), 1),), 1)
    world.trail.witnesses = lambda: asking(known)


def test_a_checkpoint_below_the_quorum_is_an_alarm_and_a_cosigned_one_is_well(world: World, witness: Listening) -> None:
    """The operator's word alone is not what this monitor asks for."""
    watched(world, witness)
    assert world.kinds() == ["unwitnessed"]
    world.grow(5)
    found = world.look()
    assert (found.alarms, found.cosigned) == ([], ["one.invalid/w"])


def test_attack_the_witness_lines_are_stripped_or_forged(world: World, witness: Listening) -> None:
    """Fewer lines are below the quorum; a false one condemns the note."""
    watched(world, witness)
    world.grow(5)
    path = world.trail.folder / "checkpoint"
    good = path.read_bytes()
    path.write_bytes(good[: good.rindex("\u2014".encode())])
    assert world.kinds() == ["unwitnessed"]
    path.write_bytes(good[: good.rindex("\u2014".encode())] + witness.stand.key.cosign(b"another\n", NOW))
    assert world.kinds() == ["signature"]


def test_silence_is_told_by_the_witnesses_clocks(world: World, witness: Listening) -> None:
    """An operator who shows an old checkpoint cannot make its cosignatures younger."""
    watched(world, witness)
    world.silence = 100
    world.grow(5)
    world.now += 101
    assert world.kinds() == ["silence"]
    witness.stand.now = int(world.now)
    world.grow(6)
    assert world.kinds() == []
    witness.stand.now = NOW


def test_attack_the_witness_was_shown_another_history(world: World, witness: Listening) -> None:
    """This monitor sees a true trail from its first day on; so does the witness, and the two are not the same."""
    watched(world, witness)
    world.grow(9)
    world.replace_by([framed(0), *(framed(position, "another") for position in range(1, 12))])
    alarms = world.look().alarms
    assert [each.kind for each in alarms] == ["unwitnessed", "fork"]
    first, second = verify_evidence(
        parse_evidence(Path(alarms[1].evidence or "").read_bytes()), [world.trail.key.verifier]
    )
    assert (first.size, second.size) == (9, 12)


def test_encoded_bundles_are_what_is_served(world: World) -> None:
    """The tests' own trail is one as the ledger publishes it."""
    world.grow(3)
    path = world.trail.folder / Tile(None, 0, 3).path
    assert path.read_bytes() == encode_bundle([framed(0), framed(1), framed(2)])
