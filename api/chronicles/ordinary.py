"""The ordinary course of a finding, from its fixing to the plenary's decision, for the chronicles that begin with one.

What is particular to a chronicle follows in its own file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from api.chronicles import people
from api.chronicles.people import Team
from api.chronicles.play import Chronicle, Desk, Step, Steps
from ledger.command import Command
from ledger.complaint.codes import (
    Announcement,
    Category,
    Kind,
    RegistrationKind,
    RespondentClass,
    Whom,
)
from ledger.complaint.commands import (
    STEP_COMMANDS,
    AnnounceStatus,
    Ballot,
    CallHearing,
    CompleteStudy,
    FixFinding,
    HoldHearing,
    HoldPlenary,
    MakeAllegation,
    NameRespondent,
    RegisterComplaint,
)
from ledger.values import Act, Actor, Count, Handle, Number, Person, Plain, Region, Role, StreamId, day_of


@dataclass
class Pen:
    """When steps were recorded: in the afternoon of the act's day, or, what was told later, one after another then."""

    later: datetime | None = None
    steps: int = 0

    def step(self, command: Command, by: Actor, id_: str, en: str, **more: bool) -> Step:
        """A step, recorded a minute after the one before it."""
        self.steps += 1
        began = self.later or _afternoon(command.act)
        at = began + timedelta(minutes=self.steps)
        return Step(at.replace(tzinfo=None).isoformat(), command, by, id_, en, **more)


def take(topic: str, **members: Any) -> Command:
    """The command of a track's step."""
    made: Any = STEP_COMMANDS[topic]
    return made(**members)  # type: ignore[no-any-return]


def _afternoon(act: Act) -> datetime:
    day = day_of(act)
    return datetime(day.year, day.month, day.day, 6, tzinfo=UTC)


@dataclass(frozen=True)
class Accused:
    """One respondent and what they are accused of."""

    name: str
    key: str
    class_: RespondentClass
    category: Category
    kinds: frozenset[Kind] = frozenset()
    position_class: str | None = None


@dataclass(frozen=True)
class Course:
    """Where and when a finding takes its course, and by whom."""

    desk: Desk
    team: Team
    election: StreamId
    region: Region
    occurred_on: str
    found_on: str
    registered_on: str
    decided_on: str
    number: str
    narrative: str
    pen: Pen = field(default_factory=Pen)

    def actor(self, role: Role) -> Actor:
        """Who records in a role."""
        staff = {Role.EXAMINER: self.team.examiner, Role.INTAKE: self.team.intake}.get(role, self.team.secretary)
        return self.desk.actor(role, staff)


def decided_finding(course: Course, accused: Sequence[Accused]) -> Chronicle:
    """A finding in which the plenary establishes every allegation; returns the complaint's stream."""
    desk, step = course.desk, course.pen.step
    occurred = date.fromisoformat(course.occurred_on)
    fixed = yield step(
        FixFinding(
            act=desk.on(course.found_on),
            election=course.election,
            region=course.region,
            occurred_from=occurred,
            occurred_until=occurred,
            found_on=date.fromisoformat(course.found_on),
            narrative=Plain(course.narrative),
        ),
        course.actor(Role.PLENARY),
        "Temuan ditetapkan",
        "A finding is fixed",
    )
    complaint = fixed.entries[0].stream
    for number, each in enumerate(accused, 1):
        yield from _accuse(course, complaint, number, each)
    yield from _examine(course, complaint, frozenset(Number(number) for number in range(1, len(accused) + 1)))
    return complaint


def _accuse(course: Course, complaint: StreamId, number: int, accused: Accused) -> Steps:
    act, examiner = course.desk.on(course.found_on), course.actor(Role.EXAMINER)
    more: dict[str, Any] = {} if accused.position_class is None else {"position_class": Plain(accused.position_class)}
    yield course.pen.step(
        NameRespondent(
            act=act,
            stream=complaint,
            respondent=Person("r", (accused.key,)),
            class_=accused.class_,
            known=True,
            name=Plain(accused.name),
            **more,
        ),
        examiner,
        f"Terlapor {number} disebut",
        f"Respondent {number} is named",
    )
    yield course.pen.step(
        MakeAllegation(
            act=act,
            stream=complaint,
            respondent=Handle(f"r{number}"),
            category=accused.category,
            kinds=accused.kinds,
        ),
        examiner,
        f"Dugaan {number} dirumuskan",
        f"Allegation {number} is made",
    )


def _examine(course: Course, complaint: StreamId, allegations: frozenset[Number]) -> Steps:
    desk, step, examiner = course.desk, course.pen.step, course.actor(Role.EXAMINER)
    seats = len(course.team.members)
    registered, decided = course.registered_on, course.decided_on
    yield step(
        RegisterComplaint(
            act=desk.on(registered), stream=complaint, kind=RegistrationKind.FINDING, number=Plain(course.number)
        ),
        examiner,
        "Temuan diregistrasi",
        "The finding is registered",
    )
    yield step(
        CallHearing(
            act=desk.on(registered),
            stream=complaint,
            whom=Whom.RESPONDENT,
            respondent=Handle("r1"),
            set_for=date.fromisoformat(decided),
        ),
        examiner,
        "Klarifikasi diundang",
        "A hearing is called",
    )
    yield step(
        HoldHearing(act=desk.at(f"{decided}T01:00:00"), stream=complaint, hearing=Number(1)),
        examiner,
        "Klarifikasi dilaksanakan",
        "The hearing is held",
    )
    yield step(
        CompleteStudy(
            act=desk.on(decided), stream=complaint, allegations=allegations, text=Plain("Kajian dugaan pelanggaran.")
        ),
        examiner,
        "Kajian selesai",
        "The study is completed",
    )
    yield step(
        HoldPlenary(
            act=desk.at(f"{decided}T05:00:00"),
            stream=complaint,
            present=tuple(people.attendee(member) for member in course.team.members),
            ballots=tuple(
                Ballot(allegation=number, violation=Count(seats), not_violation=Count(0), abstained=Count(0))
                for number in sorted(allegations)
            ),
        ),
        course.actor(Role.PLENARY),
        "Pleno memutuskan: pelanggaran",
        "The plenary decides: a violation",
        match=True,
    )
    yield step(
        AnnounceStatus(act=desk.on(decided), stream=complaint, what=Announcement.DECIDED, allegations=allegations),
        examiner,
        "Status temuan diumumkan",
        "The status is announced",
    )
