"""What a PostgreSQL database says of itself, for the operator: may facts be entrusted to it, and as whom."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import psycopg

from ledger.errors import Broken, NetralError
from ledger.store.database import Database
from ledger.store.migrating import migrations, require_current
from ledger.store.postgres_pool import connect, said
from ledger.store.soundness import settings_of, unsound

CLOCKS: Final = 5.0
"""Seconds by which the server's clock and this machine's may differ before somebody should look."""
TRIGGERS: Final = 7
"""How many triggers guard the tables."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: its name, what was found, and whether it is as it must be."""

    name: str
    found: str
    right: bool = True


def examine(database: Database) -> list[Finding]:
    """Everything that can be asked without changing anything; Broken when the server cannot be reached."""
    with connect(database) as connection:
        try:
            return [
                *_server(connection),
                *_schema(connection),
                *_privileges(connection),
                *_clock(connection),
                *_replication(connection),
            ]
        except psycopg.Error as error:
            raise Broken(f"the database cannot be examined: {said(error)}") from error


def _one(connection: psycopg.Connection[Any], statement: str, *params: Any) -> Any:
    found = connection.execute(statement.encode(), params).fetchone()
    return None if found is None else found[0]


def _server(connection: psycopg.Connection[Any]) -> list[Finding]:
    settings = settings_of(connection)
    wrong = unsound(settings)
    told = ", ".join(f"{name}={settings.get(name)}" for name in ("fsync", "full_page_writes", "synchronous_commit"))
    major = int(settings["server_version_num"]) // 10_000
    return [
        Finding("server", f"PostgreSQL {major}, {settings['server_encoding']}"),
        Finding("durability", "; ".join(wrong) or told, not wrong),
        Finding(
            "page checksums",
            "on" if settings.get("data_checksums") == "on" else "off: a damaged page is found by the trail alone",
        ),
    ]


def _schema(connection: psycopg.Connection[Any]) -> list[Finding]:
    try:
        require_current(connection)
    except NetralError as error:
        return [Finding("schema", str(error), right=False)]
    guarding = _one(
        connection,
        "SELECT count(*) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n "
        "ON n.oid = c.relnamespace WHERE n.nspname = 'netral' AND NOT t.tgisinternal AND t.tgenabled = 'A'",
    )
    return [
        Finding("schema", f"version {len(migrations())}, as this release reads it"),
        Finding(
            "triggers",
            f"{guarding} of {TRIGGERS} always on"
            + ("" if guarding == TRIGGERS else ": somebody dropped or disabled one; compare the trail with an export"),
            guarding == TRIGGERS,
        ),
    ]


def _privileges(connection: psycopg.Connection[Any]) -> list[Finding]:
    """The role that the service uses may read and insert; whoever may do more could change what stands."""
    role, powerful = connection.execute(
        "SELECT current_user, rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
    ).fetchone() or ("?", True)
    if _one(connection, "SELECT to_regclass('netral.events') IS NULL"):
        return [Finding("role", f"{role}: there are no tables to ask about yet", right=False)]
    owner = _one(connection, "SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = 'netral.events'::regclass")
    more = [
        f"{privilege} {table}"
        for table in ("events", "vault", "idempotency")
        for privilege in ("UPDATE", "DELETE", "TRUNCATE", "TRIGGER")
        if _one(connection, "SELECT has_table_privilege(%s, %s)", f"netral.{table}", privilege)
    ]
    member = _one(connection, "SELECT pg_has_role(current_user, %s, 'MEMBER')", owner)
    if powerful or member or more:
        why = "a superuser" if powerful else f"a member of the owner, {owner}" if member else ", ".join(more)
        return [Finding("role", f"{role} is {why}: serve as a member of netral_writer and nothing else", right=False)]
    records = _one(connection, "SELECT has_table_privilege('netral.events', 'INSERT')")
    return [Finding("role", f"{role}, which may {'read and record' if records else 'read'}, of the owner {owner}")]


def _clock(connection: psycopg.Connection[Any]) -> list[Finding]:
    asked = time.monotonic()
    theirs = _one(connection, "SELECT clock_timestamp()")
    away = (time.monotonic() - asked) / 2
    apart = (theirs.astimezone(UTC) - datetime.now(UTC)).total_seconds() + away
    return [
        Finding(
            "clock",
            f"the server's is {abs(apart):.2f} s {'ahead of' if apart > 0 else 'behind'} this machine's; it dates "
            "what is recorded",
            abs(apart) <= CLOCKS,
        )
    ]


def _replication(connection: psycopg.Connection[Any]) -> list[Finding]:
    if _one(connection, "SELECT pg_is_in_recovery()"):
        behind = _one(
            connection,
            "SELECT CASE WHEN pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() THEN 0 "
            "ELSE extract(epoch FROM now() - pg_last_xact_replay_timestamp()) END",
        )
        return [Finding("standby", f"this server is one, {float(behind or 0):.1f} s behind; it records nothing")]
    found = connection.execute(
        "SELECT application_name, sync_state, pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn) "
        "FROM pg_stat_replication"
    ).fetchall()
    told = ", ".join(
        f"{name} ({state or 'not shown to this role'}{'' if lag is None else f', {lag} bytes behind'})"
        for name, state, lag in found
    )
    wanted = _one(connection, "SELECT current_setting('synchronous_standby_names')")
    if wanted:
        return [Finding("standbys", told or f"none is connected, and commits wait for {wanted}", bool(found))]
    return [
        Finding("standbys", told or "none"),
        Finding(
            "loss",
            "no standby is synchronous: a disk that is lost takes with it what came after the last backup, and the "
            "lock store shows it (docs/postgresql.md)",
        ),
    ]
