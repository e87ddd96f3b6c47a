"""Histories of several complaints at once: K4's own commands, asked of any complaint in any order, among others.

Whatever the house refuses did not happen; whatever it records is a history that a projection must be able to tell.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from hypothesis import strategies as st

from api.chronicles import register
from api.chronicles.play import instant
from api.chronicles.register import Register
from api.wiring import House, create_house, open_house
from ledger.adoption import adopt
from ledger.clock import SimulatedClock
from ledger.codec import content_digest
from ledger.command import Command
from ledger.complaint.codes import (
    ClosingReason,
    DropReason,
    OutcomeLevel,
    RefusalReason,
    ReopeningReason,
    Requirement,
    ReturnReason,
    ReviewResult,
    TracingResult,
    Track,
)
from ledger.complaint.commands import (
    STEP_COMMANDS,
    CallHearing,
    CloseComplaint,
    CompletionAsked,
    ContinueAsFinding,
    DropAllegation,
    ExtendExamination,
    JoinComplaint,
    PreliminaryAsked,
    RecallReferral,
    ReceiveCompletion,
    RecordOutcome,
    RecordTracing,
    RefusalAsked,
    ReopenComplaint,
    SeparateComplaint,
    WithdrawComplaint,
)
from ledger.complaint.track.codes import AppealResult, SanctionClass, SanctionKind
from ledger.election.commands import FixPair, OrderRevote, RecordStage
from ledger.election.facts import ElectionStage, RevoteOrderer
from ledger.errors import Refused
from ledger.handover.commands import OfferHandover, TallyHandover
from ledger.handover.facts import Item, Side
from ledger.itself.facts import ClockKind
from ledger.office.commands import EndOffice, EstablishOffice
from ledger.office.facts import Level, OfficeKind
from ledger.rulebook.law import Outcome, OutcomeCategory
from ledger.rulefiles import Law
from ledger.values import (
    Act,
    Actor,
    Code,
    Count,
    Handle,
    Name,
    Number,
    OutcomeCode,
    Person,
    Region,
    Role,
    Source,
    Staff,
    StreamId,
    Zone,
)
from tests.listening import Listener
from tests.scribes import Scribe, record_k4, record_register
from tests.unit.rulebook.laws import regulation, year

COMPLAINTS: Final = 3
NEXT: Final = "next"
"""K4's next command of a complaint; every other move is asked whether or not it is its time."""
BEGIN: Final = instant("2024-06-12T02:00:00")

Move = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Ground:
    """A ledger in a folder with offices and an election, closed; and what may be asked of it."""

    folder: Path
    offices: Register
    script: tuple[tuple[Command, Actor], ...]
    others: dict[str, tuple[Command, Actor]]


def prepare(folder: Path) -> Ground:
    """Make the ledger once; each history is told to a copy of it."""
    clock = SimulatedClock(instant("2024-05-02T01:00:00"))
    house = create_house(
        folder / "ledger", domain="test.invalid", kind=ClockKind.SIMULATED, operator=register.OPERATOR, clock=clock
    )
    try:
        scribe = Scribe(house.registrar, clock, house.stream)
        offices = record_register(scribe)
        law = Law((regulation(outcomes=(PROVEN,)),), (year(),))
        adopt(
            house.registrar,
            law,
            act=Act(house.stream, Source.OWN, on=date(2024, 5, 2)),
            by=register.by_registry(house.stream),
        )
        authority = scribe.record("2024-05-02T03:00:00", _authority(house), register.by_registry(house.stream))
        for command in _of_the_election(house, offices):
            scribe.record("2024-05-02T03:01:00", command, register.by_registry(house.stream))
    finally:
        house.close()
    script = _rehearsed(folder, offices)
    others = dict(_others(script, house.stream, offices, authority.entries[0].stream))
    return Ground(folder / "ledger", offices, script, others)


PROVEN: Final = Outcome(
    code=OutcomeCode("proven"),
    track=Track.ASN,
    category=OutcomeCategory.AGAINST,
    title_id=Name("Terbukti"),
    title_en=Name("Proven"),
    article=Name("Pasal 1"),
    verified=True,
)


def _authority(house: House) -> EstablishOffice:
    """An office whose referrals bind: it holds what it has received."""
    return EstablishOffice(
        act=Act(house.stream, Source.OWN, on=date(2024, 5, 2)),
        kind=OfficeKind.PERSONNEL_AUTHORITY,
        level=Level.REGENCY,
        zone=Zone.WIB,
        from_=date(2018, 1, 1),
        name=Name("Wali Kota Jambi"),
        region=Region("15.71"),
    )


def _of_the_election(house: House, offices: Register) -> Iterator[Command]:
    """A stage of the city's election, the day of its pairs, and a revote."""
    said: Any = {"act": Act(house.stream, Source.OWN, on=date(2024, 5, 2)), "stream": offices.election_jambi}
    day, city = date(2024, 5, 1), Region("15.71")
    yield RecordStage(**said, stage=ElectionStage.CAMPAIGN, from_=date(2024, 9, 25), until=date(2024, 11, 23))
    yield FixPair(**said, region=city, on=day)
    yield OrderRevote(
        **said,
        regions=frozenset({city}),
        on=day,
        ordered_by=RevoteOrderer.ELECTION_COMMISSION,
        basis=Name("Keputusan Contoh"),
        deadline=date(2024, 6, 1),
        border=frozenset({Region("15.05")}),
    )


def _rehearsed(folder: Path, offices: Register) -> tuple[tuple[Command, Actor], ...]:
    """The commands of K4, heard from its scribe."""
    with _copied(folder / "ledger", folder / "rehearsal") as (house, clock):
        listener = Listener(house.registrar, clock, house.stream)
        record_k4(listener, offices)
    return tuple((_that_can_wait(each.command), each.by) for each in listener.heard)


def _that_can_wait(command: Command) -> Command:
    return replace(command, set_for=date(2024, 7, 31)) if isinstance(command, CallHearing) else command


def _others(
    script: Sequence[tuple[Command, Actor]], ledger: StreamId, offices: Register, authority: StreamId
) -> Iterator[tuple[str, tuple[Command, Actor]]]:
    """Other things that happen to complaints, K4's commands with a difference, and to an office."""
    k4s = {type(command).__name__: (command, by) for command, by in reversed(script)}

    def other(name: str, **changes: Any) -> tuple[Command, Actor]:
        command, by = k4s[name]
        return replace(command, **changes), by

    def ballots(*votes: tuple[int, int, int]) -> tuple[Any, ...]:
        (ballot,) = k4s["HoldPlenary"][0].ballots  # type: ignore[attr-defined]
        return tuple(
            replace(ballot, allegation=Number(of), violation=Count(yes), not_violation=Count(no))
            for of, yes, no in votes
        )

    yield "name r2", other("NameRespondent", respondent=Person("r", ("nip:198001012005011002",)))
    yield "allege r2", other("MakeAllegation", respondent=Handle("r2"))
    yield "allege r1", other("MakeAllegation")
    lacking = frozenset({Requirement.SIGNATURE, Requirement.EVIDENCE})
    for name, result, asked in (
        ("refuse", ReviewResult.REFUSE, {"refusal": RefusalAsked(reason=RefusalReason.FORMAL)}),
        ("ask for more", ReviewResult.COMPLETE, {"completion": CompletionAsked(items=lacking)}),
        ("take it as a tip", ReviewResult.PRELIMINARY, {"preliminary": PreliminaryAsked()}),
    ):
        yield name, other("ReviewComplaint", formal=False, missing=lacking, result=result, **asked)
    yield from _beside(k4s["FileComplaint"][1], k4s["ReviewComplaint"][1], k4s["HoldPlenary"][1])
    yield "plenary clears 1", other("HoldPlenary", ballots=ballots((1, 1, 3)))
    yield "plenary ties 1", other("HoldPlenary", ballots=ballots((1, 2, 2)))
    yield "plenary on 2", other("HoldPlenary", ballots=ballots((2, 4, 0)))
    yield "plenary on both", other("HoldPlenary", ballots=ballots((1, 3, 1), (2, 1, 3)))
    yield "study of both", other("CompleteStudy", allegations=frozenset({Number(1), Number(2)}))
    yield "offer 1 to the authority", other("OfferReferral", to=authority, study_attached=False)
    yield "offer 2 to BKN", other("OfferReferral", allegation=Number(2), to=offices.bkn, track=Track.OTHER)
    for number in (1, 2, 3):
        receive, _ = k4s["ReceiveReferral"]
        for name, office in (("KASN", offices.kasn), ("BKN", offices.bkn), ("the authority", authority)):
            clerk = Actor(office, Role.INTAKE, Staff(f"penerima.{office[-4:]}", f"Penerima {name}"))
            arrived = Act(office, Source.OWN, at=receive.act.at)
            answered = Act(office, Source.OWN, on=date(2024, 6, 30))
            referral = Number(number)
            yield f"{name} has {number}", (other("ReceiveReferral", act=arrived, referral=referral)[0], clerk)
            yield f"{name} takes {number}", (other("AcceptReferral", act=answered, referral=referral)[0], clerk)
            yield (
                f"{name} returns {number}",
                (
                    other("ReturnReferral", act=answered, referral=referral, reason=ReturnReason.WRONG_BODY)[0],
                    clerk,
                ),
            )
            outcome = RecordOutcome(
                act=answered, allegation=referral, outcome=OutcomeCode("proven"), level=OutcomeLevel.FIRST
            )
            yield f"{name} decides on {number}", (outcome, replace(clerk, role=Role.HOLDER))
    yield from _handed_over(offices)
    yield from _disciplined(offices)
    end = EndOffice(
        act=Act(ledger, Source.OWN, on=date(2024, 6, 30)),
        stream=offices.kasn,
        on=date(2024, 6, 30),
        legal_basis=Name("UU 20/2023"),
        successor=offices.bkn,
    )
    yield "KASN ends", (end, register.by_registry(ledger))


def _handed_over(offices: Register) -> Iterator[tuple[str, tuple[Command, Actor]]]:
    """A manifest, and what each side counts; its files stand in a complaint of which nothing else is told."""
    giver = Actor(offices.kasn, Role.HOLDER, Staff("arsip.kasn", "Arsip KASN"))
    taker = Actor(offices.bkn, Role.HOLDER, Staff("arsip.bkn", "Arsip BKN"))
    gives, takes = (Act(each.office, Source.OWN, on=BEGIN.date()) for each in (giver, taker))
    items = (Item(StreamId("complaint-" + "e" * 32), Number(1), Number(1)),)
    yield "hand over", (OfferHandover(act=gives, from_=offices.kasn, to=offices.bkn, items=items), giver)
    counted = content_digest(items)
    for name, act, by, side in (("KASN", gives, giver, Side.GIVING), ("BKN", takes, taker, Side.TAKING)):
        yield f"{name} counts", (TallyHandover(act=act, side=side, count=Count(1), digest=counted), by)


def _disciplined(offices: Register) -> Iterator[tuple[str, tuple[Command, Actor]]]:
    """A sanction, an objection to it, and its annulment, as the holder records them."""
    holder = Actor(offices.bkn, Role.HOLDER, Staff("pemegang.bkn", "Pemegang BKN"))
    said: Any = {"act": Act(offices.bkn, Source.OWN, on=BEGIN.date()), "allegation": Number(1)}
    sanction: Any = {"class_": SanctionClass.MEDIUM, "kind": SanctionKind.PAY_RISE_DELAY, "basis": Code("pp_53_2010")}
    steps: Any = STEP_COMMANDS
    yield "sanction 1", (steps["asn.sanctioned.v1"](**said, **sanction, months=Number(12)), holder)
    yield "object to 1", (steps["asn.objected.v1"](**said), holder)
    yield "annul 1", (steps["asn.appeal_decided.v1"](**said, result=AppealResult.ANNULLED), holder)


def _beside(intake: Actor, examiner: Actor, secretary: Actor) -> Iterator[tuple[str, tuple[Command, Actor]]]:
    """What K4 does not tell of: completion, tracing, findings, withdrawal, closing and reopening."""
    act = Act(examiner.office, Source.OWN, on=BEGIN.date())
    first = frozenset({Number(1)})
    yield "more is given", (ReceiveCompletion(act=act, items=frozenset({Requirement.SIGNATURE})), intake)
    yield "trace it", (RecordTracing(act=act, result=TracingResult.SUPPORTED), examiner)
    yield "find it", (ContinueAsFinding(act=act, found_on=BEGIN.date()), secretary)
    yield "withdraw", (WithdrawComplaint(act=act, complainant=Handle("k1")), intake)
    for reason in ClosingReason:
        yield f"close: {reason}", (CloseComplaint(act=act, reason=reason), examiner)
    yield "join", (JoinComplaint(act=act, into=StreamId("complaint-" + "f" * 32)), examiner)
    yield "separate", (SeparateComplaint(act=act), examiner)
    yield "extend", (ExtendExamination(act=act), examiner)
    yield "drop 2", (DropAllegation(act=act, allegation=Number(2), reason=DropReason.DIED), examiner)
    yield "recall 3", (RecallReferral(act=act, referral=Number(3)), examiner)
    yield "reopen", (ReopenComplaint(act=act, reason=ReopeningReason.ERROR), examiner)
    yield "reopen 1", (ReopenComplaint(act=act, reason=ReopeningReason.NEW_EVIDENCE, allegations=first), examiner)
    yield "appeal 1", (ReopenComplaint(act=act, reason=ReopeningReason.APPEAL, allegations=first), examiner)


@contextmanager
def told(ground: Ground, folder: Path, moves: Sequence[Move]) -> Iterator[House]:
    """A ledger of its own to which a history was told."""
    with _copied(ground.folder, folder) as (house, clock):
        tell(house, clock, ground, moves)
        yield house


@contextmanager
def _copied(ledger: Path, folder: Path) -> Iterator[tuple[House, SimulatedClock]]:
    shutil.copytree(ledger, folder)
    clock = SimulatedClock(BEGIN)
    house = open_house(folder, clock=clock)
    try:
        yield house, clock
    finally:
        house.close()


def tell(house: House, clock: SimulatedClock, ground: Ground, moves: Sequence[Move]) -> None:
    """Ask for each move, three of them a day and each recorded a little later; what is refused did not happen."""
    streams_of: dict[str, dict[int, StreamId]] = {"complaint": {}, "handover": {}}
    reached = dict.fromkeys(range(COMPLAINTS), 0)
    for count, (complaint, move) in enumerate(moves):
        step = reached[complaint]
        if move == NEXT and step == len(ground.script):
            continue
        command, by = ground.script[step] if move == NEXT else ground.others[move]
        reached[complaint] += move == NEXT
        if command.KIND in streams_of and not command.BEGINS:
            if complaint not in streams_of[command.KIND]:
                continue
            command = replace(command, stream=streams_of[command.KIND][complaint])
        acted = BEGIN + timedelta(days=count // 3)
        clock.now = acted + timedelta(hours=count)
        dated = replace(command.act, on=command.act.on and acted.date(), at=command.act.at and acted)
        seen = house.registrar.load(command.stream).version if command.stream else None
        with suppress(Refused):
            receipt = house.registrar.submit(replace(command, act=dated), by=by, seen=seen)
            if command.BEGINS:
                streams_of[command.KIND][complaint] = receipt.entries[0].stream


def histories(ground: Ground) -> st.SearchStrategy[list[Move]]:
    """Any interleaving of three complaints, of which two moves in three go on as K4 did."""
    names = sorted(ground.others)
    move = st.one_of(st.just(NEXT), st.just(NEXT), st.sampled_from(names))
    return st.lists(st.tuples(st.integers(0, COMPLAINTS - 1), move), min_size=16, max_size=50)


def _moves(complaint: int, *moves: str | int) -> list[Move]:
    """Moves of one complaint; a number is so many steps of K4."""
    return [(complaint, move) for each in moves for move in ([NEXT] * each if isinstance(each, int) else [each])]


THOROUGH: Final[tuple[Move, ...]] = (
    *_moves(0, 3, "name r2", "allege r2"),
    *_moves(1, 3, "allege r1"),
    *_moves(2, 3, "refuse", 2, "reopen", "ask for more", "more is given", "take it as a tip"),
    *_moves(0, "hand over", "KASN counts", "BKN counts"),
    *_moves(0, 4, "plenary on both"),
    *_moves(1, 4, "plenary ties 1", 1, "plenary on 2", 2, "offer 2 to BKN", "BKN has 2", "BKN takes 2"),
    *_moves(0, 9, "KASN returns 2", "offer 1 to the authority", "the authority has 3"),
    *_moves(1, 4, "KASN has 3", "KASN takes 3", "KASN ends", "BKN returns 2", "study of both", "plenary on 2"),
    *_moves(0, "the authority returns 3", "plenary clears 1", "close: settled", "reopen 1"),
    *_moves(1, "BKN decides on 1", "BKN decides on 1", "sanction 1", "object to 1", "annul 1"),
    *_moves(2, "trace it", "join", "separate", "find it", "withdraw", "close: withdrawn"),
    *_moves(1, "drop 2"),
)
"""One history that reaches every stage and every standing; a test says so."""
