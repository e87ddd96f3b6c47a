"""Somebody who tells chronicles to a ledger, command by command or whole."""

from __future__ import annotations

from dataclasses import dataclass

from api.chronicles import k4, register
from api.chronicles.play import Chronicle, Happened, by_registrar, instant, play
from api.chronicles.register import Register
from ledger.clock import SimulatedClock
from ledger.command import Command
from ledger.registrar import Receipt, Registrar
from ledger.values import Actor, StreamId


@dataclass(frozen=True)
class Scribe:
    """Puts the simulated clock to when something was recorded, and submits it."""

    registrar: Registrar
    clock: SimulatedClock
    ledger: StreamId

    def record(self, at: str, command: Command, by: Actor, seen: int | None = None) -> Receipt:
        """Submit one command at an instant."""
        self.clock.now = instant(at)
        return self.registrar.submit(command, by=by, seen=seen)

    def version(self, stream: StreamId) -> int:
        """The version of a stream, as a client would have read it."""
        return self.registrar.load(stream).version

    def play(self, *chronicles: Chronicle) -> list[StreamId]:
        """Record whole chronicles together."""
        told: list[Happened] = []
        return play(chronicles, by_registrar(self.registrar, self.clock), told.append)


def record_register(scribe: Scribe) -> Register:
    """The offices and the elections of the chronicles."""
    return register.record_register(scribe.ledger, by_registrar(scribe.registrar, scribe.clock))[0]


def record_k4(scribe: Scribe, offices: Register) -> StreamId:
    """Chronicle K4; returns its complaint."""
    return scribe.play(k4.k4(offices))[0]
