"""Who opened sealed values, when and for what purpose: an append-only journal beside the ledger.

Opening is no act of a body and so no fact; but whoever looks into the confidential part of a case leaves a line here,
before anything is opened. A line names a member of staff and gives words of theirs, so it is encrypted (AES-256-GCM)
under a secret of the key store. What is disclosed to others is a fact (ValueDisclosed).
"""

from __future__ import annotations

import sqlite3
import threading
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from ledger.errors import Broken, Misconfigured
from ledger.keystore import KeyStore
from ledger.vault import GCM_NONCE_BYTES, Random

SECRET: Final = "journal"  # noqa: S105 (the name of a secret)
TABLES: Final = """
CREATE TABLE IF NOT EXISTS openings (
    number INTEGER PRIMARY KEY, stream TEXT NOT NULL, at TEXT NOT NULL, box BLOB NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS openings_of_stream ON openings (stream, number);
CREATE TRIGGER IF NOT EXISTS openings_are_not_updated BEFORE UPDATE ON openings
    BEGIN SELECT RAISE(ABORT, 'openings are never updated'); END;
CREATE TRIGGER IF NOT EXISTS openings_are_not_deleted BEFORE DELETE ON openings
    BEGIN SELECT RAISE(ABORT, 'openings are never deleted'); END;
"""


@dataclass(frozen=True, slots=True)
class Opening:
    """One look into the confidential part of a stream."""

    stream: str
    at: str
    office: str
    role: str
    account: str
    purpose: str


class Journal:
    """The journal of openings; a line is durable before `note` returns."""

    def __init__(self, path: Path, keys: KeyStore, random: Random) -> None:
        self._keys = keys
        self._random = random
        self._lock = threading.Lock()
        try:
            self._connection = sqlite3.connect(path, timeout=30, check_same_thread=False, isolation_level=None)
            self._connection.execute("PRAGMA journal_mode=WAL")
            self._connection.execute("PRAGMA synchronous=FULL")
            self._connection.executescript(TABLES)
        except sqlite3.Error as error:
            raise Misconfigured(f"{path.name} cannot be opened as a journal: {error}") from error

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()

    def note(self, opening: Opening) -> None:
        """Write one line."""
        nonce = self._random(GCM_NONCE_BYTES)
        box = nonce + self._cipher().encrypt(nonce, orjson.dumps(asdict(opening)), opening.stream.encode())
        with self._lock:
            self._connection.execute(
                "INSERT INTO openings (stream, at, box) VALUES (?, ?, ?)", (opening.stream, opening.at, box)
            )

    def of(self, stream: str) -> list[Opening]:
        """Who looked into a stream, oldest first; Broken when a line is not what was written."""
        with self._lock:
            rows = self._connection.execute(
                "SELECT box FROM openings WHERE stream = ? ORDER BY number", (stream,)
            ).fetchall()
        return [Opening(**orjson.loads(self._opened(box, stream))) for (box,) in rows]

    def _opened(self, box: bytes, stream: str) -> bytes:
        try:
            return self._cipher().decrypt(box[:GCM_NONCE_BYTES], box[GCM_NONCE_BYTES:], stream.encode())
        except (InvalidTag, ValueError):
            raise Broken("a line of the journal of openings is not what was written") from None

    def _cipher(self) -> AESGCM:
        return AESGCM(self._keys.secret(SECRET))
