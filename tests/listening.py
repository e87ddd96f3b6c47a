"""A scribe that remembers what it was told: what was asked can be asked again, and what was said can be looked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any

from api.chronicles.play import Chronicle, Happened, Step, Submit, by_registrar, play
from ledger.command import Command
from ledger.registrar import Receipt
from ledger.values import Actor, Person, Plain, StreamId
from tests.scribes import Scribe


@dataclass(frozen=True, slots=True)
class Heard:
    """One command as it was submitted, and what it was answered."""

    command: Command
    by: Actor
    receipt: Receipt


def hearing(submit: Submit, heard: list[Heard]) -> Submit:
    """The same way to the ledger, with every step kept that was recorded."""

    def submit_and_keep(step: Step) -> Receipt:
        receipt = submit(step)
        heard.append(Heard(step.command, step.by, receipt))
        return receipt

    return submit_and_keep


@dataclass(frozen=True)
class Listener(Scribe):
    """Records like any scribe, keeps what it heard, and lets somebody look after each command."""

    heard: list[Heard] = field(default_factory=list)
    look: Callable[[], object] = bool

    def record(self, at: str, command: Command, by: Actor, seen: int | None = None) -> Receipt:
        receipt = Scribe.record(self, at, command, by, seen)
        self.heard.append(Heard(command, by, receipt))
        return receipt

    def play(self, *chronicles: Chronicle) -> list[StreamId]:
        told: list[Happened] = []
        return play(chronicles, hearing(by_registrar(self.registrar, self.clock), self.heard), told.append)


def plain_values(told: Any) -> Iterator[str]:
    """Every value in a command that is to be sealed."""
    for part in _parts(told):
        if isinstance(part, Plain):
            yield part.value


def person_keys(told: Any) -> Iterator[str]:
    """What finds every person in a command again, with and without the kind of number that it is."""
    for part in _parts(told):
        if isinstance(part, Person):
            for key in part.keys:
                yield key
                yield key.partition(":")[2]


def _parts(told: Any) -> Iterator[Any]:
    yield told
    if isinstance(told, tuple):
        for each in told:
            yield from _parts(each)
    elif is_dataclass(told):
        for member in fields(told):
            yield from _parts(getattr(told, member.name))
