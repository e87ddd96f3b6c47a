"""KASN's archive: files that reached it, and whoever hands them over, receives and answers them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from api.chronicles import people, register
from api.chronicles.k3 import FIRST, files_at_kasn
from api.chronicles.play import Chronicle, Desk, by_registrar, instant, play
from api.chronicles.register import Register
from api.wiring import House
from ledger.clock import SimulatedClock
from ledger.complaint.codes import ReturnReason
from ledger.complaint.commands import AcceptReferral, RecallReferral, ReturnReferral
from ledger.handing_over import FileOf, Files, hand_over, receive_files
from ledger.registrar import Receipt
from ledger.values import Number, Plain, Role, StreamId


@dataclass
class Archive:
    """Some cases, each with one file at KASN, and the acts of September."""

    house: House
    clock: SimulatedClock
    offices: Register
    complaints: list[StreamId] = field(default_factory=list)

    @classmethod
    def of(cls, house: House, clock: SimulatedClock, files: int, *, ended: bool = True) -> Archive:
        """A ledger in which so many files lie at KASN, which has ended unless it is said not to."""
        submit = by_registrar(house.registrar, clock)
        offices, _ = register.record_register(house.stream, submit)
        archive = cls(house, clock, offices)

        def told() -> Chronicle:
            archive.complaints = yield from files_at_kasn(offices, range(files))
            return archive.complaints[0]

        play([told(), *([register.end_of_kasn(offices)] if ended else [])], submit, bool)
        clock.now = instant("2024-09-17T03:00:00")
        return archive

    @property
    def bkn(self) -> Desk:
        return Desk(self.offices.bkn)

    def asked(self, complaints: Sequence[StreamId] | None = None, **changes: Any) -> Files:
        named = self.complaints if complaints is None else complaints
        members = {"from_": self.offices.kasn, "to": self.offices.bkn, **changes}
        return Files(files=tuple(FileOf(each, FIRST) for each in named), **members)

    def hand_over(self, asked: Files | None = None, key: str | None = None) -> Receipt:
        """As KASN's follower, on 17 September."""
        return hand_over(
            self.house.registrar,
            asked or self.asked(),
            act=self.bkn.on("2024-09-17"),
            by=self.bkn.actor(Role.HOLDER, people.KASN_ARCHIVIST),
            key=key,
        )

    def receive(
        self, handover: StreamId, files: Sequence[FileOf] | None = None, key: str | None = None, **act: Any
    ) -> Receipt:
        """At BKN, on 18 September."""
        self.clock.now = max(self.clock.now, instant("2024-09-18T03:00:00"))
        return receive_files(
            self.house.registrar,
            handover,
            files,
            act=act.get("act", self.bkn.at("2024-09-18T02:00:00")),
            by=self.bkn.actor(Role.INTAKE, people.BKN_CLERK),
            key=key,
        )

    def accept(self, complaint: StreamId, referral: int = 2, number: str | None = None) -> Receipt:
        """At BKN, on 23 September."""
        return self._answer(
            AcceptReferral(
                act=self.bkn.on("2024-09-23"),
                stream=complaint,
                referral=Number(referral),
                their_number=None if number is None else Plain(number),
            ),
        )

    def give_back(self, complaint: StreamId, referral: int = 2) -> Receipt:
        """At BKN, on 23 September."""
        return self._answer(
            ReturnReferral(
                act=self.bkn.on("2024-09-23"),
                stream=complaint,
                referral=Number(referral),
                reason=ReturnReason.INCOMPLETE,
            )
        )

    def recall(self, complaint: StreamId, referral: int = 2) -> Receipt:
        """By KASN's follower, on 23 September."""
        return self._answer(
            RecallReferral(act=self.bkn.on("2024-09-23"), stream=complaint, referral=Number(referral)), Role.HOLDER
        )

    def _answer(self, command: Any, role: Role = Role.INTAKE) -> Receipt:
        self.clock.now = max(self.clock.now, instant("2024-09-23T03:00:00"))
        return self.house.registrar.submit(command, by=self.bkn.actor(role, people.BKN_CLERK))
