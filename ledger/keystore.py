"""The key store: subject keys, the blind index that finds persons again, and the secrets that key our digests.

A file of its own with its own backups: the database without it opens nothing, and destroying a key here is how a person
is erased. Identifiers (NIP, NIK, accounts) stand in it as HMACs only, because they can be enumerated.
"""

from __future__ import annotations

import hmac
import secrets
import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from ledger.errors import Broken, Misconfigured
from ledger.sharing import SharedTransaction
from ledger.store.copying import copy_database
from ledger.values import Handle, Person, StreamId

CASE: Final = "case"
LOCK_TIMEOUT: Final = 30
"""Seconds that a writer waits for another process's transaction."""
TABLES = """
CREATE TABLE IF NOT EXISTS subjects (
    stream TEXT NOT NULL, of TEXT NOT NULL, key BLOB NOT NULL CHECK (length(key) = 32),
    PRIMARY KEY (stream, of)
) STRICT;
CREATE TABLE IF NOT EXISTS handles (
    stream TEXT NOT NULL, letter TEXT NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (stream, letter, number)
) STRICT;
CREATE TABLE IF NOT EXISTS handle_index (
    in_stream BLOB PRIMARY KEY, person BLOB NOT NULL,
    stream TEXT NOT NULL, letter TEXT NOT NULL, number INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS streams_of_person ON handle_index (person);
CREATE INDEX IF NOT EXISTS persons_in_streams ON handle_index (person, stream);
CREATE INDEX IF NOT EXISTS persons_of_handles ON handle_index (stream, letter, number);
CREATE TABLE IF NOT EXISTS number_index (
    number BLOB NOT NULL, stream TEXT NOT NULL, PRIMARY KEY (number, stream)
) STRICT;
CREATE TABLE IF NOT EXISTS destroyed (
    stream TEXT NOT NULL, of TEXT NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (stream, of, position)
) STRICT;
CREATE TABLE IF NOT EXISTS secrets (name TEXT PRIMARY KEY, value BLOB NOT NULL CHECK (length(value) = 32)) STRICT;
"""


class KeyStore:
    """Keys and handles; every write is durable before it returns, so no sealed value is recorded without its key."""

    def __init__(self, path: Path) -> None:
        self._secrets: dict[str, bytes] = {}
        self._drawn: set[str] = set()
        try:
            path.touch(mode=0o600, exist_ok=True)
            if path.stat().st_mode & 0o077:  # before anything is written: others could have it open already
                raise Misconfigured(
                    f"{path.name} can be read by others; make it readable by its owner only (chmod 600)"
                )
            self._connection = _connect(path)
            self._shared = SharedTransaction(self._connection, self._drawn.clear)
        except (OSError, sqlite3.Error) as error:
            raise Misconfigured(f"{path.name} cannot be opened as a key store: {error}") from error

    def close(self) -> None:
        """Close the file."""
        with self._shared.settled() as connection:
            connection.close()

    def copy_to(self, path: Path) -> None:
        """A copy of everything, as one transaction sees it, while others draw and destroy keys."""
        with _named(), self._shared.settled() as connection:
            copy_database(connection, path)

    @contextmanager
    def _read(self) -> Iterator[sqlite3.Cursor]:
        # A cursor resets its statement when it ends, and statements are shared: it must end before the next one's turn.
        with _named(), self._shared.reading() as connection, closing(connection.cursor()) as cursor:
            yield cursor

    @contextmanager
    def together(self) -> Iterator[None]:
        """Write all that is drawn inside durably at its end, in one transaction; or, after an error, none of it.

        Those who draw at the same time share the transaction.
        """
        with _named(), self._shared.writing():
            yield

    @contextmanager
    def _write(self) -> Iterator[sqlite3.Cursor]:
        with _named(), self._shared.writing() as connection, closing(connection.cursor()) as cursor:
            yield cursor

    def secret(self, name: str) -> bytes:
        """A 32-byte secret by its name, drawn at its first use; it never changes, so it is read once."""
        if (known := self._secrets.get(name)) is not None:
            return known
        with self._write() as cursor:
            row = cursor.execute("SELECT value FROM secrets WHERE name = ?", (name,)).fetchone()
            if row is None:
                row = (secrets.token_bytes(32),)
                cursor.execute("INSERT INTO secrets VALUES (?, ?)", (name, *row))
                self._drawn.add(name)
            if name not in self._drawn:  # else it is not durable yet
                self._secrets[name] = row[0]
            found: bytes = row[0]
            return found

    def new_subject_key(self, stream: StreamId, of: str) -> bytes:
        """The key under which values about one subject of one stream are encrypted, drawn at its first use."""
        with self._write() as cursor:
            key = _subject_key(cursor, stream, of)
            if key is None:
                key = secrets.token_bytes(32)
                cursor.execute("INSERT INTO subjects VALUES (?, ?, ?)", (stream, of, key))
        return key

    def subject_key(self, stream: str, of: str) -> bytes | None:
        """The key of a subject, or None when it was destroyed or never drawn."""
        with self._read() as cursor:
            return _subject_key(cursor, stream, of)

    def handle(self, stream: StreamId, person: Person) -> Handle:
        """A person's handle in a stream; somebody new, or somebody whom nothing finds again, gets the next number."""
        found_by = [
            (self._digest("handle", f"{stream}\n{person.letter}\n{key}"), self._digest("person", key))
            for key in person.keys
        ]
        with self._write() as cursor:
            known = self._known(cursor, [in_stream for in_stream, _ in found_by])
            if known is None:
                cursor.execute(
                    "INSERT INTO handles SELECT ?, ?, coalesce(max(number), 0) + 1 FROM handles"
                    " WHERE stream = ? AND letter = ? RETURNING letter, number",
                    (stream, person.letter, stream, person.letter),
                )
                known = cursor.fetchone()
            cursor.executemany(
                "INSERT OR IGNORE INTO handle_index VALUES (?, ?, ?, ?, ?)",
                [(in_stream, found, stream, *known) for in_stream, found in found_by],
            )
        return Handle(f"{known[0]}{known[1]}")

    def known_handle(self, stream: StreamId, key: str) -> Handle | None:
        """The handle that a member of staff has in a stream already; None for somebody who never acted in it."""
        found_by = self._digest("handle", f"{stream}\na\n{key}")
        with self._read() as cursor:
            query = "SELECT letter, number FROM handle_index WHERE in_stream = ?"
            found = cursor.execute(query, (found_by,)).fetchone()
        return None if found is None else Handle(f"{found[0]}{found[1]}")

    def reserve(self, given: Iterable[tuple[str, str]]) -> None:
        """Give no handle anew that a stream has given already: a key store put back from a backup does not know it."""
        handles = [(stream, of[0], int(of[1:])) for stream, of in given if of != CASE]
        with self._write() as cursor:
            cursor.executemany("INSERT OR IGNORE INTO handles VALUES (?, ?, ?)", handles)

    @staticmethod
    def _known(cursor: sqlite3.Cursor, digests: list[bytes]) -> tuple[str, int] | None:
        for digest in digests:
            cursor.execute("SELECT letter, number FROM handle_index WHERE in_stream = ?", (digest,))
            found: tuple[str, int] | None = cursor.fetchone()
            if found is not None:
                return found
        return None

    def streams_of(self, key: str) -> list[tuple[StreamId, Handle]]:
        """Every stream in which a person has a handle, found by their number through the blind index."""
        found_by = self._digest("person", key)
        with self._read() as cursor:
            rows = cursor.execute(
                "SELECT stream, letter, number FROM handle_index WHERE person = ? ORDER BY stream, letter, number",
                (found_by,),
            ).fetchall()
        return [(StreamId(stream), Handle(f"{letter}{number}")) for stream, letter, number in rows]

    def elsewhere(self, stream: StreamId, handle: Handle, *, kind: str) -> list[tuple[StreamId, Handle]]:
        """The same person's handles in the streams of one kind, found without any number of theirs being told."""
        query = (
            "SELECT DISTINCT other.stream, other.letter, other.number"
            " FROM handle_index AS one JOIN handle_index AS other ON other.person = one.person"
            " WHERE one.stream = ? AND one.letter = ? AND one.number = ? AND other.stream BETWEEN ? AND ?"
            " ORDER BY other.stream, other.letter, other.number"
        )
        with self._read() as cursor:
            rows = cursor.execute(query, (stream, handle[0], int(handle[1:]), f"{kind}-", f"{kind}-g")).fetchall()
        return [(StreamId(other), Handle(f"{letter}{number}")) for other, letter, number in rows]

    def same_in(self, stream: StreamId, handle: Handle, other: StreamId) -> list[Handle]:
        """The same person's handles in one other stream; as a rule one, or none."""
        query = (
            "SELECT DISTINCT other.letter, other.number"
            " FROM handle_index AS one JOIN handle_index AS other ON other.person = one.person AND other.stream = ?"
            " WHERE one.stream = ? AND one.letter = ? AND one.number = ? ORDER BY other.letter, other.number"
        )
        with self._read() as cursor:
            rows = cursor.execute(query, (other, stream, handle[0], int(handle[1:]))).fetchall()
        return [Handle(f"{letter}{number}") for letter, number in rows]

    def index_number(self, stream: StreamId, number: str) -> None:
        """Let a register or letter number find its case again."""
        found_by = self._digest("number", number.strip())
        with self._write() as cursor:
            cursor.execute("INSERT OR IGNORE INTO number_index VALUES (?, ?)", (found_by, stream))

    def streams_with_number(self, number: str) -> list[StreamId]:
        """Every case in which a number was told; one whose recording failed may be among them."""
        found_by = self._digest("number", number.strip())
        with self._read() as cursor:
            rows = cursor.execute(
                "SELECT stream FROM number_index WHERE number = ? ORDER BY stream", (found_by,)
            ).fetchall()
        return [StreamId(stream) for (stream,) in rows]

    def destroy(self, stream: StreamId, of: str, position: int) -> bool:
        """Erase one subject of a stream, as the fact at a position tells: its key, and what finds it again.

        Once for each fact: what is sealed about the same subject later has a key of its own. The handle's number is
        never given anew. Returns whether there was anything left to do.
        """
        with self._write() as cursor:
            cursor.execute("INSERT OR IGNORE INTO destroyed VALUES (?, ?, ?)", (stream, of, position))
            if not cursor.rowcount:
                return False
            cursor.execute("DELETE FROM subjects WHERE stream = ? AND of = ?", (stream, of))
            if of == CASE:
                cursor.execute("DELETE FROM number_index WHERE stream = ?", (stream,))
            else:
                # A key store from a backup may not know the handle yet: it is taken all the same.
                cursor.execute("INSERT OR IGNORE INTO handles VALUES (?, ?, ?)", (stream, of[0], int(of[1:])))
                cursor.execute(
                    "DELETE FROM handle_index WHERE stream = ? AND letter = ? AND number = ?",
                    (stream, of[0], int(of[1:])),
                )
        with _named(), self._shared.settled() as connection:
            # What was deleted must not linger in the write-ahead log.
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return True

    def _digest(self, purpose: str, text: str) -> bytes:
        return hmac.digest(self.secret("index"), f"netral-{purpose}/v1\n{text}".encode(), "sha256")


def _subject_key(cursor: sqlite3.Cursor, stream: str, of: str) -> bytes | None:
    cursor.execute("SELECT key FROM subjects WHERE stream = ? AND of = ?", (stream, of))
    found: tuple[bytes] | None = cursor.fetchone()
    return None if found is None else found[0]


@contextmanager
def _named() -> Iterator[None]:
    """Whatever SQLite raises, by a name of ours."""
    try:
        yield
    except sqlite3.Error as error:
        raise Broken(f"the key store failed: {error}") from error


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=LOCK_TIMEOUT, check_same_thread=False, isolation_level=None)
    try:
        _write_ahead(connection)
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA secure_delete=ON")
        connection.executescript(TABLES)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Turn the write-ahead log on; SQLite does not wait for the lock of this change, so ask again while it is taken."""
    until = time.monotonic() + LOCK_TIMEOUT
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(0.01)
        else:
            return
