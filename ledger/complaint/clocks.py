"""The clocks that facts start: each starts in the same command, directly after its starter, by the law of that day.

Which fact starts which clock is data of the rulebook; nothing here knows a rule's id or a topic.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from ledger.complaint.allegations import Offered, OnTrack, Settled
from ledger.complaint.codes import Irregular, Irregularity
from ledger.complaint.deadlines import Clock, clocks_of, moves_none
from ledger.complaint.facts import (
    ClosedValueCorrected,
    ComplaintClosed,
    ComplaintFact,
    ComplaintFiled,
    ComplaintRegistered,
    DeadlineStarted,
    FindingFixed,
    InitialReviewConcluded,
    PlenaryHeld,
    PreliminaryInformationNoted,
    ReferralOffered,
    ValueCorrected,
)
from ledger.complaint.file import File
from ledger.complaint.state import Complaint, Nothing, evolve
from ledger.complaint.triggers import allegations_of, meant, referral_of
from ledger.grounds import Grounds
from ledger.office.competence import ledger_stream, legal_day
from ledger.office.state import KnownOffice
from ledger.rulebook.deadlines import due
from ledger.rulebook.law import CountedFrom, Doer, Start
from ledger.rulebook.state import Placed, Rulebook
from ledger.values import Act, Name, Number, StreamId, Zone

BEFORE_THE_CASE: Final[Mapping[CountedFrom, Irregularity]] = {
    CountedFrom.KNOWN_ON: Irregularity.REPORT_LATE,
    CountedFrom.FOUND_ON: Irregularity.FINDING_LATE,
}
"""The clocks that run before there is a case. Missing them has a code of its own, also where the case is registered."""

OWNERS: Final = frozenset({Doer.OWNER, Doer.COMPLAINANT})
"""Whose clocks are on the owner's desk; the others' are where the allegation lies."""


Markable = (
    ComplaintFiled
    | PreliminaryInformationNoted
    | FindingFixed
    | ComplaintRegistered
    | PlenaryHeld
    | ReferralOffered
    | ComplaintClosed
)
"""The facts that say what was irregular about them."""


@dataclass(frozen=True, slots=True)
class Starter:
    """A fact that may start clocks, with the act that it records and the file after it."""

    fact: ComplaintFact
    act: Act
    file: File
    day: date
    """The act's, where the acting office's clocks stand."""


def timed(
    facts: Sequence[ComplaintFact], complaint: Complaint, act: Act, grounds: Grounds
) -> tuple[ComplaintFact, ...]:
    """The facts of one command, each followed by the clocks that it starts, and marked where it comes too late.

    Without an adopted law there are no clocks.
    """
    if grounds.rulebook.digest is None or not facts:
        return tuple(facts)
    acting = _acting(act, grounds)
    day = legal_day(act, Zone.WIB if acting is None else acting.zone)
    made: list[ComplaintFact] = []
    state = complaint
    for fact in facts:
        state = evolve(state, fact, act)
        made.append(fact)
        for started in _started(Starter(fact, act, _file(state), day), grounds):
            # As the registrar records it: the act of what is no happening of an instant bears its date.
            state = evolve(state, started, replace(act, on=day, at=None))
            made.append(started)
    return _marked(made, _file(state), grounds.rulebook)


def _acting(act: Act, grounds: Grounds) -> KnownOffice | None:
    """The acting office; None for the ledger itself, whose data protection officers act in Jakarta's time."""
    return None if act.office == ledger_stream(grounds) else grounds.office(act.office)


def _file(complaint: Complaint) -> File:
    if isinstance(complaint, Nothing):
        raise TypeError("a fact that leaves no complaint")
    return complaint.file


def _started(starter: Starter, grounds: Grounds) -> Iterator[DeadlineStarted]:
    """The clocks that a fact starts, numbered on from those that there are."""
    number = len(starter.file.deadlines)
    for placed in grounds.rulebook.placed():
        if not _starts(placed, starter, grounds):
            continue
        for allegation in (*sorted(allegations_of(starter.fact, starter.file)),) or (None,):
            number += 1
            replaces = _replaced(placed, allegation, starter.file)
            yield _deadline(number, placed, grounds.rulebook, starter, allegation, replaces, grounds)
    for clock in _recounted(starter, grounds.rulebook):
        number += 1
        listed = grounds.rulebook.as_listed(clock.started.rulebook_digest)
        again = clock.started
        yield _deadline(number, clock.placed, listed, starter, again.allegation, again.deadline, grounds)


def _starts(placed: Placed, starter: Starter, grounds: Grounds) -> bool:
    rule, acting = placed.rule, _acting(starter.act, grounds)
    return (
        rule.holds_on(starter.day)
        and meant(rule.started_by, starter.fact, starter.file, None if acting is None else acting.kind)
        and rule.regime.holds_in(grounds.election(starter.file.election).regime)
        and _counted_from(placed, starter) is not None
    )


def _counted_from(placed: Placed, starter: Starter) -> date | datetime | None:
    """The day or instant from which a clock counts: that of the starting act, unless the rule names another."""
    rule, file = placed.rule, starter.file
    if rule.counted_from is CountedFrom.REGISTRATION:
        days = [day for fact, day in _dated(file) if isinstance(fact, ComplaintRegistered)]
        return days[-1] if days else None
    if rule.counted_from is not None:
        return file.known_on
    if rule.start is Start.INSTANT and starter.act.at is not None:
        return starter.act.at
    return starter.day


def _dated(file: File) -> Iterator[tuple[ComplaintFact, date | None]]:
    return ((each.fact, each.act.on) for each in file.entered)


def _replaced(placed: Placed, allegation: int | None, file: File) -> int | None:
    """The number of the clock whose place this one takes, where the rule names the other's rule."""
    if placed.rule.replaces is None:
        return None
    standing = _unreplaced(file)
    found = [each.deadline for each in standing if (each.rule, each.allegation) == (placed.rule.replaces, allegation)]
    return max(found, default=None)


def _unreplaced(file: File) -> list[DeadlineStarted]:
    gone = {each.replaces for each in file.deadlines.values()}
    return [each for each in file.deadlines.values() if each.deadline not in gone]


def _recounted(starter: Starter, rulebook: Rulebook) -> Iterator[Clock]:
    """The clocks that count from a day which a review or a correction has just set anew."""
    fact, file = starter.fact, starter.file
    if isinstance(fact, InitialReviewConcluded):
        counted = CountedFrom.KNOWN_ON
    elif isinstance(fact, ValueCorrected | ClosedValueCorrected) and fact.member in {"known_on", "found_on"}:
        counted = CountedFrom(fact.member)
    else:
        return
    standing = {each.deadline for each in _unreplaced(file) if each.starts_on != file.known_on}
    if not standing:
        return
    for clock in clocks_of(file, rulebook):
        if clock.started.deadline in standing and clock.placed.rule.counted_from is counted:
            yield clock


def _deadline(
    number: int,
    placed: Placed,
    listed: Rulebook,
    starter: Starter,
    allegation: int | None,
    replaces: int | None,
    grounds: Grounds,
) -> DeadlineStarted:
    rule, start = placed.rule, _counted_from(placed, starter)
    if start is None or listed.digest is None:
        raise TypeError(f"{rule.id} counts from a day that nobody has said")
    referral = _referral(starter.fact, allegation, starter.file)
    office = _office(rule.doer, allegation, referral, starter.file)
    zone = grounds.office(office).zone
    over = due(rule.counting, start, zone, listed.calendar())
    return DeadlineStarted(
        deadline=Number(number),
        rule=rule.id,
        rulebook_digest=listed.digest,
        started_by=Number(starter.file.version),
        doer=rule.doer,
        office=office,
        due_at=over.at,
        zone=zone,
        trace=tuple(Name(line) for line in over.trace),
        verified=rule.verified and over.verified,
        calendar_digests=frozenset(digest for digest in map(listed.calendar_digest, over.years) if digest is not None),
        starts_on=None if isinstance(start, datetime) else start,
        starts_at=start if isinstance(start, datetime) else None,
        allegation=None if allegation is None else Number(allegation),
        referral=None if referral is None else Number(referral),
        replaces=None if replaces is None else Number(replaces),
    )


def _referral(fact: ComplaintFact, allegation: int | None, file: File) -> int | None:
    """The referral that a fact names, or under which its allegation lies elsewhere."""
    if (named := referral_of(fact)) is not None or allegation is None:
        return named
    standing = file.allegations[allegation].standing
    return standing.referral if isinstance(standing, Offered | OnTrack | Settled) else None


def _office(doer: Doer, allegation: int | None, referral: int | None, file: File) -> StreamId:
    """The office that must act, or on whose desk it is that somebody else must."""
    if doer in OWNERS or allegation is None:
        return file.owner
    return file.holder(file.allegations[allegation]) if referral is None else file.referrals[referral].to


def _marked(made: list[ComplaintFact], file: File, rulebook: Rulebook) -> tuple[ComplaintFact, ...]:
    """The facts, marked with the limits that they met too late, where a fact has a place for that."""
    markable = [fact for fact in made if isinstance(fact, Markable)]
    if all(moves_none(fact, file, rulebook) and not isinstance(fact, ComplaintRegistered) for fact in markable):
        return tuple(made)
    first = file.version - len(made) + 1
    late = [each for each in clocks_of(file, rulebook) if each.late]
    return tuple(
        replace(fact, irregular=fact.irregular | _marks(fact, first + index, late))
        if isinstance(fact, Markable)
        else fact
        for index, fact in enumerate(made)
    )


def _marks(fact: Markable, version: int, late: list[Clock]) -> frozenset[Irregular]:
    """What a fact met too late; and the report or finding itself, where the case is registered."""
    standing = [each for each in late if each.replaced is None]
    return frozenset(
        [_mark(each) for each in standing if each.met is not None and each.met.version == version]
        + [_mark(each) for each in standing if isinstance(fact, ComplaintRegistered) and _before_the_case(each)]
    )


def _mark(clock: Clock) -> Irregular:
    counted = clock.placed.rule.counted_from
    return clock.placed.rule.id if counted is None else BEFORE_THE_CASE.get(counted, clock.placed.rule.id)


def _before_the_case(clock: Clock) -> bool:
    return clock.placed.rule.counted_from in BEFORE_THE_CASE
