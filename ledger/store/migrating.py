"""The numbered migrations of a PostgreSQL database: which there are, which a database has, and applying the rest."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import psycopg

from ledger.errors import Broken, Misconfigured, Unreadable
from ledger.store.database import Database
from ledger.store.postgres_pool import connect, said

NAME: Final = re.compile(r"([0-9]{4})_([a-z_]+)\.sql", re.ASCII)
FOLDER: Final = Path(__file__).with_name("migrations")
LOCK: Final = 5642820473862742
"""Keeps two migrations of one database apart."""


@dataclass(frozen=True, slots=True)
class Migration:
    """One numbered file."""

    number: int
    name: str
    sql: str

    @property
    def digest(self) -> str:
        """SHA-256 of its text: a migration that was applied is never changed."""
        return hashlib.sha256(self.sql.encode()).hexdigest()


def migrations() -> list[Migration]:
    """All that this release knows, from 1 on without a gap."""
    found = [
        Migration(int(named[1]), named[2], file.read_text("utf-8"))
        for file in FOLDER.iterdir()
        if (named := NAME.fullmatch(file.name))
    ]
    return sorted(found, key=lambda each: each.number)


def applied(connection: psycopg.Connection[Any]) -> dict[int, str]:
    """The numbers and digests of the migrations that a database has; none where it has no tables of ours."""
    found = connection.execute("SELECT to_regclass('netral.migrations') IS NOT NULL").fetchone()
    if found is None or not found[0]:
        return {}
    return dict(connection.execute("SELECT number, digest FROM netral.migrations ORDER BY number").fetchall())


def require_current(connection: psycopg.Connection[Any]) -> None:
    """Misconfigured for a database that `netral migrate` must look after first; Unreadable for one from the future."""
    known, has = migrations(), applied(connection)
    if not has:
        raise Misconfigured("the database has no tables of Netral yet: make them with `netral migrate`, as their owner")
    newest = max(has)
    if newest > len(known):
        raise Unreadable(
            f"the database has schema {newest}, and this release reads schema {len(known)}: install the release that "
            "migrated it; `netral migrate` of this one cannot take it back"
        )
    if newest < len(known):
        raise Misconfigured(
            f"the database has schema {newest}, and this release needs schema {len(known)}: run `netral migrate` as "
            "its owner"
        )


def migrate(database: Database, tell: Callable[[Migration], None] = lambda _: None) -> int:
    """Apply what a database does not have yet, each in a transaction of its own; returns how many were applied.

    Broken where one fails, which is undone; those before it stand.
    """
    with connect(database) as connection:
        try:
            connection.execute("SELECT pg_advisory_lock(%s)", (LOCK,))
            has = applied(connection)
            if has and max(has) > len(migrations()):
                require_current(connection)
            for each in migrations():
                if each.number in has:
                    if has[each.number] != each.digest:
                        raise Broken(
                            f"migration {each.number} of this release is not the one that the database was given: "
                            "nothing was changed; install the release that migrated it"
                        )
                    continue
                with connection.transaction():
                    connection.execute(each.sql.encode())
                    connection.execute(
                        "INSERT INTO netral.migrations (number, name, digest) VALUES (%s, %s, %s)",
                        (each.number, each.name, each.digest),
                    )
                tell(each)
        except psycopg.Error as error:
            raise Broken(f"the database could not be migrated: {said(error)}") from error
        return len(migrations()) - len(has)
