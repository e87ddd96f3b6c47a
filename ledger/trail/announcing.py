"""Announcing a checkpoint: signing what stands in the lock store, asking the witnesses, publishing it.

Sealing decides what the next checkpoint is; from there on nothing decides any more. The published checkpoint may lag
behind the committed one, by a pace of its own or until enough witnesses have cosigned.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ledger.errors import Diverged
from ledger.trail import durable
from ledger.trail.checkpoint import Checkpoint, NoteInvalid, open_note, parse_checkpoint, read_note, split_note
from ledger.trail.cosigning import Ahead, Answer, Cosigned, Witnesses, quorum_missed
from ledger.trail.evidence import FOLDER, contradiction
from ledger.trail.keys import Keys
from ledger.trail.lockstore import FileLockStore
from ledger.trail.merkle import HashAt, consistency_proof
from ledger.trail.tiles import TileFolder


@dataclass(frozen=True, slots=True)
class Pace:
    """In seconds: publish `every` so often, at 0 at once; `renew` when nothing is new, at 0 never."""

    every: float = 0.0
    renew: float = 0.0


AT_ONCE: Final = Pace()


class Announcer:
    """The published checkpoint of one trail. The sealer's lock is held by whoever calls."""

    def __init__(
        self, folder: Path, lock: FileLockStore, keys: Keys, witnesses: Witnesses | None, pace: Pace = AT_ONCE
    ) -> None:
        self.path = folder / "checkpoint"
        self._folder = folder
        self._lock = lock
        self._keys = keys
        self._witnesses = witnesses
        self._pace = pace

    def latest(self) -> Checkpoint | None:
        """The published checkpoint, its signature verified; None before the first."""
        try:
            note = self.path.read_bytes()
        except FileNotFoundError:
            return None
        try:
            published = parse_checkpoint(split_note(note)[0])
            open_note(note, [self._keys.verifier(published.size)])
            return published
        except NoteInvalid as error:
            raise Diverged(
                f"the published checkpoint is not one by this ledger's key: {error}. If the key is the right one, "
                f"remove {self.path}: the text in the lock store is signed again"
            ) from error

    def due(self) -> bool:
        """Whether the pace lets a checkpoint be published now; told by the published one's age, whoever wrote it."""
        return self._age() >= self._pace.every

    def stale(self) -> bool:
        """Whether the witnesses are to say again that the published checkpoint is the newest one."""
        return self._witnesses is not None and 0 < self._pace.renew <= self._age()

    def announce(self, sealed: Checkpoint) -> None:
        """Sign what stands in the lock store, and publish it; its tiles lie in the folder already.

        Unwitnessed below the quorum; Diverged when the lock store holds another text, or a witness another trail.
        """
        text = self._lock.read()
        if text != sealed.text():
            raise Diverged(
                f"the lock store no longer holds the checkpoint of size {sealed.size} that was committed: another "
                "sealer writes to it. Nothing was signed; let one process seal this trail, and start again"
            )
        # A crash before the note is written loses a signature that nobody has seen: the same key over the same text
        # gives the same bytes again.
        note = self._keys.signing(sealed.size).sign(text)
        # A crash here loses lines that the witnesses give again.
        note += self._cosigned(note, sealed)
        # A crash before the rename: readers see the old checkpoint, and the next start comes here again.
        durable.replace(self.path, note)

    def ask_again(self, published: Checkpoint) -> None:
        """Ask where the witnesses stand, and publish the lines of those who had given none."""
        if self._witnesses is not None:
            self._add_lines(published, self._witnesses, renew=False)

    def renew(self, published: Checkpoint) -> None:
        """Publish what is published once more, with cosignatures of now: a reader sees that nobody kept back more."""
        if self._witnesses is not None:
            self._add_lines(published, self._witnesses, renew=True)

    def _age(self) -> float:
        """Seconds since the last publishing; a time in the future, of a clock that was set back, is none."""
        try:
            age = time.time() - self.path.stat().st_mtime
        except FileNotFoundError:
            return float("inf")
        return age if age >= 0 else float("inf")

    def _cosigned(self, note: bytes, sealed: Checkpoint) -> bytes:
        """The lines of the witnesses; Unwitnessed below the quorum, Diverged when one has seen another trail."""
        if self._witnesses is None:
            return b""
        answers = self._asked(note, sealed, self._witnesses)
        lines = {name: each.line for name, each in answers.items() if isinstance(each, Cosigned)}
        reached = self._witnesses.organisations(list(lines))
        if reached < self._witnesses.quorum:
            raise quorum_missed(sealed.size, reached, self._witnesses.quorum, answers)
        return b"".join(lines.values())

    def _add_lines(self, published: Checkpoint, witnesses: Witnesses, *, renew: bool) -> None:
        note = self.path.read_bytes()
        answers = self._asked(note, published, witnesses)
        given = {
            name: each.line
            for name, each in answers.items()
            if isinstance(each, Cosigned) and (renew or not witnesses.holds(name, note))
        }
        if given or renew:
            durable.replace(self.path, _renewed(note, b"".join(given.values())))

    def _asked(self, note: bytes, sealed: Checkpoint, witnesses: Witnesses) -> dict[str, Answer]:
        hash_at = TileFolder(self._folder).hash_at(sealed.size)
        answers = witnesses.ask(note, lambda old: consistency_proof(old, sealed.size, hash_at) if old else [])
        lines = b"".join(each.line for each in answers.values() if isinstance(each, Cosigned))
        for name, answer in answers.items():
            if isinstance(answer, Cosigned):
                continue
            if answer.held is not None and witnesses.holds(name, answer.held):
                self._require_the_same_trail(name, answer.held, note + lines, hash_at)
            if isinstance(answer, Ahead):
                raise Diverged(
                    f"the witness {name} is ahead: it says that it has cosigned size {answer.size} of this trail, and "
                    f"{sealed.size} is sealed here. An older image of this machine was put back. Put back the newer "
                    "one; if the witness cannot show a checkpoint by this ledger's key, it is wrong: take it out of "
                    "the policy (docs/recovery.md)"
                )
        return answers

    def _require_the_same_trail(self, name: str, held: bytes, ours: bytes, hash_at: HashAt) -> None:
        found = contradiction(held, ours, self._keys.verifiers(), hash_at)
        if found is not None:
            path = found.keep(self._folder.with_name(FOLDER))
            raise Diverged(
                f"the witness {name} holds a checkpoint by this ledger's key that this trail contradicts: two "
                f"histories were signed. Both are kept as evidence in {path}. Nothing more is published; show it to "
                "the auditors (docs/recovery.md)"
            )


def _renewed(note: bytes, lines: bytes) -> bytes:
    """A note with further lines, each in the place of an older one by the same witness."""
    text, held = read_note(note)
    fresh = read_note(text + b"\n" + lines)[1] if lines else []
    signers = {(each.name, each.key_id) for each in fresh}
    kept = [each for each in held if (each.name, each.key_id) not in signers]
    return text + b"\n" + b"".join(each.line() for each in (*kept, *fresh))
