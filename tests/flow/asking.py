"""Bawaslu Kota Jambi at its desk: commands as an office asks them, with plain values and persons not yet handles."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from typing import Any

from api.chronicles.register import Register
from api.wiring import House
from ledger.command import Command
from ledger.complaint.codes import Announcement, Category, RefusalReason, Requirement, ReviewResult
from ledger.complaint.commands import (
    AnnounceStatus,
    Attendee,
    ComplainantTold,
    CompleteStudy,
    FileComplaint,
    HoldPlenary,
    MakeAllegation,
    NameRespondent,
    OfferReferral,
    RefusalAsked,
    RegisterComplaint,
    ReviewComplaint,
)
from ledger.parties import roles_of
from ledger.registrar import Receipt, Registrar
from ledger.values import Actor, Clock, Number, Person, Plain, Staff, StreamId
from ledger.vault import Random
from tests import builders
from tests.builders import at, ballot, on


@dataclass(frozen=True, slots=True)
class Jambi:
    """One office that asks one registrar, as one member of staff for each role."""

    registrar: Registrar
    offices: Register

    def ask(self, command: Command, *, key: str | None = None, seen: int | None = None) -> Receipt:
        """Submit a command in a role that may ask it."""
        return self.registrar.submit(command, by=self.actor(command), key=key, seen=seen)

    def read_and_ask(self, command: Command, *, key: str | None = None) -> Receipt:
        """Submit a command that decides on what was read, having read all of it."""
        return self.ask(command, key=key, seen=self.version(command.stream or StreamId("")))

    def through(self, registrar: Registrar) -> Jambi:
        """The same office at another registrar."""
        return replace(self, registrar=registrar)

    def actor(self, command: Command) -> Actor:
        """The member of staff who asks this."""
        role = min(roles_of(command.FACT.BY))
        return Actor(command.act.office, role, Staff(f"{role}.kota-jambi", f"Petugas Contoh {role}"))

    def version(self, stream: StreamId) -> int:
        """The version of a stream, as a client reads it."""
        return self.registrar.load(stream).version

    # --- commands ---------------------------------------------------------------------------------------------------

    def filing(self, **changes: Any) -> FileComplaint:
        return builders.file_complaint(
            act=at("2024-06-11T02:15:00", self.offices.bawaslu_jambi),
            stream=None,
            by=None,
            election=self.offices.election_jambi,
            complainants=(
                ComplainantTold(handle=Person("k", ("nik:1571000000000001",)), name=Plain("Pelapor Contoh")),
                ComplainantTold(handle=Person("k", ("nik:1571000000000002",)), name=Plain("Pelapor Contoh Kedua")),
            ),
            narrative=Plain("Terlapor mengajak bawahannya memilih."),
            **changes,
        )

    def naming(self, complaint: StreamId, number: int = 1) -> NameRespondent:
        return builders.name_respondent(
            **self._dated("2024-06-11", complaint),
            respondent=Person("r", (f"nip:19800101200501100{number}",)),
            name=Plain(f"Terlapor Contoh {number}"),
        )

    def accusation(self, complaint: StreamId) -> MakeAllegation:
        return builders.make_allegation(**self._dated("2024-06-11", complaint))

    def review(self, complaint: StreamId) -> ReviewComplaint:
        return builders.review_complaint(**self._dated("2024-06-12", complaint), reasons=Plain("Syarat terpenuhi."))

    def refusal(self, complaint: StreamId) -> ReviewComplaint:
        """A review that ends the case: one command, two facts, sealed values in both."""
        return replace(
            self.review(complaint),
            formal=False,
            missing=frozenset({Requirement.SIGNATURE}),
            result=ReviewResult.REFUSE,
            refusal=RefusalAsked(reason=RefusalReason.FORMAL, text=Plain("Tidak ditandatangani.")),
        )

    def registration(self, complaint: StreamId) -> RegisterComplaint:
        return builders.register_complaint(**self._dated("2024-06-12", complaint), number=Plain("001/Reg/LP"))

    def study(self, complaint: StreamId, *allegations: int) -> CompleteStudy:
        return builders.complete_study(*allegations, **self._dated("2024-06-13", complaint))

    def plenary(self, complaint: StreamId, *allegations: int) -> HoldPlenary:
        return builders.hold_plenary(
            *(
                ballot(each, category=Category.OTHER_LAW, reasons=Plain(f"Alasan dugaan {each}."))
                for each in allegations or (1,)
            ),
            act=at("2024-06-14T06:30:00", self.offices.bawaslu_jambi),
            stream=complaint,
            by=None,
            present=tuple(
                Attendee(handle=Person("a", (f"staff:anggota{number}",)), who=Plain(f"Anggota Contoh {number}"))
                for number in range(1, 5)
            ),
        )

    def notice(self, complaint: StreamId, what: Announcement = Announcement.RECEIVED) -> AnnounceStatus:
        return builders.announce_status(**self._dated("2024-06-14", complaint), what=what)

    def referral(self, complaint: StreamId, allegation: int = 1) -> OfferReferral:
        return builders.offer_referral(
            **self._dated("2024-06-18", complaint), allegation=Number(allegation), to=self.offices.kasn
        )

    def _dated(self, day: str, complaint: StreamId) -> dict[str, Any]:
        return {"act": on(day, self.offices.bawaslu_jambi), "stream": complaint, "by": None}

    # --- stages -----------------------------------------------------------------------------------------------------

    def filed(self) -> StreamId:
        """A complaint that has arrived."""
        return self.ask(self.filing()).entries[0].stream

    def accused(self, allegations: int = 2) -> StreamId:
        """A complaint with one respondent and some allegations."""
        complaint = self.filed()
        self.ask(self.naming(complaint))
        for _ in range(allegations):
            self.ask(self.accusation(complaint))
        return complaint

    def registered(self, allegations: int = 2) -> StreamId:
        """A complaint under examination."""
        complaint = self.accused(allegations)
        self.read_and_ask(self.review(complaint))
        self.ask(self.registration(complaint))
        return complaint

    def decided(self, allegations: int = 2) -> StreamId:
        """A complaint of which every allegation was found a violation."""
        complaint = self.registered(allegations)
        every = range(1, allegations + 1)
        self.ask(self.study(complaint, *every))
        self.read_and_ask(self.plenary(complaint, *every))
        return complaint


def registrar_of(house: House, *, clock: Clock | None = None, random: Random | None = None) -> Registrar:
    """Another registrar over a house's files, with a clock or a source of random bytes that the test watches."""
    return Registrar(house.store, house.keys, clock or house.clock, random or secrets.token_bytes, house.stream)
