"""Whatever is handed over, received, accepted, returned, recalled and succeeded: each file has one holder.

One ledger for all drawn histories; each begins with offices and cases of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.chronicles import people, register
from api.chronicles.play import by_registrar, instant
from api.chronicles.register import JAMBI, Register
from api.desks import desk
from api.ended import ended_offices
from api.handovers import handovers
from api.wiring import House, create_house
from ledger.clock import SimulatedClock
from ledger.command import Command
from ledger.complaint.allegations import Cleared, Dropped, Settled
from ledger.complaint.codes import (
    Category,
    OutcomeLevel,
    RegistrationKind,
    RespondentClass,
    ReturnReason,
    ShownBy,
    Track,
)
from ledger.complaint.commands import (
    AcceptReferral,
    Ballot,
    FixFinding,
    HoldPlenary,
    MakeAllegation,
    NameRespondent,
    OfferReferral,
    RecallReferral,
    ReceiveReferral,
    RecordOutcome,
    RegisterComplaint,
    ReturnReferral,
)
from ledger.complaint.file import File
from ledger.errors import Refused
from ledger.grounds import Grounds
from ledger.handing_over import FileOf, Files, hand_over
from ledger.itself.facts import ClockKind
from ledger.office.commands import EndOffice, EstablishOffice
from ledger.office.competence import line_of
from ledger.office.facts import Level, OfficeKind
from ledger.registrar import Receipt
from ledger.values import (
    Act,
    Actor,
    Count,
    Handle,
    Name,
    Number,
    OutcomeCode,
    Person,
    Plain,
    Role,
    Source,
    Staff,
    StreamId,
    Zone,
)
from tests.auditor import audit

CASES, RESPONDENTS = 2, 2
FILES = tuple((case, allegation) for case in range(CASES) for allegation in range(1, RESPONDENTS + 1))
CLERK = Staff("petugas.uji", "Petugas Uji")


@dataclass
class Ground:
    """A ledger, and its clock, which goes on by a day with every act."""

    house: House
    clock: SimulatedClock
    offices: Register

    def tomorrow(self) -> date:
        self.clock.now += timedelta(days=1)
        return self.clock.now.date()


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    clock = SimulatedClock(instant("2024-05-02T01:00:00"))
    house = create_house(
        tmp_path_factory.mktemp("lost") / "ledger",
        domain="test.invalid",
        kind=ClockKind.SIMULATED,
        operator=register.OPERATOR,
        clock=clock,
    )
    try:
        submit = by_registrar(house.registrar, clock)
        offices, _ = register.record_register(house.stream, submit)
        yield Ground(house, clock, offices)
        audit(house)
    finally:
        house.close()


@dataclass
class Story:
    """Three offices that may follow one another, and the files of two cases that lie at the first."""

    ground: Ground
    bodies: list[StreamId] = field(default_factory=list)
    cases: list[StreamId] = field(default_factory=list)

    @property
    def house(self) -> House:
        return self.ground.house

    @property
    def owner(self) -> StreamId:
        return self.ground.offices.bawaslu_jambi

    def file(self, case: int) -> File:
        return self.house.registrar.load(self.cases[case]).state.file  # type: ignore[no-any-return]

    def lies_at(self, case: int, allegation: int) -> StreamId:
        """The office with which a file lies."""
        return self.file(case).lies_at(self.file(case).allegations[allegation])

    def competent(self, office: StreamId) -> StreamId:
        """Whoever acts for an office today."""
        known = {each: self.house.registrar.load(each).state for each in [*self.bodies, self.owner]}
        return line_of(office, self.ground.clock.now.date(), Grounds(offices=known))[-1]

    def submit(self, command: Command, role: Role) -> Receipt:
        by = Actor(command.act.office, role, CLERK)
        seen = self.house.registrar.load(command.stream).version if command.NEEDS_MATCH and command.stream else None
        return self.house.registrar.submit(command, by=by, seen=seen)

    def begin(self) -> None:
        """The offices, and the cases up to what lies at the first office, taken by it."""
        registry = register.by_registry(self.house.stream)
        today = self.ground.tomorrow()
        for number in range(3):
            command = EstablishOffice(
                act=Act(self.house.stream, Source.OWN, on=today),
                kind=OfficeKind.BKN,
                level=Level.NATIONAL,
                zone=Zone.WIB,
                from_=date(2024, 1, 1),
                name=Name(f"Badan {number}"),
            )
            self.bodies.append(self.house.registrar.submit(command, by=registry).entries[0].stream)
        for _ in range(CASES):
            self._case(today)

    def _case(self, today: date) -> None:
        act = Act(self.owner, Source.OWN, on=today)
        found = FixFinding(
            act=act,
            found_on=today,
            election=self.ground.offices.election_jambi,
            region=JAMBI,
            occurred_from=today,
            occurred_until=today,
        )
        case = self.submit(found, Role.PLENARY).entries[0].stream
        self.cases.append(case)
        numbers = range(1, RESPONDENTS + 1)
        told: list[Command] = []
        for number in numbers:
            told += [
                NameRespondent(
                    act=act,
                    stream=case,
                    respondent=Person("r", (f"nip:{number:018}",)),
                    class_=RespondentClass.ASN,
                    known=True,
                ),
                MakeAllegation(act=act, stream=case, respondent=Handle(f"r{number}"), category=Category.OTHER_LAW),
            ]
        told.append(RegisterComplaint(act=act, stream=case, kind=RegistrationKind.FINDING, number=Plain("1")))
        self.house.registrar.submit_together(told, by=Actor(self.owner, Role.EXAMINER, CLERK))
        team = people.JAMBI
        votes = HoldPlenary(
            act=Act(self.owner, Source.OWN, at=self.ground.clock.now),
            stream=case,
            present=tuple(people.attendee(member) for member in team.members),
            ballots=tuple(
                Ballot(allegation=Number(number), violation=Count(5), not_violation=Count(0), abstained=Count(0))
                for number in numbers
            ),
        )
        self.submit(votes, Role.PLENARY)
        for number in numbers:
            self.offer(len(self.cases) - 1, number, 0)
        for number in numbers[:1]:
            self.answer(AcceptReferral, len(self.cases) - 1, number)

    # --- what may happen, whether the house lets it or not

    def offer(self, case: int, allegation: int, to: int) -> None:
        command = OfferReferral(
            act=Act(self.owner, Source.OWN, on=self.ground.clock.now.date()),
            stream=self.cases[case],
            allegation=Number(allegation),
            to=self.bodies[to],
            track=Track.ASN,
            study_attached=False,
        )
        self.submit(command, Role.EXAMINER)

    def hand_over(self, case: int, allegation: int, to: int, which: frozenset[int]) -> None:
        """A file and some of those that lie beside it, by whoever acts for the office where they lie."""
        office = self.lies_at(case, allegation)
        lying = [of for of in FILES if self.lies_at(*of) == office]
        named = [of for index, of in enumerate(lying) if index in which or of == (case, allegation)]
        files = tuple(FileOf(self.cases[one], Number(other)) for one, other in named)
        if self.bodies[to] == office:
            to = (to + 1) % len(self.bodies)
        acting = self.competent(office)
        hand_over(
            self.house.registrar,
            Files(from_=office, to=self.bodies[to], files=files),
            act=Act(acting, Source.OWN, on=self.ground.clock.now.date()),
            by=Actor(acting, Role.HOLDER, CLERK),
        )

    def answer(self, answering: Callable[..., Any], case: int, allegation: int, referral: int | None = None) -> None:
        """The referral under which an allegation stands, or any other, by whoever acts for its addressee."""
        file = self.file(case)
        standing = file.allegations[allegation].standing
        number = referral or getattr(standing, "referral", None) or 1
        if number not in file.referrals:
            return
        known = file.referrals[number]
        recalls = answering is RecallReferral
        office = self.competent(known.sender if recalls else known.to)
        now = self.ground.clock.now
        act, more = Act(office, Source.OWN, on=now.date()), dict[str, Any]()
        if answering is ReceiveReferral:
            act, more = Act(office, Source.OWN, at=now), {"shown_by": ShownBy.RECEIVER}
        if answering is ReturnReferral:
            more = {"reason": ReturnReason.WRONG_BODY}
        command = answering(act=act, stream=self.cases[case], referral=Number(number), **more)
        by_owner = Role.EXAMINER if recalls and office == self.owner else None
        self.submit(command, by_owner or (Role.HOLDER if recalls else Role.INTAKE))

    def settle(self, case: int, allegation: int) -> None:
        file = self.file(case)
        office = self.competent(file.holder(file.allegations[allegation]))
        command = RecordOutcome(
            act=Act(office, Source.OWN, on=self.ground.clock.now.date()),
            stream=self.cases[case],
            allegation=Number(allegation),
            outcome=OutcomeCode("proven"),
            level=OutcomeLevel.FIRST,
        )
        self.submit(command, Role.HOLDER)

    def end(self, office: int, successor: int | None) -> None:
        command = EndOffice(
            act=Act(self.house.stream, Source.OWN, on=self.ground.clock.now.date()),
            stream=self.bodies[office],
            on=self.ground.clock.now.date(),
            legal_basis=Name("UU Contoh"),
            successor=None if successor is None else self.bodies[successor],
        )
        self.house.registrar.submit(command, by=register.by_registry(self.house.stream))

    # --- what holds after each

    def open(self) -> dict[tuple[StreamId, int], StreamId]:
        """Every allegation that is not final, with its holder, as the cases' own states say."""
        held = {}
        for case, allegation in FILES:
            file = self.file(case)
            one = file.allegations[allegation]
            if not isinstance(one.standing, Cleared | Settled | Dropped):
                held[self.cases[case], allegation] = file.holder(one)
        return held

    def check(self) -> None:
        """Every allegation is there with one holder; the desks together show each open one once as its holder's."""
        for case in range(CASES):
            assert self.file(case).allegations.keys() == set(range(1, RESPONDENTS + 1))
        self.house.follower.catch_up()
        views, clock = self.house.views, self.house.clock
        offices = [*self.bodies, self.owner]
        held = self.open()
        shown: Counter[tuple[str, int]] = Counter()
        for office in offices:
            waiting = [each for each in desk(views, office, clock()).answer.waiting if each.complaint in self.cases]
            places = [(each.complaint, each.allegation) for each in waiting]
            assert len(set(places)) == len(places), "a desk shows something twice"
            for each in waiting:
                assert each.holder == held[StreamId(each.complaint), each.allegation or 0]
                if each.holder == office:
                    shown[each.complaint, each.allegation or 0] += 1
        assert shown == dict.fromkeys(held, 1)
        self._check_handovers()

    def _check_handovers(self) -> None:
        """Each hand-over accounts for all its files; at an ended office lies what its desk shows."""
        views, clock = self.house.views, self.house.clock
        for line in handovers(views).answer.handovers:
            became = line.became.model_dump()
            assert sum(became.values()) == line.count
            assert line.open == became["offered"] + became["received"]
        for ended in ended_offices(views, clock).answer.offices:
            waiting = [each for each in desk(views, ended.office, clock()).answer.waiting if each.at == ended.office]
            assert ended.never_handed_over + ended.under_way == len(waiting)


bodies = st.integers(0, 2)
file_of = st.sampled_from(FILES)
answers = st.sampled_from([ReceiveReferral, AcceptReferral, ReturnReferral, RecallReferral])
handing = st.builds(
    lambda of, to, which: ("hand_over", *of, to, which), file_of, bodies, st.frozensets(st.integers(0, 3))
)
answering = st.builds(lambda how, of: ("answer", how, *of), answers, file_of)
moves = st.one_of(
    handing,
    handing,
    answering,
    answering,
    st.builds(lambda how, of, other: ("answer", how, *of, other), answers, file_of, st.integers(1, 4)),
    st.builds(lambda of, to: ("offer", *of, to), file_of, bodies),
    st.builds(lambda of: ("settle", *of), file_of),
    st.tuples(st.just("end"), bodies, st.none() | bodies),
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(told=st.lists(moves, min_size=4, max_size=14))
def test_every_file_has_one_holder_and_the_desks_show_each_open_one_once(ground: Ground, told: list[Any]) -> None:
    """Whatever the house refuses did not happen; whatever it lets happen loses nothing and doubles nothing."""
    story = Story(ground)
    story.begin()
    story.check()
    for name, *asked in told:
        ground.tomorrow()
        try:
            getattr(story, name)(*asked)
        except Refused:
            continue
        story.check()


def test_a_file_passed_on_by_an_office_that_also_acts_for_its_holder_is_counted_once(ground: Ground) -> None:
    """Both ended: the file lies with the holder, and is no second loss at the office that passed it on."""
    story = Story(ground)
    story.begin()
    for to in (1, 2):
        story.hand_over(0, 1, to, frozenset())
        ground.tomorrow()
        if to == 1:
            story.answer(ReceiveReferral, 0, 1)
    for office, successor in ((0, 1), (1, None)):
        story.end(office, successor)
        ground.tomorrow()
    story.check()
    ended = {each.office: each for each in ended_offices(story.house.views, ground.clock).answer.offices}
    assert [ended[story.bodies[office]].under_way for office in (0, 1)] == [1, 0]
