"""Chronicle K11: 1,158 civil servants on 4 December 2024, by what their files wait for.

Reported [S30, S31]: awaiting BKN 667, awaiting the personnel authority 436, retired or dismissed 4, not proven 24,
cancelled 27; sixty rejected stand apart; nineteen sanctioned lie among those who wait for the authority. One office and
one authority stand for all; ten respondents share a case; days and persons are synthetic.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from api.chronicles import people
from api.chronicles.ordinary import take
from api.chronicles.places import Places
from api.chronicles.play import Chronicle, Desk, Many, Step, Steps
from ledger.command import Command
from ledger.complaint.codes import (
    Category,
    Kind,
    OutcomeLevel,
    RegistrationKind,
    RespondentClass,
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
    ReceiveReferral,
    RecommendSanction,
    RecordOutcome,
    RegisterComplaint,
)
from ledger.complaint.track.codes import SanctionClass, SanctionKind, VerificationResult
from ledger.values import Code, Count, Handle, Number, OutcomeCode, Person, Plain, Region, Role, Source, StreamId

GARUT = Region("32.05")
TEAM = people.GARUT
IN_A_CASE = 10
HAPPENED = date(2024, 10, 20)


@dataclass(frozen=True, slots=True)
class Printed:
    """How many files were printed in each state; the sanctioned lie among those that wait for the authority."""

    awaiting_bkn: int = 667
    awaiting_authority: int = 436
    unprocessable: int = 4
    not_proven: int = 24
    cancelled: int = 27
    rejected: int = 60
    sanctioned: int = 19

    @property
    def states(self) -> list[str]:
        """One for each file, in the order of what happens to it."""
        return [
            *["awaiting_bkn"] * self.awaiting_bkn,
            *["awaiting_authority"] * (self.awaiting_authority - self.sanctioned),
            *["sanctioned"] * self.sanctioned,
            *["cannot_be_processed"] * self.unprocessable,
            *["not_proven"] * self.not_proven,
            *["cancelled"] * self.cancelled,
            *["rejected"] * self.rejected,
        ]


FEW = Printed(
    awaiting_bkn=4, awaiting_authority=3, unprocessable=1, not_proven=1, cancelled=1, rejected=2, sanctioned=1
)
"""A hundredth of it, none of the states empty."""


@dataclass(frozen=True, slots=True)
class Held:
    """One allegation: its case, its number in it, and the state that its file is to reach."""

    complaint: StreamId
    allegation: Number
    state: str


def k11(places: Places, printed: Printed = FEW) -> Chronicle:
    """The chronicle of many files; returns the first case."""
    bawaslu, bkn, authority = Desk(places.bawaslu_garut), Desk(places.bkn), Desk(places.authority_garut)
    cases = [printed.states[first : first + IN_A_CASE] for first in range(0, len(printed.states), IN_A_CASE)]
    secretary, examiner = bawaslu.actor(Role.PLENARY, TEAM.secretary), bawaslu.actor(Role.EXAMINER, TEAM.examiner)
    fixed = yield Step(
        "2024-10-21T03:00:00",
        Many(tuple(_finding(bawaslu, places) for _ in cases)),
        secretary,
        f"{len(cases)} temuan tentang {len(printed.states)} ASN",
        f"{len(cases)} findings on {len(printed.states)} civil servants",
    )
    streams = [each.stream for each in fixed.entries if each.version == 1]
    held = [
        Held(stream, Number(number), state)
        for stream, states in zip(streams, cases, strict=True)
        for number, state in enumerate(states, 1)
    ]
    yield Step(
        "2024-10-22T03:00:00",
        Many(tuple(each for stream in streams for each in _accuse(bawaslu, stream, held))),
        examiner,
        f"{len(held)} terlapor dan dugaan",
        f"{len(held)} respondents and allegations",
    )
    yield Step(
        "2024-10-24T09:00:00",
        Many(tuple(_decide(bawaslu, stream, held) for stream in streams)),
        secretary,
        f"Pleno memutuskan {len(held)} dugaan",
        f"The plenary decides {len(held)} allegations",
        match=True,
    )
    yield Step(
        "2024-10-28T03:00:00",
        Many(tuple(_offer(bawaslu, bkn.office, each) for each in held)),
        examiner,
        f"{len(held)} penerusan ke BKN",
        f"{len(held)} referrals to BKN",
        match=True,
    )
    yield from _at_bkn(bkn, authority, held)
    return streams[0]


def _at_bkn(bkn: Desk, authority: Desk, held: list[Held]) -> Steps:
    clerk, holder = bkn.actor(Role.INTAKE, people.BKN_CLERK), bkn.actor(Role.HOLDER, people.BKN_CLERK)

    def those(*states: str) -> list[Held]:
        return [each for each in held if each.state in states]

    def each_of(some: Iterable[Held], made: Callable[[Held], Command]) -> Many:
        return Many(tuple(made(one) for one in some))

    yield Step(
        "2024-10-30T03:00:00",
        each_of(held, lambda one: _received(bkn, one)),
        clerk,
        f"BKN menerima {len(held)} berkas",
        f"BKN has {len(held)} files",
    )
    taken = [each for each in held if each.state != "awaiting_bkn"]
    yield Step(
        "2024-10-31T03:00:00",
        each_of(
            taken, lambda one: AcceptReferral(act=bkn.on("2024-10-31"), stream=one.complaint, referral=one.allegation)
        ),
        clerk,
        f"BKN menangani {len(taken)} berkas",
        f"BKN takes {len(taken)} files",
    )
    yield Step(
        "2024-11-05T03:00:00",
        each_of(taken, lambda one: _verified(bkn, one)),
        holder,
        f"Satgas memverifikasi {len(taken)} berkas",
        f"The task force verifies {len(taken)} files",
    )
    ended = those("not_proven", "cannot_be_processed")
    yield Step(
        "2024-11-08T03:00:00",
        each_of(ended, lambda one: _outcome(bkn, one, one.state)),
        holder,
        f"Hasil BKN atas {len(ended)} berkas",
        f"BKN's outcome on {len(ended)} files",
    )
    passed = those("awaiting_authority", "sanctioned")
    for number, one in enumerate(passed):
        # A recommendation's referral is numbered in its case, so those of one case follow one another.
        yield Step(
            f"2024-11-11T{2 + number // 60:02}:{number % 60:02}:00",
            RecommendSanction(
                act=bkn.on("2024-11-11"), stream=one.complaint, allegation=one.allegation, to=authority.office
            ),
            holder,
            f"Rekomendasi {number + 1} kepada PPK",
            f"Recommendation {number + 1} to the personnel authority",
            match=True,
        )
    referral = _second_referrals(held, passed)
    yield Step(
        "2024-11-14T03:00:00",
        each_of(
            passed,
            lambda one: ReceiveReferral(
                act=authority.at("2024-11-13T03:00:00", Source.LETTER),
                stream=one.complaint,
                referral=referral[one],
                shown_by=ShownBy.DELIVERY_PROOF,
                proof=Plain("Tanda terima surat."),
            ),
        ),
        holder,
        f"PPK menerima {len(passed)} rekomendasi",
        f"The authority has {len(passed)} recommendations",
    )
    sanctioned = those("sanctioned")
    yield Step(
        "2024-12-03T03:00:00",
        each_of(sanctioned, lambda one: _sanctioned(authority, one)),
        holder,
        f"PPK menjatuhkan {len(sanctioned)} sanksi",
        f"The authority imposes {len(sanctioned)} sanctions",
    )


def _second_referrals(held: list[Held], passed: list[Held]) -> dict[Held, Number]:
    """The number of each recommendation's referral: after those of its case to BKN, in the order of recommending."""
    counted = {each.complaint: 0 for each in held}
    for each in held:
        counted[each.complaint] += 1
    numbers = {}
    for each in passed:
        counted[each.complaint] += 1
        numbers[each] = Number(counted[each.complaint])
    return numbers


def _finding(bawaslu: Desk, places: Places) -> Command:
    return FixFinding(
        act=bawaslu.on("2024-10-21"),
        found_on=date(2024, 10, 21),
        election=places.election_garut,
        region=GARUT,
        occurred_from=HAPPENED,
        occurred_until=HAPPENED,
        narrative=Plain("Sejumlah ASN menghadiri kampanye."),
    )


def _accuse(bawaslu: Desk, stream: StreamId, held: list[Held]) -> Iterator[Command]:
    act = bawaslu.on("2024-10-22")
    for index, each in enumerate(held):
        if each.complaint != stream:
            continue
        yield NameRespondent(
            act=act,
            stream=stream,
            respondent=Person("r", (f"nip:19820101200901{1000 + index}",)),
            class_=RespondentClass.ASN,
            known=True,
            name=Plain(f"ASN Contoh {index + 1}"),
        )
        yield MakeAllegation(
            act=act,
            stream=stream,
            respondent=Handle(f"r{each.allegation}"),
            category=Category.OTHER_LAW,
            kinds=frozenset({Kind.N03}),
        )
    yield RegisterComplaint(act=act, stream=stream, kind=RegistrationKind.FINDING, number=Plain("Reg/TM/X/2024"))


def _decide(bawaslu: Desk, stream: StreamId, held: list[Held]) -> Command:
    return HoldPlenary(
        act=bawaslu.at("2024-10-24T06:00:00"),
        stream=stream,
        present=tuple(people.attendee(member) for member in TEAM.members),
        ballots=tuple(
            Ballot(
                allegation=each.allegation,
                violation=Count(len(TEAM.members)),
                not_violation=Count(0),
                abstained=Count(0),
            )
            for each in held
            if each.complaint == stream
        ),
    )


def _offer(bawaslu: Desk, bkn: StreamId, held: Held) -> Command:
    return OfferReferral(
        act=bawaslu.on("2024-10-28"),
        stream=held.complaint,
        allegation=held.allegation,
        to=bkn,
        track=Track.ASN,
        study_attached=False,
    )


def _received(bkn: Desk, held: Held) -> Command:
    return ReceiveReferral(
        act=bkn.at("2024-10-30T02:00:00"),
        stream=held.complaint,
        referral=held.allegation,
        shown_by=ShownBy.RECEIVER,
    )


def _verified(bkn: Desk, held: Held) -> Command:
    results = {"rejected": VerificationResult.REJECTED, "cancelled": VerificationResult.CANCELLED}
    return take(
        "asn.satgas_verified.v1",
        act=bkn.on("2024-11-05"),
        stream=held.complaint,
        allegation=held.allegation,
        result=results.get(held.state, VerificationResult.PASSED),
    )


def _outcome(desk: Desk, held: Held, outcome: str) -> Command:
    return RecordOutcome(
        act=desk.on("2024-11-08"),
        stream=held.complaint,
        allegation=held.allegation,
        outcome=OutcomeCode(outcome),
        level=OutcomeLevel.FIRST,
    )


def _sanctioned(authority: Desk, held: Held) -> Command:
    return take(
        "asn.sanctioned.v1",
        act=authority.on("2024-12-02", Source.LETTER),
        stream=held.complaint,
        allegation=held.allegation,
        class_=SanctionClass.MEDIUM,
        kind=SanctionKind.ALLOWANCE_CUT,
        months=Number(6),
        basis=Code("pp_94_2021"),
    )
