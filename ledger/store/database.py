"""A PostgreSQL database by its URL, without the driver: a ledger in a file does not wait for that to be imported."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Database:
    """A PostgreSQL database by its URL, which may hold a password and is never shown."""

    url: str = field(repr=False)

    @property
    def name(self) -> str:
        """The database's name, for people."""
        from psycopg.conninfo import conninfo_to_dict

        return str(conninfo_to_dict(self.url).get("dbname", "the database"))
