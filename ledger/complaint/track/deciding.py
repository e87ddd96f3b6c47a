"""Whether a step of a track may be recorded now: on that track, from where it stands, by a body that may take it."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from typing import Any, Final

from ledger.complaint import facts
from ledger.complaint.allegations import Allegation, OnTrack, Settled
from ledger.complaint.codes import Irregularity, Track
from ledger.complaint.commands import NOT_ASKED, RecommendSanction, StepCommand
from ledger.complaint.facts import ComplaintFact, ReferralOffered, SanctionRecommended
from ledger.complaint.file import File
from ledger.complaint.standing import allegation_of, check_order, listed
from ledger.complaint.track import asn
from ledger.complaint.track.course import Course, course_of
from ledger.complaint.track.procedures import PROCEDURES, following, may_follow, step_of
from ledger.grounds import Grounds
from ledger.office.competence import check_exists, legal_day
from ledger.office.facts import OfficeKind
from ledger.refusals import refused
from ledger.rulebook.tracks import lawless, succession
from ledger.values import Act, Number, Plain, Sealed, day_of, optional_reference

SUCCEEDING: Final = asn.RECOMMENDS
"""One of them is competent at a time, for the steps that both may take."""
DECIDED_TOGETHER: Final = facts.DkppDecisionRead


def decide_step(command: StepCommand, file: File, grounds: Grounds) -> tuple[ComplaintFact, ...]:
    """The fact of a step, or Refused."""
    allegation = allegation_of(file, command.allegation)
    names = [each.name for each in fields(command.FACT) if each.name not in NOT_ASKED]
    fact: Any = command.FACT(allegation=command.allegation, **{name: _member(getattr(command, name)) for name in names})
    _check(fact, command.act, allegation, file, grounds)
    if isinstance(fact, DECIDED_TOGETHER):
        _check_proceeding(fact, day_of(command.act), file)
    if isinstance(fact, facts.Sanctioned):
        unknown = lawless(grounds.rulebook, fact.class_, fact.kind, fact.months, fact.basis, _day(command.act, grounds))
        fact = replace(fact, irregular=unknown)
    return (fact,)


def decide_recommendation(command: RecommendSanction, file: File, grounds: Grounds) -> tuple[ComplaintFact, ...]:
    """The recommendation and the referral that carries it to the personnel authority, which binds."""
    allegation = allegation_of(file, command.allegation)
    number = Number(len(file.referrals) + 1)
    fact = SanctionRecommended(command.allegation, number, command.class_, optional_reference(command.letter_number))
    _check(fact, command.act, allegation, file, grounds)
    addressee = grounds.office(command.to)
    check_exists(addressee, _day(command.act, grounds), grounds)
    if addressee.kind is not OfficeKind.PERSONNEL_AUTHORITY:
        raise refused(
            "referral.competence", office=addressee.name, track=Track.ASN, competent=OfficeKind.PERSONNEL_AUTHORITY
        )
    if not addressee.covers(file.region):
        raise refused("referral.region", office=addressee.name, own=addressee.region, region=file.region)
    studied = file.studied(allegation.number)
    return (
        fact,
        ReferralOffered(
            referral=number,
            allegation=command.allegation,
            to=command.to,
            track=Track.ASN,
            binding=True,
            study_attached=studied,
            irregular=frozenset() if studied else frozenset({Irregularity.NO_STUDY}),
        ),
    )


def check_succeeded(kind: OfficeKind, track: Track, name: str, day: date, grounds: Grounds) -> None:
    """A body that succeeds another one on a track is competent from that day on, and not before."""
    waiting = succession(grounds.rulebook, track, kind, day)
    if waiting is not None:
        row, regulation = waiting
        raise refused(
            "track.not_yet",
            office=name,
            track=track,
            since=row.on,
            day=day,
            competent=row.body,
            basis=f"{regulation.name}, {row.article}",
        )


def _check(fact: Any, act: Act, allegation: Allegation, file: File, grounds: Grounds) -> None:
    course = course_of(allegation, file.referrals)
    standing = allegation.standing
    if course is None or not isinstance(standing, OnTrack | Settled):
        raise refused(
            "step.standing", topic=fact.TOPIC, number=allegation.number, standing=type(standing).__name__.lower()
        )
    step = step_of(course, type(fact))
    if step is None:
        raise refused(
            "step.track", topic=fact.TOPIC, number=allegation.number, track=course.track, now=listed(following(course))
        )
    check_order(act, allegation.since, "allegation")
    acting, day = grounds.office(act.office), _day(act, grounds)
    if acting.kind not in step.by:
        raise refused("step.office", topic=fact.TOPIC, office=acting.name, competent=", ".join(sorted(step.by)))
    if not acting.covers(file.region):
        raise refused("referral.region", office=acting.name, own=acting.region, region=file.region)
    if len(step.by & SUCCEEDING) > 1:
        check_succeeded(acting.kind, course.track, acting.name, day, grounds)
    if not step.again and course.count(type(fact)):
        raise refused("step.twice", topic=fact.TOPIC, now=listed(following(course)))
    if not may_follow(step, course):
        raise refused("step.order", topic=fact.TOPIC, state=_state(course), now=listed(following(course)))
    PROCEDURES[course.track].check(fact, course)


def _state(course: Course) -> str:
    return PROCEDURES[course.track].place(course)


def _check_proceeding(fact: facts.DkppDecisionRead, day: date, file: File) -> None:
    """A decision has the next number of its case, or that of one that was read on the same day: it is the same one."""
    read = {
        each.fact.proceeding: each.on
        for allegation in file.allegations.values()
        for each in allegation.course
        if isinstance(each.fact, DECIDED_TOGETHER)
    }
    number = max(read, default=0) + 1
    if fact.proceeding != number and read.get(fact.proceeding) != day:
        raise refused("dkpp.proceeding", proceeding=fact.proceeding, next=number)


def _day(act: Act, grounds: Grounds) -> date:
    return legal_day(act, grounds.office(act.office).zone)


def _member(held: Any) -> Any:
    return optional_reference(held) if isinstance(held, Plain | Sealed) else held
