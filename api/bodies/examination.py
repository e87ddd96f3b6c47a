"""The requests between register and decision, and the status notice."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from api.bodies.intake import example
from api.bodies.parts import Account, ActBody, Body, Day, HowMany, NoRepeats, Nth, RespondentHandle, Text, plain
from ledger.complaint.codes import Announcement, Category, Kind, Whom
from ledger.complaint.commands import (
    AnnounceStatus,
    Attendee,
    Ballot,
    CallHearing,
    CompleteStudy,
    HoldHearing,
    HoldPlenary,
)
from ledger.values import Actor, Count, Handle, Number, Person, Plain, StreamId


class NewHearing(Body):
    """An invitation to be heard."""

    model_config = example(act={"on": "2024-06-12"}, whom="respondent", respondent="r1", set_for="2024-06-13")

    act: ActBody
    whom: Whom
    set_for: Day
    respondent: RespondentHandle | None = None
    person: Text | None = None
    letter_number: Text | None = None

    def to_command(self, actor: Actor, complaint: StreamId) -> CallHearing:
        return CallHearing(
            act=self.act.to_act(actor),
            stream=complaint,
            whom=self.whom,
            set_for=self.set_for,
            respondent=Handle(self.respondent) if self.respondent else None,
            person=plain(self.person),
            letter_number=plain(self.letter_number),
        )


class HeldHearing(Body):
    """A called hearing that took place; `act.at` is when."""

    model_config = example(act={"at": "2024-06-13T03:00:00Z"}, minutes="Terlapor membenarkan hadir dalam rapat.")

    act: ActBody
    minutes: Text | None = None

    def to_command(self, actor: Actor, complaint: StreamId, hearing: int) -> HoldHearing:
        return HoldHearing(
            act=self.act.to_act(actor), stream=complaint, hearing=Number(hearing), minutes=plain(self.minutes)
        )


class NewStudy(Body):
    """The study of some allegations."""

    model_config = example(act={"on": "2024-06-14"}, allegations=[1], report="Kajian dugaan pelanggaran.")

    act: ActBody
    allegations: Annotated[list[Nth], NoRepeats, Field(min_length=1)]
    report: Text | None = None

    def to_command(self, actor: Actor, complaint: StreamId) -> CompleteStudy:
        return CompleteStudy(
            act=self.act.to_act(actor),
            stream=complaint,
            allegations=frozenset(map(Number, self.allegations)),
            text=plain(self.report),
        )


class MemberBody(Body):
    """A member at the plenary: the account that finds them again, and the name that is sealed."""

    account: Account
    name: Text


class BallotBody(Body):
    """How the plenary voted on one allegation, and how it reads the act."""

    allegation: Nth
    violation: HowMany
    not_violation: HowMany
    abstained: HowMany = 0
    category: Category | None = Field(default=None, description="Left out, it stays as alleged.")
    kinds: Annotated[list[Kind], NoRepeats] | None = None
    reasons: Text | None = None

    def to_ballot(self) -> Ballot:
        return Ballot(
            allegation=Number(self.allegation),
            violation=Count(self.violation),
            not_violation=Count(self.not_violation),
            abstained=Count(self.abstained),
            category=self.category,
            kinds=None if self.kinds is None else frozenset(self.kinds),
            reasons=plain(self.reasons),
        )


class NewPlenary(Body):
    """A plenary with its votes; the decisions follow from the majorities."""

    model_config = example(
        act={"at": "2024-06-14T06:30:00Z"},
        present=[
            {"account": "anggota1.kota-jambi", "name": "Anggota Contoh 1"},
            {"account": "anggota2.kota-jambi", "name": "Anggota Contoh 2"},
            {"account": "anggota3.kota-jambi", "name": "Anggota Contoh 3"},
        ],
        ballots=[
            {"allegation": 1, "violation": 3, "not_violation": 0, "category": "other_law", "reasons": "Terbukti."}
        ],
        minutes_number="007/BA-Pleno/VI/2024",
    )

    act: ActBody
    present: list[MemberBody] = Field(min_length=1, max_length=100)
    recused: list[Account] = Field(default=[], max_length=100, description="Accounts of those present who do not vote.")
    ballots: list[BallotBody] = Field(min_length=1, max_length=500)
    votes: Text | None = None
    dissents: Text | None = None
    minutes_number: Text | None = None

    def to_command(self, actor: Actor, complaint: StreamId) -> HoldPlenary:
        return HoldPlenary(
            act=self.act.to_act(actor),
            stream=complaint,
            present=tuple(Attendee(handle=_staff(each.account), who=Plain(each.name)) for each in self.present),
            recused=tuple(_staff(account) for account in self.recused),
            ballots=tuple(each.to_ballot() for each in self.ballots),
            votes=plain(self.votes),
            dissents=plain(self.dissents),
            minutes_number=plain(self.minutes_number),
        )


def _staff(account: str) -> Person:
    return Person("a", (f"staff:{account}",))


class NewStatusNotice(Body):
    """What the complainant and the public are told."""

    model_config = example(act={"on": "2024-06-14"}, what="decided", allegations=[1], notice_number="A.17/001/VI/2024")

    act: ActBody
    what: Announcement
    allegations: Annotated[list[Nth], NoRepeats] = Field(default=[])
    notice_number: Text | None = None
    text: Text | None = None

    def to_command(self, actor: Actor, complaint: StreamId) -> AnnounceStatus:
        return AnnounceStatus(
            act=self.act.to_act(actor),
            stream=complaint,
            what=self.what,
            allegations=frozenset(map(Number, self.allegations)),
            notice_number=plain(self.notice_number),
            text=plain(self.text),
        )
