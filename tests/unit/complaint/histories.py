"""Drawn histories of a complaint: whatever `decide` lets pass, step by step, from a case at some stage.

Most commands are drawn to fit; some come from anybody, on any day, with numbers of things that are not there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from hypothesis import strategies as st

from ledger.complaint import codes
from ledger.complaint.codes import Stage
from ledger.complaint.commands import AnyComplaintCommand, Attendee
from ledger.complaint.decisions import decide, needs
from ledger.complaint.facts import FACTS_AT_AN_INSTANT, ComplaintFact
from ledger.complaint.state import Complaint, Filed, Nothing, evolve
from ledger.errors import Invalid, Refused
from ledger.values import Act, Handle, Name, Number, Role, SealedRef, Source, StreamId, Subject
from tests.builders import (
    ALLEGED,
    AUTHORITY,
    BAWASLU,
    BKN,
    DKPP,
    KASN,
    KPU,
    R2,
    REGISTERED,
    Happened,
    accept_referral,
    after,
    alleged,
    announce_status,
    ballot,
    by,
    call_hearing,
    complete_study,
    decided,
    file_complaint,
    filed,
    hold_hearing,
    hold_plenary,
    make_allegation,
    name_respondent,
    named,
    offer_referral,
    offered,
    plenary,
    receive_referral,
    register_complaint,
    registered,
    return_referral,
    reviewed,
    sealed,
    studied,
)
from tests.builders_asked import (
    add_evidence,
    close_complaint,
    continue_as_finding,
    correct_closed_value,
    correct_value,
    disclose_value,
    erase_person,
    establish_conflict,
    fix_finding,
    miss_hearing,
    note_preliminary,
    recategorise_allegation,
    receive_completion,
    record_conflict,
    record_outcome,
    record_tracing,
    refuse_registration,
    reopen_complaint,
    retain_allegation,
    review_with,
    withdraw_complaint,
)
from tests.builders_wide import (
    AWAITING,
    CLOSED,
    FOUND,
    NOT_REGISTERED,
    RETAINED,
    SETTLED,
    TRACING,
    WIDE,
    WITHDRAWN,
    filed_by_two,
    recorded,
)

FIRST_DAY: Final = date(2024, 7, 9)
GROUNDS: Final = replace(
    WIDE,
    offices={
        **WIDE.offices,
        KASN: replace(WIDE.office(KASN), ended_on=date(2024, 8, 24), ended_by=Name("UU 20/2023"), successor=BKN),
    },
)
"""The register as it stands for ever after KASN's end; days before it are before it."""
TWO = (filed(), named(), alleged(), named(R2), alleged(2, R2), reviewed(), registered(), studied(1, 2))
TWO_DECIDED = (*TWO, plenary(1, (1, 2)), decided(), decided(2))
BEGINNINGS: Final[Mapping[str, tuple[Happened, ...]]] = {
    "nothing": (),
    "alleged": ALLEGED,
    "by two": (filed_by_two(), named(), alleged()),
    "awaiting": AWAITING,
    "tracing": TRACING,
    "found": FOUND,
    "registered": REGISTERED,
    "two registered": TWO,
    "two decided": TWO_DECIDED,
    "two offered": (*TWO_DECIDED, offered(), offered(2, 2, to=AUTHORITY, binding=True)),
    "retained": RETAINED,
    "settled": SETTLED,
    "closed": CLOSED,
    "not registered": NOT_REGISTERED,
    "withdrawn": WITHDRAWN,
}


@dataclass(frozen=True)
class Pen:
    """Draws what a command says: mostly numbers of things that the complaint has."""

    draw: Callable[[st.SearchStrategy[Any]], Any]
    complaint: Complaint

    def __call__(self, strategy: st.SearchStrategy[Any]) -> Any:
        return self.draw(strategy)

    def allegation(self) -> Number:
        return self._one_of("allegations")

    def referral(self) -> Number:
        return self._one_of("referrals")

    def hearing(self) -> Number:
        return self._one_of("hearings")

    def addressee(self, referral: int) -> StreamId:
        """To whom a referral went, or any office that takes referrals."""
        file = file_or_none(self.complaint)
        known = [file.referrals[referral].to] * 4 if file and referral in file.referrals else []
        office: StreamId = self.draw(st.sampled_from((*known, KASN, BKN, AUTHORITY, KPU, DKPP)))
        return office

    def holder(self, allegation: int) -> StreamId:
        """Who holds an allegation, or any office that may."""
        file = file_or_none(self.complaint)
        known = [file.holder(file.allegations[allegation])] * 6 if file and allegation in file.allegations else []
        office: StreamId = self.draw(st.sampled_from((*known, KASN, BKN, AUTHORITY, KPU, DKPP, BAWASLU)))
        return office

    def member(self, of: Callable[[Any], list[str]]) -> tuple[int, Any, str]:
        """A fact of the complaint, its version, and one of those of its members that are looked for, or any name."""
        entered = file_or_none(self.complaint).entered if file_or_none(self.complaint) else ()
        fitting = [number for number, each in enumerate(entered, 1) if of(each.fact)]
        version = self.draw(st.sampled_from((*fitting, *fitting, 1, 30)))
        fact = entered[version - 1].fact if version <= len(entered) else None
        known = of(fact) if fact is not None else []
        return version, fact, self.draw(st.sampled_from((*known, *known, "narrative", "complainants[0].name", "x")))

    def _one_of(self, things: str) -> Number:
        known = sorted(getattr(file_or_none(self.complaint), things, {}))
        return Number(self.draw(st.sampled_from((*known, *known, *known, 1, 2, 3))))


@dataclass(frozen=True)
class Step:
    """One command that was let pass: the complaint before and after it, and what happened."""

    before: Complaint
    command: AnyComplaintCommand
    happened: tuple[Happened, ...]
    after: Complaint


@dataclass(frozen=True, repr=False)
class History:
    """A beginning, and the steps that followed it."""

    beginning: tuple[Happened, ...]
    steps: tuple[Step, ...]

    def __repr__(self) -> str:
        """Only the steps, each by what happened: a failing history is read, not scrolled through."""
        told = [f"{step.after.STAGE}: {[each.fact for each in step.happened]}" for step in self.steps]
        return f"after {[type(each.fact).__name__ for each in self.beginning]}:\n" + "\n".join(told)

    @property
    def happened(self) -> tuple[Happened, ...]:
        return (*self.beginning, *(each for step in self.steps for each in step.happened))

    @property
    def facts(self) -> tuple[ComplaintFact, ...]:
        return tuple(each.fact for each in self.happened)


def states(happened: tuple[Happened, ...]) -> tuple[Complaint, ...]:
    """The complaint after each of some facts."""
    complaint: Complaint = Nothing()
    made = []
    for each in happened:
        complaint = evolve(complaint, each.fact, each.act)
        made.append(complaint)
    return tuple(made)


def tried(command: AnyComplaintCommand, complaint: Complaint) -> tuple[Happened, ...] | None:
    """What a command makes happen, with exactly the grounds that it needs; None where it is refused."""
    needed = needs(command, complaint)
    offices = {stream: office for stream, office in GROUNDS.offices.items() if stream in needed}
    elections = {stream: election for stream, election in GROUNDS.elections.items() if stream in needed}
    act_day = command.act.on or command.act.at.date()  # type: ignore[union-attr]  # one of the two stands
    at = datetime(act_day.year, act_day.month, act_day.day, 23, tzinfo=UTC)
    try:
        made = decide(command, complaint, at=at, grounds=replace(GROUNDS, offices=offices, elections=elections))
    except (Refused, Invalid):
        return None
    return tuple(recorded(command, fact) for fact in made)


_small = st.sampled_from((1, 1, 1, 2, 2, 3)).map(Number)
_numbers = st.sets(_small, max_size=2).map(frozenset)
_requirements = st.sets(st.sampled_from(codes.Requirement), min_size=1, max_size=2).map(frozenset)
_values = st.sampled_from(("2024-06-07", "2024-06-09", "2024-06-30", "15.08"))


def _review(draw: Pen) -> AnyComplaintCommand:
    result = draw(st.sampled_from(codes.ReviewResult))
    missing = draw(_requirements) if result is not codes.ReviewResult.REGISTER else frozenset()
    return review_with(result, *missing)


def _plenary(draw: Pen) -> AnyComplaintCommand:
    numbers = {draw.allegation() for _ in range(draw(st.integers(1, 2)))}
    votes = {number: draw(st.sampled_from(((3, 1), (1, 3), (2, 2)))) for number in numbers}
    return hold_plenary(
        *(ballot(number, yes, no, category=codes.Category.ETHICS) for number, (yes, no) in votes.items()),
        present=tuple(Attendee(handle=Handle(f"a{member}")) for member in range(2, 6)),
    )


def _offer(draw: Pen) -> AnyComplaintCommand:
    to, track = draw(
        st.sampled_from(
            (
                (KASN, codes.Track.ASN),
                (BKN, codes.Track.ASN),
                (AUTHORITY, codes.Track.ASN),
                (KPU, codes.Track.KPU_ADMIN),
                (DKPP, codes.Track.DKPP),
            )
        )
    )
    return offer_referral(allegation=draw.allegation(), to=to, track=track, study_attached=draw(st.booleans()))


def _correct(draw: Pen) -> AnyComplaintCommand:
    """A value of a fact that may be corrected, mostly: in its own mark, with a value of its own kind and subject."""
    version, fact, member = draw.member(lambda fact: sorted(getattr(fact, "CORRECTABLE", ())))
    made = correct_value if getattr(fact, "OPEN", True) else correct_closed_value
    value = draw(_values)
    sealed_value = isinstance(getattr(fact, member, None), SealedRef)
    command: AnyComplaintCommand = made(
        version,
        member,
        None if sealed_value else value,
        replacement=sealed("replacement") if sealed_value else None,
        subject=Subject(draw(st.sampled_from(("case", "case", "k1", "r1")))),
    )
    return command


def _disclose(draw: Pen) -> AnyComplaintCommand:
    """A sealed value of some fact, mostly."""
    version, _, member = draw.member(
        lambda fact: [each.name for each in fields(fact) if isinstance(getattr(fact, each.name), SealedRef)]
    )
    return disclose_value(version, member)


def _answering(draw: Pen, command: Any, role: Role) -> AnyComplaintCommand:
    """An addressee's answer, by any of the offices that take referrals."""
    referral = draw.referral()
    office = draw.addressee(referral)
    made: AnyComplaintCommand = replace(
        command, referral=referral, act=replace(command.act, office=office), by=by(role, office)
    )
    return made


def _outcome(draw: Pen) -> AnyComplaintCommand:
    allegation = draw.allegation()
    office = draw.holder(allegation)
    role = Role.SUPERVISOR if office == BKN and draw(st.booleans()) else Role.HOLDER
    command = record_outcome(office, role, allegation=allegation, level=draw(st.sampled_from(codes.OutcomeLevel)))
    if draw(st.integers(0, 3)) == 0:
        command = replace(command, act=replace(command.act, source=Source.LETTER), by=by(Role.EXAMINER))
    return command


ASKED: Final[Mapping[str, Callable[[Pen], AnyComplaintCommand]]] = {
    "file": lambda _: file_complaint(),
    "note": lambda _: note_preliminary(),
    "fix": lambda _: fix_finding(),
    "trace": lambda draw: record_tracing(draw(st.sampled_from(codes.TracingResult))),
    "continue": lambda draw: continue_as_finding(
        **(
            {"occurred_from": date(2024, 6, 8), "occurred_until": date(2024, 6, 8)}
            if draw(st.booleans())
            else {"occurred_from": None}
        )
    ),
    "name": lambda draw: name_respondent(respondent=Handle(f"r{draw(_small)}")),
    "allege": lambda draw: make_allegation(respondent=Handle(f"r{draw(_small)}")),
    "recategorise": lambda draw: recategorise_allegation(
        allegation=draw.allegation(), category=draw(st.sampled_from(codes.Category))
    ),
    "review": _review,
    "complete": lambda draw: receive_completion(items=draw(_requirements)),
    "refuse": lambda draw: refuse_registration(draw(st.sampled_from(codes.RefusalReason))),
    "register": lambda draw: register_complaint(kind=draw(st.sampled_from(codes.RegistrationKind))),
    "withdraw": lambda draw: withdraw_complaint(Handle(f"k{draw(st.integers(1, 2))}")),
    "call": lambda _: call_hearing(set_for=date(2026, 1, 1)),
    "hold": lambda draw: hold_hearing(hearing=draw.hearing()),
    "miss": lambda draw: miss_hearing(hearing=draw.hearing()),
    "study": lambda draw: complete_study(draw.allegation()),
    "study by BKN": lambda draw: complete_study(draw.allegation(), by=by(Role.SUPERVISOR, BKN)),
    "plenary": _plenary,
    "announce": lambda draw: announce_status(
        what=draw(st.sampled_from(codes.Announcement)), allegations=draw(_numbers)
    ),
    "evidence": lambda _: add_evidence(),
    "declare": lambda draw: record_conflict(
        actor=Handle(f"a{(number := draw(st.integers(6, 7)))}"), by=by(Role.EXAMINER, BAWASLU, f"a{number}")
    ),
    "establish": lambda _: establish_conflict(actor=Handle("a5")),
    "offer": _offer,
    "receive": lambda draw: _answering(draw, receive_referral(), Role.INTAKE),
    "accept": lambda draw: _answering(draw, accept_referral(), Role.HOLDER),
    "return": lambda draw: _answering(draw, return_referral(), Role.INTAKE),
    "retain": lambda draw: retain_allegation(
        allegation=draw.allegation(), track=draw(st.sampled_from((codes.Track.BAWASLU_ADHOC, codes.Track.DKPP)))
    ),
    "outcome": _outcome,
    "correct": _correct,
    "close": lambda draw: close_complaint(draw(st.sampled_from(codes.ClosingReason))),
    "reopen": lambda draw: reopen_complaint(draw(st.sampled_from(codes.ReopeningReason)), *draw(_numbers)),
    "erase": lambda draw: erase_person(draw(st.sampled_from(("k1", "r1", "w1")))),
    "disclose": _disclose,
}
"""Every command, with what it says drawn."""

BEFORE = ("name", "allege", "withdraw")
ENDED = ("close", "reopen", "reopen", "reopen", "announce", "correct", "disclose", "erase")
EXAMINED = ("call", "hold", "miss", "study", "plenary", "recategorise")
FITTING: Final[Mapping[Stage, tuple[str, ...]]] = {
    Stage.NOTHING: ("file", "note", "fix"),
    Stage.RECEIVED: (*BEFORE, "review", "review", "refuse", "correct"),
    Stage.AWAITING_COMPLETION: (*BEFORE, "complete", "complete", "refuse"),
    Stage.TRACING: (*BEFORE, "trace", "continue", "continue", "refuse"),
    Stage.FOUND: (*BEFORE, "register", "register", "refuse"),
    Stage.REVIEWED: (*BEFORE, "register", "register"),
    Stage.REGISTERED: (*BEFORE, *EXAMINED, "plenary", "plenary", "declare"),
    Stage.DECIDED: (
        *EXAMINED,
        "offer",
        "offer",
        "receive",
        "accept",
        "accept",
        "return",
        "retain",
        "outcome",
        "outcome",
        "study by BKN",
        "allege",
        "close",
        "declare",
        "establish",
        "correct",
        "disclose",
        "evidence",
    ),
    Stage.NOT_REGISTERED: ENDED,
    Stage.WITHDRAWN: (*ENDED, "continue"),
    Stage.CLOSED: (*ENDED, "reopen", "reopen"),
}


def dated(command: AnyComplaintCommand, day: date) -> Any:
    """The command as an act of a day, by date or by instant as it was."""
    if command.FACT in FACTS_AT_AN_INSTANT:
        act: Act = replace(command.act, at=datetime(day.year, day.month, day.day, 3, tzinfo=UTC))
    else:
        act = replace(command.act, on=day)
    return replace(command, act=act)


def drawn_command(draw: Pen, day: date) -> AnyComplaintCommand:
    """A command that fits the stage, or any; of a fitting recorder and day, or of any."""
    wild = draw(st.integers(0, 9))
    name = draw(st.sampled_from(FITTING[draw.complaint.STAGE] if wild > 1 else tuple(ASKED)))
    command: Any = dated(ASKED[name](draw), day - timedelta(days=30) if wild == 2 else day)
    if wild == 3:
        office: StreamId = draw(st.sampled_from(tuple(GROUNDS.offices)))
        command = replace(command, by=by(draw(st.sampled_from(Role)), office), act=replace(command.act, office=office))
    made: AnyComplaintCommand = command
    return made


@st.composite
def histories(draw: Any, most: int = 24, beginnings: tuple[str, ...] = tuple(BEGINNINGS)) -> History:
    """A history that `decide` let pass, of a beginning and up to so many commands."""
    beginning = BEGINNINGS[draw(st.sampled_from(beginnings))]
    complaint, day, steps = after(*beginning), FIRST_DAY, []
    for _ in range(draw(st.integers(most // 3, most))):
        day += timedelta(days=draw(st.sampled_from((0, 0, 0, 1, 1, 9))))
        command = drawn_command(Pen(draw, complaint), day)
        happened = tried(command, complaint)
        if happened is None:
            continue
        now = complaint
        for each in happened:
            now = evolve(now, each.fact, each.act)
        steps.append(Step(complaint, command, happened, now))
        complaint = now
    return History(beginning, tuple(steps))


def file_or_none(complaint: Complaint) -> Any:
    """The file, where there is one."""
    return complaint.file if isinstance(complaint, Filed) else None
