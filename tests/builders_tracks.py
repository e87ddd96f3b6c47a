"""More of `builders`: steps of the tracks, asked one after another of one complaint."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

from ledger.complaint import codes, facts
from ledger.complaint.codes import OutcomeLevel, Track
from ledger.complaint.commands import (
    STEP_COMMANDS,
    AcceptReferral,
    AnyComplaintCommand,
    OfferReferral,
    ReceiveReferral,
    RecommendSanction,
    RecordOutcome,
    RetainAllegation,
    StepCommand,
)
from ledger.complaint.decisions import decide
from ledger.complaint.state import Complaint
from ledger.complaint.track.codes import SanctionClass, SanctionKind
from ledger.complaint.track.procedures import on_its_track
from ledger.errors import Refused
from ledger.grounds import Grounds
from ledger.office.facts import OfficeKind
from ledger.rulefiles import shipped_law
from ledger.values import Act, Handle, Name, Number, OutcomeCode, Role, Source, StreamId, day_of
from tests.builders import (
    AUTHORITY,
    BAWASLU,
    BKN,
    COMPLAINT,
    KASN,
    R1,
    after,
    alleged,
    by,
    filed,
    heard,
    named,
    office,
    plenary,
    registered,
    reviewed,
    stream,
    studied,
)
from tests.builders import decided as decided_on
from tests.builders_wide import MINISTRY, WIDE, file_in, following, recorded

POLICE, COURT, BPASN, GAKKUMDU, VILLAGES = (stream("office", digit) for digit in "abcde")
ENDED = replace(WIDE.office(KASN), ended_on=date(2024, 8, 24), ended_by=Name("UU 20/2023"), successor=BKN)
TOWN = replace(
    WIDE,
    offices={
        **WIDE.offices,
        KASN: ENDED,
        POLICE: office("Polresta Jambi", OfficeKind.OTHER, "15.71"),
        COURT: office("Pengadilan Negeri Jambi", OfficeKind.OTHER, "15.71"),
        BPASN: office("BPASN", OfficeKind.OTHER),
        GAKKUMDU: office("Sentra Gakkumdu Kota Jambi", OfficeKind.GAKKUMDU, "15.71"),
        VILLAGES: office("Dinas Desa", OfficeKind.OTHER, "15.71"),
    },
)
"""Kota Jambi with a police, courts and Sentra Gakkumdu; KASN ended on 24 August 2024."""
LAW = replace(TOWN, rulebook=shipped_law().rulebook())
"""The same, in a ledger that has adopted the law."""
OFFICES: dict[str, StreamId] = {
    "bawaslu": BAWASLU,
    "kasn": KASN,
    "bkn": BKN,
    "authority": AUTHORITY,
    "ministry": MINISTRY,
}


def established(
    *respondents: tuple[Handle, codes.RespondentClass], category: codes.Category = codes.Category.OTHER_LAW
) -> Complaint:
    """A decided complaint with one established allegation of each respondent, numbered from 1."""
    people = respondents or ((R1, codes.RespondentClass.ASN),)
    numbers = range(1, len(people) + 1)
    names = dict(people)
    return after(
        filed(),
        *(named(handle, class_) for handle, class_ in names.items()),
        *(alleged(number, people[number - 1][0], category) for number in numbers),
        reviewed(),
        registered(),
        *heard(),
        studied(*numbers),
        plenary(allegations=tuple(numbers)),
        *(decided_on(number) for number in numbers),
    )


def act_of(office_: StreamId, day: str, recording: StreamId | None = None) -> Act:
    """An office's own act, or one that another office records from a letter."""
    own = recording is None or recording == office_
    return Act(office_, Source.OWN if own else Source.LETTER, on=date.fromisoformat(day))


def step(
    fact: type[Any],
    day: str,
    office_: StreamId,
    *,
    allegation: int = 1,
    role: Role = Role.HOLDER,
    recording: StreamId | None = None,
    **members: Any,
) -> StepCommand:
    """A step of a track, by the office itself or by letter to the owner."""
    command: Any = STEP_COMMANDS[fact.TOPIC]
    by_letter = recording is not None and recording != office_
    made: StepCommand = command(
        act=act_of(office_, day, recording),
        by=by(Role.EXAMINER if by_letter else role, recording or office_, actor="a7"),
        stream=COMPLAINT,
        allegation=Number(allegation),
        **members,
    )
    return made


def lettered(fact: type[Any], day: str, office_: StreamId, **members: Any) -> StepCommand:
    """A step of a body off the system, recorded by Bawaslu from its letter."""
    return step(fact, day, office_, recording=BAWASLU, **members)


def supervised(fact: type[Any], day: str, office_: StreamId = BKN, **members: Any) -> StepCommand:
    """A step of a supervisor."""
    return step(fact, day, office_, role=Role.SUPERVISOR, **members)


def sanction(
    day: str, kind: SanctionKind, class_: SanctionClass, basis: str, months: int | None = None, **more: Any
) -> StepCommand:
    """The authority's sanction."""
    wanted: dict[str, Any] = {"kind": kind, "class_": class_, "basis": basis, "months": months}
    return step(facts.Sanctioned, day, more.pop("office_", AUTHORITY), **wanted, **more)


def on_track(
    complaint: Complaint, track: Track, to: StreamId, day: str, *, allegation: int = 1, grounds: Grounds = TOWN
) -> Complaint:
    """The complaint with an allegation that was offered, received and, unless it binds, accepted."""
    number = Number(len(file_in(complaint).referrals) + 1)
    complaint = does(
        complaint,
        OfferReferral(
            act=act_of(BAWASLU, day),
            by=by(Role.EXAMINER),
            stream=COMPLAINT,
            allegation=Number(allegation),
            to=to,
            track=track,
            study_attached=True,
        ),
        receipt(to, day, number),
        grounds=grounds,
    )
    if file_in(complaint).referrals[number].binding:
        return complaint
    taken = AcceptReferral(act=act_of(to, day), by=by(Role.INTAKE, to, actor="a6"), stream=COMPLAINT, referral=number)
    return does(complaint, taken, grounds=grounds)


def receipt(to: StreamId, day: str, number: int) -> ReceiveReferral:
    """The addressee's own word that a referral arrived, at noon."""
    instant = datetime.fromisoformat(f"{day}T05:00:00").replace(tzinfo=UTC)
    return ReceiveReferral(
        act=Act(to, Source.OWN, at=instant),
        by=by(Role.INTAKE, to, actor="a6"),
        stream=COMPLAINT,
        referral=Number(number),
        shown_by=codes.ShownBy.RECEIVER,
    )


def recommended(day: str, office_: StreamId = BKN, to: StreamId = AUTHORITY, **members: Any) -> RecommendSanction:
    """KASN or BKN recommends a sanction."""
    return RecommendSanction(
        act=act_of(office_, day),
        by=by(Role.HOLDER, office_, actor="a7"),
        stream=COMPLAINT,
        allegation=Number(members.pop("allegation", 1)),
        to=to,
        **members,
    )


def retained(track: Track, day: str, allegation: int = 1) -> RetainAllegation:
    """Bawaslu keeps an allegation."""
    return RetainAllegation(
        act=act_of(BAWASLU, day),
        by=by(Role.EXAMINER),
        stream=COMPLAINT,
        allegation=Number(allegation),
        track=track,
    )


def said(
    code: str,
    day: str,
    office_: StreamId,
    *,
    allegation: int = 1,
    level: OutcomeLevel = OutcomeLevel.FIRST,
    recording: StreamId | None = None,
) -> RecordOutcome:
    """What an office says of an allegation."""
    own = recording is None
    return RecordOutcome(
        act=act_of(office_, day, recording),
        by=by(Role.HOLDER if own else Role.EXAMINER, recording or office_, actor="a7"),
        stream=COMPLAINT,
        allegation=Number(allegation),
        outcome=OutcomeCode(code),
        level=level,
    )


def evening(command: AnyComplaintCommand) -> datetime:
    """When an act is recorded: in the evening of its day."""
    return datetime.combine(day_of(command.act), time(16), UTC)


def does(complaint: Complaint, *commands: AnyComplaintCommand, grounds: Grounds = TOWN) -> Complaint:
    """The complaint after what some commands made happen."""
    for command in commands:
        made = decide(command, complaint, at=evening(command), grounds=grounds)
        complaint = following(complaint, *(recorded(command, fact) for fact in made))
    return complaint


def made_by(command: AnyComplaintCommand, complaint: Complaint, grounds: Grounds = TOWN) -> tuple[Any, ...]:
    """The facts of a command."""
    return decide(command, complaint, at=evening(command), grounds=grounds)


def refused_as(command: AnyComplaintCommand, complaint: Complaint, grounds: Grounds = TOWN) -> Refused:
    """The refusal of a command."""
    try:
        made = decide(command, complaint, at=evening(command), grounds=grounds)
    except Refused as refused:
        return refused
    raise AssertionError(f"not refused: {made}")


def state(complaint: Complaint, allegation: int = 1) -> str | None:
    """The state of an allegation on its track."""
    file = file_in(complaint)
    found = on_its_track(file.allegations[allegation], file.referrals)
    return None if found is None else str(found.state)


def marks(complaint: Complaint, allegation: int = 1) -> set[str]:
    """What is so of an allegation beside its state."""
    file = file_in(complaint)
    found = on_its_track(file.allegations[allegation], file.referrals)
    return set() if found is None else {str(mark) for mark in found.marks}
