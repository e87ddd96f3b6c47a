"""The world of a drill: a ledger, two witnesses of two organisations, an auditor who kept things, a monitor outside.

It is a folder, so that each attack and each look at it has a copy of its own. The witnesses are real ones; only the way
to them is short.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, Self

from api.wiring import LEDGER_DB, LOCK, TRAIL, House, open_house
from ledger.clock import SimulatedClock
from ledger.codec import Entry, frame
from ledger.errors import Missing, NetralError
from ledger.signing import SIGNING_KEY, read_key
from ledger.trail.checkpoint import SigningKey, Verifier, parse_checkpoint, split_note, to_base64
from ledger.trail.cosignature import CosigningKey
from ledger.trail.cosigning import Ahead, Answer, Cosigned, Failed, ProofFrom
from ledger.trail.edge import Edge
from ledger.trail.merkle import ProofInvalid, consistency_proof
from ledger.trail.policy import Log, Member, Organisation, Policy
from ledger.trail.tiles import TileFolder
from ledger.trail.witness import Elsewhere, Request, Witness

LEDGER: Final = "ledger"
EARLY: Final = "early"
SPLIT: Final = "split"
KEPT: Final = "kept"
WATCH: Final = "watch"


class NotHere(Missing):
    """The ledger that is drilled holds nothing on which this attack could be tried."""


@dataclass
class World:
    """One copy of it all."""

    folder: Path
    now: datetime
    """What the ledger's machine takes the time to be."""
    true_now: datetime
    """What the time is: the witnesses and the monitor have clocks of their own."""
    keys: tuple[Verifier, ...]
    """The ledger's keys, old and new, as everybody outside knows them."""
    served: str = f"{LEDGER}/{TRAIL}"
    """What the outside is shown."""
    noticed: set[str] = field(default_factory=set)
    """Who stopped the attack while it was made."""

    @property
    def ledger(self) -> Path:
        """The ledger's folder."""
        return self.folder / LEDGER

    @property
    def trail(self) -> Path:
        """The ledger's own trail."""
        return self.ledger / TRAIL

    @property
    def early(self) -> Path:
        """The ledger as it was at an earlier day, with everything that belonged to it."""
        return self.folder / EARLY

    @property
    def shown(self) -> Path:
        """The trail that the outside is shown."""
        return self.folder / self.served

    def copy(self, folder: Path) -> Self:
        """The same, in another folder."""
        shutil.copytree(self.folder, folder)
        return replace(self, folder=folder, noticed=set(self.noticed))

    @contextmanager
    def opened(self, *, witnessed: bool) -> Iterator[House]:
        """The ledger, started as its operator would; with its witnesses or without any."""
        with closing(Witnesses(self)) as witnesses:
            house = open_house(self.ledger, clock=SimulatedClock(self.now), witnesses=witnesses if witnessed else None)
            try:
                yield house
            finally:
                house.close()

    def policy(self) -> Policy:
        """Whom the outside believes: the log's keys, and both organisations."""
        members = tuple(Member(key.name, key.cosigner) for key in witness_keys())
        groups = tuple(Organisation(each.name, (each,), 1) for each in members)
        return Policy(tuple(map(Log, self.keys)), members, groups, len(groups))

    def policy_text(self) -> str:
        """The same as the file that a verifier reads."""
        lines = [f"log {each.vkey}" for each in self.keys]
        for number, key in enumerate(witness_keys(), start=1):
            lines += [f"witness w{number} {key.cosigner.vkey}", f"group o{number} any w{number}"]
        return "\n".join([*lines, "group all all o1 o2", "quorum all", ""])

    # What an administrator of the database can do, and a codec or a trigger would not let happen.

    def sql(self, statement: str, *values: object) -> None:
        """Change the database with the triggers out of the way, and put them back."""
        with closing(sqlite3.connect(self.ledger / LEDGER_DB)) as connection:
            triggers = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
            for name, _ in triggers:
                connection.execute(f"DROP TRIGGER {name}")
            connection.execute(statement, values)
            for _, made in triggers:
                connection.execute(made)
            connection.commit()

    def rows(self) -> list[Entry]:
        """Every row, in the order of the trail."""
        with closing(sqlite3.connect(self.ledger / LEDGER_DB)) as connection:
            found = connection.execute("SELECT position, stream, version, topic, at, body FROM events ORDER BY 1")
            return [Entry(*each) for each in found]

    def rewrite(self, change: Callable[[list[Entry]], Sequence[Entry]]) -> None:
        """Put other rows in the place of all; positions are counted anew, versions too where they have gaps."""
        rows = [replace(each, position=position) for position, each in enumerate(change(self.rows()))]
        versions: dict[str, int] = {}
        for index, each in enumerate(rows):
            versions[each.stream] = versions.get(each.stream, 0) + 1
            rows[index] = replace(each, version=versions[each.stream])
        self.sql("DELETE FROM events")
        with closing(sqlite3.connect(self.ledger / LEDGER_DB)) as connection:
            connection.executemany(
                "INSERT INTO events (position, stream, version, topic, at, body) VALUES (?,?,?,?,?,?)",
                [(each.position, each.stream, each.version, each.topic, each.at, each.body) for each in rows],
            )
            connection.commit()

    # What only somebody with the signing key can do.

    def key(self) -> SigningKey:
        """The key that signs now."""
        return read_key(self.ledger / SIGNING_KEY)

    def forge(
        self, entries: Sequence[bytes] | None = None, *, folder: Path | None = None, key: SigningKey | None = None
    ) -> None:
        """Make the trail of these entries (or of the database as it is) anew, sign it, and ask the witnesses for it."""
        entries = [frame(each) for each in self.rows()] if entries is None else entries
        trail = folder or self.trail
        shutil.rmtree(trail, ignore_errors=True)
        edge = Edge()
        for entry in entries:
            for tile, data in edge.add(entry):
                write(trail / tile.path, data)
        for tile, data in edge.partial_files():
            write(trail / tile.path, data)
        text = f"{self.keys[0].name}\n{edge.size}\n{to_base64(edge.root())}\n".encode()
        note = (key or self.key()).sign(text)
        hash_at = TileFolder(trail).hash_at(edge.size)
        with closing(Witnesses(self)) as witnesses:
            answers = witnesses.ask(note, lambda old: consistency_proof(old, edge.size, hash_at) if old else [])
        lines = [each.line for each in answers.values() if isinstance(each, Cosigned)]
        if len(lines) < len(answers):
            self.noticed.add("witness")
        write(trail / "checkpoint", note + b"".join(lines))
        if folder is None:
            write(self.ledger / LOCK / "checkpoint", text)


class Witnesses:
    """Both witnesses of a world, asked as a sealer asks them."""

    def __init__(self, world: World) -> None:
        self._open = {
            key.name: Witness(world.folder / key.name.partition(".")[0], key, world.keys, world.true_now.timestamp)
            for key in witness_keys()
        }
        self._keys = {key.name: key.cosigner for key in witness_keys()}
        self.quorum = len(self._open)

    def close(self) -> None:
        """Close their databases."""
        for each in self._open.values():
            each.close()

    def organisations(self, names: Sequence[str]) -> int:
        return len(names)

    def holds(self, name: str, note: bytes) -> bool:
        return any(
            line.startswith(f"\u2014 {name} ".encode()) for line in split_note(note)[1].splitlines(keepends=True)
        )

    def ask(self, note: bytes, proof_from: ProofFrom) -> dict[str, Answer]:
        size = parse_checkpoint(split_note(note)[0]).size
        return {name: self._one(each, note, size, proof_from) for name, each in self._open.items()}

    def _one(self, witness: Witness, note: bytes, size: int, proof_from: ProofFrom) -> Answer:
        old = 0
        for _ in range(2):
            try:
                return Cosigned(witness.add(Request(old, tuple(proof_from(old)), note).encoded()))
            except Elsewhere as error:
                if error.size > size:
                    return Ahead(error.size, witness.latest(parse_checkpoint(split_note(note)[0]).origin))
                old = error.size
            except ProofInvalid as error:
                return Failed(str(error), witness.latest(parse_checkpoint(split_note(note)[0]).origin))
            except NetralError as error:
                return Failed(str(error))
        return Failed("keeps saying that it stands elsewhere")


def witness_keys() -> list[CosigningKey]:
    """The keys of a drill's witnesses: they guard nothing, and are the same in each drill."""
    return [CosigningKey.from_seed(f"w{number}.invalid/drill", bytes([number]) * 32) for number in (1, 2)]


def write(path: Path, data: bytes) -> None:
    """Write a file, its folders too; nothing of a drill needs to outlive it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


DAY: Final = timedelta(days=1)
