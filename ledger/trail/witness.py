"""A witness (C2SP tlog-witness): it cosigns a checkpoint once it was shown to continue the one that it cosigned before.

It keeps one checkpoint for each log, in a database of its own, and trusts the first one that it sees. Looking, checking
and storing are one transaction, and what is stored is on the disk before anybody is told: so no two checkpoints that
contradict each other are ever cosigned, whoever asks at once and whenever the process is killed.
"""

from __future__ import annotations

import re
import sqlite3
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from ledger.errors import Conflict, Denied, Invalid, Misconfigured, Missing
from ledger.trail import durable
from ledger.trail.checkpoint import (
    Checkpoint,
    NoteInvalid,
    Verifier,
    of_base64,
    open_note,
    parse_checkpoint,
    read_note,
    to_base64,
)
from ledger.trail.cosignature import CosigningKey
from ledger.trail.merkle import HASH_LENGTH, ProofInvalid, verify_consistency

MAX_REQUEST: Final = 1 << 16
"""Bytes; more than any checkpoint with 63 hashes and 100 signatures."""
MAX_HASHES: Final = 63
HEAD = re.compile(r"old (0|[1-9][0-9]{0,15})", re.ASCII)
KEY: Final = "witness.key"
DATABASE: Final = "witness.db"
TABLES: Final = """
CREATE TABLE IF NOT EXISTS checkpoints (
    origin TEXT PRIMARY KEY NOT NULL, size INTEGER NOT NULL CHECK (size > 0),
    root BLOB NOT NULL CHECK (length(root) = 32), note BLOB NOT NULL
) STRICT;
CREATE TRIGGER IF NOT EXISTS checkpoints_only_grow BEFORE UPDATE ON checkpoints
    WHEN NEW.origin <> OLD.origin OR NEW.size < OLD.size OR (NEW.size = OLD.size AND NEW.root <> OLD.root)
    BEGIN SELECT RAISE(ABORT, 'a witness never goes back'); END;
CREATE TRIGGER IF NOT EXISTS checkpoints_are_not_deleted BEFORE DELETE ON checkpoints
    BEGIN SELECT RAISE(ABORT, 'a witness never forgets'); END;
"""


class WitnessUnready(Misconfigured):
    """The witness cannot begin: its folder or its address is not as it must be."""


class UnknownLog(Missing):
    """The checkpoint is that of a log which this witness does not watch."""


class Untrusted(Denied):
    """No key that this witness trusts for the log signed the checkpoint, or one of them is quoted falsely."""


class Malformed(Invalid):
    """The request cannot be meant: what it asks to continue is longer than what it shows."""


class Elsewhere(Conflict):
    """The asker went on from another size than this witness knows: ask again, from that one."""

    def __init__(self, size: int) -> None:
        super().__init__(f"the newest checkpoint known here has size {size}")
        self.size = size


@dataclass(frozen=True, slots=True)
class Request:
    """A checkpoint to cosign, and the proof that it continues the trail of size `old`; 0 where none was shown yet."""

    old: int
    hashes: tuple[bytes, ...]
    note: bytes

    def encoded(self) -> bytes:
        """The body of a request."""
        lines = [f"old {self.old}", *map(to_base64, self.hashes), "", ""]
        return "\n".join(lines).encode() + self.note


def parse_request(body: bytes) -> Request:
    """Read the body of a request; NoteInvalid unless it is spelt in the one way. The note itself is not looked at."""
    head, parted, note = body.partition(b"\n\n")
    if not parted or len(body) > MAX_REQUEST:
        raise NoteInvalid("request", "a head, an empty line and a signed checkpoint are expected")
    try:
        first, *lines = head.decode("ascii").split("\n")
    except UnicodeDecodeError as error:
        raise NoteInvalid("request", "its head is not ASCII") from error
    found = HEAD.fullmatch(first)
    if found is None:
        raise NoteInvalid("old", "the line `old` with a decimal number is expected")
    hashes = tuple(of_base64(line, "proof") for line in lines)
    if len(hashes) > MAX_HASHES or any(len(each) != HASH_LENGTH for each in hashes):
        raise NoteInvalid("proof", f"at most {MAX_HASHES} hashes of {HASH_LENGTH} bytes are expected")
    return Request(int(found[1]), hashes, note)


class Witness:
    """One witness: its key, the logs that it watches, and what it cosigned last of each."""

    def __init__(self, folder: Path, key: CosigningKey, logs: Iterable[Verifier], clock: Callable[[], float]) -> None:
        """A log may have several keys, old and new; their name is its origin. `clock` gives seconds since 1970."""
        self._key = key
        self._clock = clock
        self._logs: dict[str, list[Verifier]] = {}
        for log in logs:
            self._logs.setdefault(log.name, []).append(log)
        self._lock = threading.Lock()
        try:
            self._database = sqlite3.connect(
                folder / DATABASE, timeout=30, check_same_thread=False, isolation_level=None
            )
            self._database.execute("PRAGMA journal_mode=WAL")
            self._database.execute("PRAGMA synchronous=FULL")
            self._database.executescript(TABLES)
        except sqlite3.Error as error:
            raise WitnessUnready(f"{folder / DATABASE} cannot be opened as a witness's database: {error}") from error

    @classmethod
    def open(cls, folder: Path, name: str | None, logs: Iterable[Verifier], clock: Callable[[], float]) -> Self:
        """The witness of a folder, made if it is new; WitnessUnready when it has another name already."""
        return cls(folder, read_or_make_key(folder, name), logs, clock)

    @property
    def vkey(self) -> str:
        """The key that others put into their policies."""
        return self._key.cosigner.vkey

    def close(self) -> None:
        """Close the database."""
        with self._lock:
            self._database.close()

    def add(self, body: bytes) -> bytes:
        """Cosign a checkpoint, and return the signature line.

        Errors in the order of their asking: NoteInvalid (the request cannot be read), UnknownLog, Untrusted,
        NoteInvalid (the checkpoint cannot be read), Malformed, Elsewhere, ProofInvalid.
        """
        request = parse_request(body)
        text, _ = read_note(request.note)
        origin = text.decode().partition("\n")[0]
        if origin not in self._logs:
            raise UnknownLog("no such log is watched here")
        try:
            open_note(request.note, self._logs[origin])
        except NoteInvalid as error:
            raise Untrusted(f"not signed as this log must be: {error}") from error
        shown = parse_checkpoint(text)
        if request.old > shown.size:
            raise Malformed("old", f"size {shown.size} cannot continue size {request.old}")
        return self._checked_and_stored(shown, request)

    def latest(self, origin: str) -> bytes:
        """The newest checkpoint of a log that was cosigned here, with the cosignature; UnknownLog if there is none."""
        with self._lock:
            found = self._database.execute("SELECT note FROM checkpoints WHERE origin = ?", (origin,)).fetchone()
        if found is None:
            raise UnknownLog("no checkpoint of such a log was cosigned here")
        return bytes(found[0])

    def _checked_and_stored(self, shown: Checkpoint, request: Request) -> bytes:
        """One transaction, which holds the writer's lock from before the looking: other processes wait too."""
        with self._lock:
            self._database.execute("BEGIN IMMEDIATE")
            try:
                found = self._database.execute(
                    "SELECT size, root FROM checkpoints WHERE origin = ?", (shown.origin,)
                ).fetchone()
                known = 0 if found is None else int(found[0])
                if request.old != known:
                    raise Elsewhere(known)
                require_continued(known, None if found is None else bytes(found[1]), shown, request.hashes)
                line = self._key.cosign(shown.text(), int(self._clock()))
                self._database.execute(
                    "INSERT INTO checkpoints (origin, size, root, note) VALUES (?, ?, ?, ?) ON CONFLICT (origin) "
                    "DO UPDATE SET size = excluded.size, root = excluded.root, note = excluded.note",
                    (shown.origin, shown.size, shown.root, self._kept(shown.origin, request.note) + line),
                )
                # A crash before this is over has told nobody; after it, the asker is told where this witness stands.
                self._database.execute("COMMIT")
            except BaseException:
                if self._database.in_transaction:
                    self._database.execute("ROLLBACK")
                raise
        return line

    def _kept(self, origin: str, note: bytes) -> bytes:
        """The note with the lines of the log's own keys alone: whatever else came along was not looked at."""
        text, lines = read_note(note)
        trusted = {(each.name, each.key_id) for each in self._logs[origin]}
        return text + b"\n" + b"".join(line.line() for line in lines if (line.name, line.key_id) in trusted)


def require_continued(known: int, root: bytes | None, shown: Checkpoint, hashes: Sequence[bytes]) -> None:
    """ProofInvalid, unless a checkpoint continues the one of size `known`; at 0 everything does, without a proof."""
    if root is None:
        if hashes:
            raise ProofInvalid("proof", "from nothing there is nothing to prove")
        return
    verify_consistency(known, shown.size, root, shown.root, hashes)


def read_or_make_key(folder: Path, name: str | None) -> CosigningKey:
    """The witness's key, made if the folder has none; WitnessUnready when the one it has goes by another name."""
    path = folder / KEY
    durable.make_folder(folder)
    with durable.alone(folder / ".lock"):
        if not path.exists():
            key = CosigningKey.generate(name or "witness")
            if name is None:
                key = CosigningKey(f"witness.invalid/{key.cosigner.public.hex()[:16]}", key.private)
            # A crash before the rename: no key, and nobody was told one; the next start makes another.
            durable.replace_secret(path, f"{key.name}\n{key.seed.hex()}\n".encode())
            return key
    try:
        held, seed = path.read_text("utf-8").split()
        key = CosigningKey.from_seed(held, bytes.fromhex(seed))
    except (OSError, ValueError) as error:
        raise WitnessUnready(f"{path} cannot be read as a witness's key: put it back from a backup") from error
    if name not in (None, held):
        raise WitnessUnready(f"this witness is called {held}, not {name}: a name goes with its key for ever")
    return key
