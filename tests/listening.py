"""A scribe that remembers what it was told: what was asked can be asked again, and what was said can be looked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any

from ledger.command import Command
from ledger.registrar import Receipt
from ledger.values import Actor, Person, Plain
from tests.scribes import Scribe


@dataclass(frozen=True, slots=True)
class Heard:
    """One command as it was submitted, and what it was answered."""

    command: Command
    by: Actor
    seen: int | None
    receipt: Receipt


@dataclass(frozen=True, slots=True)
class Listener(Scribe):
    """Records like any scribe, and keeps what it heard."""

    heard: list[Heard] = field(default_factory=list)

    def record(
        self, at: str, command: Command, by: Actor, said_id: str, said_en: str, seen: int | None = None
    ) -> Receipt:
        receipt = Scribe.record(self, at, command, by, said_id, said_en, seen)
        self.heard.append(Heard(command, by, seen, receipt))
        return receipt


def plain_values(told: Any) -> Iterator[str]:
    """Every value in a command that is to be sealed."""
    for part in _parts(told):
        if isinstance(part, Plain):
            yield part.value


def person_keys(told: Any) -> Iterator[str]:
    """What finds every person in a command again, with and without the kind of number that it is."""
    for part in _parts(told):
        if isinstance(part, Person) and part.key is not None:
            yield part.key
            yield part.key.partition(":")[2]


def _parts(told: Any) -> Iterator[Any]:
    yield told
    if isinstance(told, tuple):
        for each in told:
            yield from _parts(each)
    elif is_dataclass(told):
        for member in fields(told):
            yield from _parts(getattr(told, member.name))
