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
    seen: int | None
    receipt: Receipt


@dataclass(frozen=True)
class Listener(Scribe):
    """Records like any scribe, keeps what it heard, and lets somebody look after each command."""

    heard: list[Heard] = field(default_factory=list)
    look: Callable[[], object] = bool

    def record(self, at: str, command: Command, by: Actor, seen: int | None = None) -> Receipt:
        receipt = super().record(at, command, by, seen)
        self.heard.append(Heard(command, by, seen, receipt))
        self.look()
        return receipt

    def play(self, *chronicles: Chronicle) -> list[StreamId]:
        told: list[Happened] = []
        return play(chronicles, listening(by_registrar(self.registrar, self.clock), self), told.append)


def listening(submit: Submit, listener: Listener) -> Submit:
    """Submit as before, and let a listener hear it."""

    def submit_and_tell(step: Step) -> Receipt:
        stream = step.command.stream
        seen = listener.version(stream) if step.match and stream is not None else None
        receipt = submit(step)
        assert isinstance(step.command, Command), "a listener hears one command at a time"
        listener.heard.append(Heard(step.command, step.by, seen, receipt))
        listener.look()
        return receipt

    return submit_and_tell


def plain_values(told: Any) -> Iterator[str]:
    """Every value in a command that is to be sealed."""
    for part in _parts(told):
        if isinstance(part, Plain):
            yield part.value


def person_keys(told: Any) -> Iterator[str]:
    """What finds every person in a command again, with and without the kind of number that it is."""
    for part in _parts(told):
        for key in part.keys if isinstance(part, Person) else ():
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
