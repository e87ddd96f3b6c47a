"""A monitor: it follows a trail from outside, and keeps what it has seen, so that nobody takes it back unnoticed.

Each round reads the newest checkpoint, shows by its tiles that it continues the one kept here, keeps it, and then
hashes every entry (or, without the right to read entries, every tile) again. It knows no ledger and believes nothing
but the key. What it finds wrong is an alarm with the evidence in a file; what it finds right is looked at once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from api.alarms import Alarm, Round
from api.fetching import Address, NotServed, ServedTiles, Source, Unreachable
from ledger.errors import Misconfigured, Unreadable
from ledger.trail import durable
from ledger.trail.checkpoint import Checkpoint, NoteInvalid, Verifier, open_note, parse_checkpoint, split_note
from ledger.trail.evidence import FOLDER, Evidence, contradiction
from ledger.trail.merkle import HashAt, leaf_hash, root_at, root_of
from ledger.trail.policy import Policy
from ledger.trail.tiles import LEVEL_BITS, WIDTH

KEPT: Final = "checkpoint"
HASHED: Final = "hashed"
CHANGED: Final = "changed"
STEP: Final = 64
"""Bundles between two notes of how far the hashing has come."""

Progress = Callable[[int, int], None]
"""Told how many entries were hashed, of how many."""


class Monitor:
    """What one watcher keeps of one trail, in a folder of its own."""

    def __init__(
        self,
        address: Source,
        state: Path,
        keys: Sequence[Verifier],
        *,
        entries: bool,
        policy: Policy | None = None,
        silence: float = 0.0,
        clock: Callable[[], float],
    ) -> None:
        """`keys` are the log's, of one name. `entries`: the address lets us read them. `silence` is in seconds, 0 for
        never; `clock` gives seconds since 1970."""
        if len({each.name for each in keys}) != 1:
            raise Misconfigured("a monitor watches one trail: its keys, old and new, have one name")
        self._address = address
        self._state = state
        self._keys = keys
        self._entries = entries
        self._policy = policy
        self._silence = silence
        self._clock = clock
        durable.make_folder(state)

    def round(self, progress: Progress = lambda _done, _of: None) -> Round:
        """Look once. Nothing is raised for what the log does wrong: that is an alarm."""
        found = Round(self._keys[0].name, entries=self._entries)
        try:
            note = self._read()
            shown = parse_checkpoint(open_note(note, self._keys))
            times = self._policy.cosigned(note) if self._policy else {}
        except Unreachable as error:
            found.alarms.append(self._alarm_of_silence(str(error)) or Alarm("unreachable", str(error)))
            return found
        except NotServed as error:
            found.alarms.append(Alarm("gap", str(error)))
            return found
        except NoteInvalid as error:
            found.alarms.append(Alarm("signature", f"the checkpoint is not signed as it must be: {error}"))
            return found
        found.size, found.root = shown.size, shown.root.hex()
        tiles = ServedTiles(self._address)
        try:
            hash_at = tiles.hash_at(shown.size)
            if self._continued(note, shown, hash_at, found):
                self._witnessed(times, found)
                self._ask_witnesses(note, hash_at, found)
                self._hash_again(shown, tiles, found, progress)
        except Unreachable as error:
            found.alarms.append(Alarm("unreachable", str(error)))
        except (NotServed, Unreadable) as error:
            found.alarms.append(Alarm("gap", str(error)))
        found.hashed = self._hashed()
        return found

    def kept(self) -> bytes | None:
        """The newest checkpoint that was found good."""
        try:
            return (self._state / KEPT).read_bytes()
        except FileNotFoundError:
            return None

    def _read(self) -> bytes:
        status, note = self._address.get("checkpoint")
        if status != 200:
            raise NotServed(f"no checkpoint is served ({status})")
        return note

    def _continued(self, note: bytes, shown: Checkpoint, hash_at: HashAt, found: Round) -> bool:
        """Whether the checkpoint continues the kept one; it is kept then."""
        kept = self.kept()
        before = None if kept is None else parse_checkpoint(split_note(kept)[0])
        if kept is not None and before is not None and shown.size < before.size:
            # To the same place as ever: an older true one is withheld growth, another one is a second history.
            found.alarms.append(self._back(kept, before, note, shown))
            return False
        if kept is not None and before is not None and shown.size == before.size and shown.root != before.root:
            evidence = Evidence(kept, note, shown.root, ())
            found.alarms.append(self._kept_as_evidence("fork", evidence, f"size {shown.size} has two roots"))
            return False
        if root_at(shown.size, hash_at) != shown.root:
            found.alarms.append(Alarm("altered", f"the tiles of size {shown.size} do not give the root that is signed"))
            return False
        if kept is not None:
            evidence_of = contradiction(kept, note, self._keys, hash_at)
            if evidence_of is not None:
                said = f"size {shown.size} does not continue size {before.size if before else 0}, which was kept here"
                found.alarms.append(self._kept_as_evidence("fork", evidence_of, said))
                return False
        # A crash between the two: the next round finds the same news, and tells its time again.
        if before != shown:
            durable.replace(self._state / CHANGED, f"{int(self._clock())}\n".encode())
        if kept != note:
            durable.replace(self._state / KEPT, note)
        return True

    def _back(self, kept: bytes, before: Checkpoint, note: bytes, shown: Checkpoint) -> Alarm:
        said = f"size {shown.size} is shown, and size {before.size} was shown before: what came between is kept back"
        return self._kept_as_evidence("rollback", Evidence(note, kept, before.root, ()), said)

    def _kept_as_evidence(self, kind: str, evidence: Evidence, said: str) -> Alarm:
        return Alarm(kind, said, str(evidence.keep(self._state / FOLDER)))

    def _witnessed(self, times: dict[str, int], found: Round) -> None:
        """Whose word the checkpoint carries, and how fresh it is."""
        found.cosigned = sorted(times)
        if self._policy is not None and not self._policy.satisfied_by(times):
            found.alarms.append(
                Alarm("unwitnessed", f"cosigned by {', '.join(sorted(times)) or 'nobody'}: below the quorum")
            )
        if alarm := self._alarm_of_silence(""):
            found.alarms.append(alarm)

    def _ask_witnesses(self, note: bytes, hash_at: HashAt, found: Round) -> None:
        """What the witnesses say that they have seen; only what the log itself signed counts."""
        for member in self._policy.members if self._policy else ():
            if not member.url:
                continue
            witness = Address(member.url, seconds=5.0)
            try:
                status, held = witness.get(f"checkpoint/{found.origin}")
            except Unreachable:
                continue  # whether the witnesses are up is told by the lines of the checkpoint
            finally:
                witness.close()
            evidence = contradiction(held, note, self._keys, hash_at) if status == 200 else None
            if evidence is not None:
                said = f"the witness {member.name} was shown another history than is served here"
                found.alarms.append(self._kept_as_evidence("fork", evidence, said))

    def _alarm_of_silence(self, because: str) -> Alarm | None:
        """Silence is told by the witnesses' clocks; where there is no policy, by when this monitor saw a change."""
        note = self.kept()
        if not self._silence or note is None:
            return None
        times: list[int] = []
        if self._policy is not None:
            times = list(self._policy.cosigned(note).values())
        if not times:
            times = [int((self._state / CHANGED).read_text())]
        quiet = self._clock() - max(times)
        if quiet <= self._silence:
            return None
        return Alarm("silence", f"nothing new for {int(quiet)} seconds" + (f": {because}" if because else ""))

    def _hashed(self) -> int:
        try:
            return int((self._state / HASHED).read_text())
        except FileNotFoundError:
            return 0

    def _hash_again(self, shown: Checkpoint, tiles: ServedTiles, found: Round, progress: Progress) -> None:
        """Hash everything that was not hashed before, bundle by bundle; the root was shown to be that of the tiles."""
        start, hash_at = self._hashed(), tiles.hash_at(shown.size)
        progress(start, shown.size)
        for index in range(start // WIDTH, (shown.size + WIDTH - 1) // WIDTH):
            width = min(WIDTH, shown.size - index * WIDTH)
            alarm = _tile_alarm(tiles, hash_at, index, width) or self._entry_alarm(tiles, index, width)
            if alarm is not None:
                found.alarms.append(alarm)
                return
            done = index * WIDTH + width
            if index % STEP == STEP - 1 or done == shown.size:
                durable.replace(self._state / HASHED, f"{done}\n".encode())
            progress(done, shown.size)

    def _entry_alarm(self, tiles: ServedTiles, index: int, width: int) -> Alarm | None:
        """What is wrong with a bundle, whose leaf hashes are known to be the tree's."""
        if not self._entries:
            return None
        hashes = tiles.hashes(0, index, width)
        for offset, entry in enumerate(tiles.bundle(index, width)):
            position = index * WIDTH + offset
            if leaf_hash(entry) != hashes[offset]:
                return Alarm("altered", f"the entry served at position {position} is not the one that is sealed")
            if not entry.startswith(b"netral-entry/v1\nposition %d\n" % position):
                return Alarm("gap", f"the entry sealed at position {position} says that it stands elsewhere")
        return None


def _tile_alarm(tiles: ServedTiles, hash_at: HashAt, index: int, width: int) -> Alarm | None:
    """What is wrong with a full tile, and with those above it that it opens: each must hash to its place above."""
    if width < WIDTH:
        return None  # a partial tile is a part of the root itself
    level = 0
    while True:
        if root_of(tiles.hashes(level, index, WIDTH)) != hash_at(LEVEL_BITS * (level + 1), index):
            return Alarm("altered", f"tile {index} of level {level} does not hash to its place in the tree")
        if (index + 1) % WIDTH:
            return None
        level, index = level + 1, index // WIDTH
