"""What a PostgreSQL server must be set to, so that it keeps what it acknowledges: asked at each start."""

from __future__ import annotations

from typing import Any, Final

import psycopg

from ledger.errors import Misconfigured

OLDEST: Final = 13
"""The oldest major version that is taken."""
MUST_NOT: Final = {
    "fsync": ("off", "what it acknowledges would not be on the disk"),
    "full_page_writes": ("off", "a power cut could tear a page that nothing repairs"),
    "synchronous_commit": ("off", "it would acknowledge before the record is on the disk"),
}


def settings_of(connection: psycopg.Connection[Any]) -> dict[str, str]:
    """The settings that matter here, as the server has them for this session."""
    names = [*MUST_NOT, "server_encoding", "server_version_num", "data_checksums", "synchronous_standby_names"]
    return dict(connection.execute("SELECT name, setting FROM pg_settings WHERE name = ANY (%s)", (names,)).fetchall())


def unsound(settings: dict[str, str]) -> list[str]:
    """What is wrong with a server's settings, one sentence each; none where facts may be entrusted to it."""
    wrong = [
        f"the PostgreSQL server has {name}={value}: {because}; set it to on"
        for name, (value, because) in MUST_NOT.items()
        if settings.get(name) == value
    ]
    if settings.get("server_encoding") != "UTF8":
        wrong.append(f"the database is in {settings.get('server_encoding')}: make it anew with ENCODING 'UTF8'")
    major = int(settings.get("server_version_num", "0")) // 10_000
    if major < OLDEST:
        wrong.append(f"the server is PostgreSQL {major}: {OLDEST} or newer is needed")
    return wrong


def require_sound(connection: psycopg.Connection[Any]) -> None:
    """Misconfigured for a server that could lose what it acknowledged."""
    if wrong := unsound(settings_of(connection)):
        raise Misconfigured("; ".join(wrong))
