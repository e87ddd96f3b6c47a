"""Playing chronicles: each is a generator of steps, and several are told together in the order of their instants.

A step is what somebody did and when it was recorded; the chronicle gets the receipt back and goes on.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from ledger.clock import SimulatedClock
from ledger.command import Command
from ledger.errors import Broken, Refused
from ledger.handing_over import FileOf, Files, hand_over, receive_files
from ledger.registrar import Receipt, Registrar
from ledger.values import Act, Actor, Role, Source, Staff, StreamId


@dataclass(frozen=True, slots=True)
class Many:
    """Several commands that somebody recorded one after the other, all on the same day."""

    commands: tuple[Command, ...]
    stream: None = None


@dataclass(frozen=True, slots=True)
class HandOver:
    """A set of files that passes on."""

    act: Act
    files: Files
    stream: None = None


@dataclass(frozen=True, slots=True)
class ReceiveFiles:
    """Files of a hand-over that arrived; None means all that are under way."""

    act: Act
    stream: StreamId
    files: tuple[FileOf, ...] | None = None


Asked = Command | Many | HandOver | ReceiveFiles


@dataclass(frozen=True, slots=True)
class Step:
    """What was asked as it was recorded, in both languages; `refused` where the ledger says no, and rightly."""

    at: str
    command: Asked
    by: Actor
    id: str
    en: str
    match: bool = False
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Happened:
    """A step and what came of it: a receipt, or a refusal."""

    step: Step
    receipt: Receipt | None
    refusal: Refused | None = None


Chronicle = Generator[Step, Receipt, StreamId]
"""Yields steps, is sent their receipts (an empty one after a refusal), and returns its complaint."""

Steps = Generator[Step, Receipt, None]
"""A part of a chronicle."""

Submit = Callable[[Step], Receipt]
"""How a step reaches the ledger: by the registrar, or over HTTP."""

NOTHING = Receipt("", 0, 0, ())


@dataclass(frozen=True, slots=True)
class Desk:
    """An office and how its acts are written."""

    office: StreamId

    def on(self, day: str, source: Source = Source.OWN) -> Act:
        return Act(self.office, source, on=date.fromisoformat(day))

    def at(self, when: str, source: Source = Source.OWN) -> Act:
        return Act(self.office, source, at=instant(when))

    def actor(self, role: Role, staff: Staff) -> Actor:
        return Actor(self.office, role, staff)


def instant(text: str) -> datetime:
    """An instant from a short text in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def by_registrar(registrar: Registrar, clock: SimulatedClock) -> Submit:
    """Submit steps directly, the clock put to when each was recorded; the version read is the newest."""

    def submit(step: Step) -> Receipt:
        clock.now = instant(step.at)
        asked = step.command
        if isinstance(asked, HandOver):
            return hand_over(registrar, asked.files, act=asked.act, by=step.by)
        if isinstance(asked, ReceiveFiles):
            return receive_files(registrar, asked.stream, asked.files, act=asked.act, by=step.by)
        commands = asked.commands if isinstance(asked, Many) else (asked,)
        named = {each.stream for each in commands if each.stream is not None} if step.match else set()
        seen = {stream: registrar.load(stream).version for stream in named}
        return registrar.submit_together(commands, by=step.by, seen=seen if step.match else None)

    return submit


def play(chronicles: Sequence[Chronicle], submit: Submit, tell: Callable[[Happened], object]) -> list[StreamId]:
    """Play chronicles together, the earliest next step first; returns what each returned."""
    results: list[StreamId] = [StreamId("")] * len(chronicles)
    waiting: list[tuple[str, int, Step]] = []
    for index, chronicle in enumerate(chronicles):
        step = next(chronicle)
        heapq.heappush(waiting, (step.at, index, step))
    while waiting:
        _, index, step = heapq.heappop(waiting)
        happened = _happened(step, submit)
        tell(happened)
        try:
            following = chronicles[index].send(happened.receipt or NOTHING)
        except StopIteration as ended:
            results[index] = ended.value
            continue
        heapq.heappush(waiting, (following.at, index, following))
    return results


def _happened(step: Step, submit: Submit) -> Happened:
    try:
        receipt = submit(step)
    except Refused as refusal:
        if not step.refused:
            raise
        return Happened(step, None, refusal)
    if step.refused:
        raise Broken(f"this should have been refused: {step.en}")
    return Happened(step, receipt)
