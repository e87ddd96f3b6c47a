"""Attacks on what is recorded: the same ways for the administrator, who hopes, and for the signer, who signs it too."""

from __future__ import annotations

import secrets
import sqlite3
from contextlib import closing
from dataclasses import replace

from api.drill.attack import body_with, fresh, of_topic, streams
from api.drill.world import World
from api.wiring import LEDGER_DB
from ledger.codec import Entry

OLD = 5
"""A position that the last bundle is far away from."""


def edit_in_place(world: World) -> None:
    """UPDATE, as if there were no triggers."""
    with closing(sqlite3.connect(world.ledger / LEDGER_DB)) as connection:
        try:
            connection.execute("UPDATE events SET topic = 'complaint.traced.v1' WHERE position = 3")
            connection.commit()
        except sqlite3.Error:
            world.noticed.add("store")


def replace_in_place(world: World) -> None:
    """INSERT OR REPLACE, which passes triggers on deleting."""
    with closing(sqlite3.connect(world.ledger / LEDGER_DB)) as connection:
        try:
            connection.execute("INSERT OR REPLACE INTO events SELECT * FROM events WHERE position = 3")
            connection.commit()
        except sqlite3.Error:
            world.noticed.add("store")


def edit_newest(world: World) -> None:
    _edit(world, -1)


def edit_old(world: World) -> None:
    _edit(world, OLD)


def _edit(world: World, position: int) -> None:
    entry = world.rows()[position]
    changed = body_with(entry, nonce=secrets.token_hex(16))
    world.sql("UPDATE events SET body = ? WHERE position = ?", changed.body, entry.position)


def edit_rulebook(world: World) -> None:
    """The law that was in force becomes another one: a limit of three days had been five."""
    _edit(world, of_topic(world.rows(), "rulebook.regulation_adopted").position)


def edit_calendar(world: World) -> None:
    """A day off becomes a working day."""
    _edit(world, of_topic(world.rows(), "calendar.adopted").position)


def delete_one(world: World) -> None:
    """A gap is left."""
    world.sql("DELETE FROM events WHERE position = ?", OLD)


def delete_and_close(world: World) -> None:
    """The gap is closed: every later entry moves up."""
    world.rewrite(lambda rows: [each for each in rows if each.position != OLD])


def truncate(world: World) -> None:
    world.sql("DELETE FROM events WHERE position > ?", world.rows()[-8].position)


def drop_last_of_stream(world: World) -> None:
    """A complaint loses its last event, and every later entry moves up."""
    stream = streams(world.rows(), "complaint", 1)[0]

    def without(rows: list[Entry]) -> list[Entry]:
        last = max(each.position for each in rows if each.stream == stream)
        return [each for each in rows if each.position != last]

    world.rewrite(without)


def drop_stream(world: World) -> None:
    """A complaint was never filed."""
    stream = streams(world.rows(), "complaint", 1)[0]
    world.rewrite(lambda rows: [each for each in rows if each.stream != stream])


def reorder(world: World) -> None:
    """Two neighbours, of different streams, change places."""

    def swapped(rows: list[Entry]) -> list[Entry]:
        index = next(i for i in range(OLD, len(rows) - 1) if rows[i].stream != rows[i + 1].stream)
        rows[index], rows[index + 1] = rows[index + 1], rows[index]
        return rows

    world.rewrite(swapped)


def insert(world: World) -> None:
    """An act that nobody did stands in the past; all later entries move down."""

    def inserted(rows: list[Entry]) -> list[Entry]:
        model = of_topic(rows, "election.announced")
        made = replace(fresh(model), stream=f"election-{secrets.token_hex(16)}")
        return [*rows[: model.position + 1], made, *rows[model.position + 1 :]]

    world.rewrite(inserted)


def backdate(world: World) -> None:
    """A complaint was recorded a day earlier than it was."""
    entry = of_topic(world.rows(), "complaint.filed")
    day = f"{int(entry.at[8:10]) - 1:02}" if entry.at[8:10] != "01" else "01"
    earlier = f"{entry.at[:8]}{day}T00:00:00Z"
    world.sql("UPDATE events SET at = ? WHERE position = ?", earlier, entry.position)


def swap_cases(world: World) -> None:
    """What was decided about one is now about the other."""
    one, other, *_ = streams(world.rows(), "complaint", 2)
    names = {one: other, other: one}
    world.rewrite(lambda rows: [replace(each, stream=names.get(each.stream, each.stream)) for each in rows])


def inject_header(world: World) -> None:
    """A topic with a line end would frame as two header lines."""
    entry = world.rows()[-1]
    world.sql("UPDATE events SET topic = ? WHERE position = ?", f"{entry.topic}\nposition 0", entry.position)


def append(world: World, entry: Entry) -> None:
    """Put an entry at the end, as the database lets anybody who may insert."""
    with closing(sqlite3.connect(world.ledger / LEDGER_DB)) as connection:
        connection.execute(
            "INSERT INTO events (position, stream, version, topic, at, body) VALUES (?,?,?,?,?,?)",
            (entry.position, entry.stream, entry.version, entry.topic, entry.at, entry.body),
        )
        connection.commit()


def _next(rows: list[Entry], entry: Entry) -> Entry:
    versions = [each.version for each in rows if each.stream == entry.stream]
    return replace(entry, position=len(rows), version=max(versions, default=0) + 1, at=rows[-1].at)


def forge_act(world: World) -> None:
    """Well-formed, new, and in the name of somebody who did nothing."""
    rows = world.rows()
    made = replace(fresh(of_topic(rows, "election.announced")), stream=f"election-{secrets.token_hex(16)}")
    append(world, _next(rows, made))


def replay_handover(world: World) -> None:
    """A file is handed over once more, by the very bytes of the first time."""
    rows = world.rows()
    append(world, _next(rows, of_topic(rows, "complaint.referral_offered")))


def copy_commitment(world: World) -> None:
    """What is sealed in one case is made to stand in another one too."""
    rows = world.rows()
    other = streams(rows, "complaint", 2)[1]
    model = of_topic([each for each in rows if each.stream != other], "complaint.respondent_named")
    append(world, _next(rows, replace(body_with(model, nonce=secrets.token_hex(16)), stream=other)))


def replace_sealed(world: World) -> None:
    """A sealed value is put in the place of another one."""
    world.sql(
        "UPDATE vault SET box = (SELECT box FROM vault AS v WHERE v.commitment <> vault.commitment AND v.of = vault.of "
        "AND v.stream = vault.stream LIMIT 1) WHERE commitment = (SELECT a.commitment FROM vault a JOIN vault b ON "
        "a.stream = b.stream AND a.of = b.of AND a.commitment <> b.commitment ORDER BY a.commitment LIMIT 1)"
    )
