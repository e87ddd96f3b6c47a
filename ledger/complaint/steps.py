"""The steps of the tracks: which track each belongs to, and what must have come before it.

A step may follow when at least one of its predecessors was taken on this track (or it may begin one), and, unless it
repeats, was not taken yet. What was done in another order than the law wants is recorded; what contradicts the record,
such as lifting a suspension that was never imposed, is refused. Sources: DOMAIN.md 1.b to 1.d.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Final

from ledger.complaint import facts
from ledger.complaint.allegations import Allegation, OnTrack, Settled
from ledger.complaint.codes import Irregularity, Track
from ledger.complaint.commands import RecommendSanction, StepCommand
from ledger.complaint.facts import ComplaintFact, ReferralOffered, SanctionRecommended
from ledger.complaint.file import File
from ledger.complaint.standing import allegation_of, check_order, listed
from ledger.grounds import Grounds
from ledger.office.competence import check_exists, legal_day
from ledger.office.facts import OfficeKind
from ledger.refusals import refused
from ledger.values import Number, Plain, Sealed, optional_reference

AD_HOC: Final = frozenset({Track.KPU_ADHOC, Track.BAWASLU_ADHOC})


@dataclass(frozen=True, slots=True)
class Rule:
    """When a step may be taken."""

    tracks: frozenset[Track]
    after: tuple[type[Any], ...] = ()
    """At least one of these was taken before; none means that it may begin the track."""
    repeats: bool = False


def _on(track: Track, *after: type[Any], repeats: bool = False) -> Rule:
    return Rule(frozenset({track}), after, repeats)


RULES: Final[Mapping[type[Any], Rule]] = {
    facts.SatgasVerified: _on(Track.ASN),
    facts.SanctionRecommended: _on(Track.ASN, repeats=True),
    facts.AuthorityExamined: _on(Track.ASN, repeats=True),
    facts.Sanctioned: _on(Track.ASN, repeats=True),
    facts.SanctionDelivered: _on(Track.ASN, facts.Sanctioned, repeats=True),
    facts.AuthorityReprimanded: _on(Track.ASN, facts.SanctionRecommended, repeats=True),
    facts.DataBlocked: _on(Track.ASN, facts.SanctionRecommended, facts.SatgasVerified, repeats=True),
    facts.DataUnblocked: _on(Track.ASN, facts.DataBlocked, repeats=True),
    facts.SanctionObjected: _on(Track.ASN, facts.SanctionDelivered, facts.Sanctioned),
    facts.SanctionAppealed: _on(Track.ASN, facts.SanctionObjected, facts.SanctionDelivered, facts.Sanctioned),
    facts.SanctionAppealDecided: _on(Track.ASN, facts.SanctionObjected, facts.SanctionAppealed, repeats=True),
    facts.EnteredInIdis: _on(Track.ASN, facts.Sanctioned),
    facts.DkppVerified: _on(Track.DKPP, repeats=True),
    facts.DkppCompleted: _on(Track.DKPP, facts.DkppVerified, repeats=True),
    facts.DkppRegistered: _on(Track.DKPP, facts.DkppVerified),
    facts.DkppHearingHeld: _on(Track.DKPP, facts.DkppRegistered, repeats=True),
    facts.DkppDecisionRead: _on(Track.DKPP, facts.DkppRegistered, repeats=True),
    facts.DkppDecisionExecuted: _on(Track.DKPP, facts.DkppDecisionRead, repeats=True),
    facts.TeamFormed: Rule(AD_HOC),
    facts.TeamExamined: Rule(AD_HOC, (facts.TeamFormed,), repeats=True),
    facts.AdhocDecisionExecuted: Rule(AD_HOC, repeats=True),
    facts.Adjudicated: _on(Track.KPU_ADMIN),
    facts.RecommendationActedOn: _on(Track.KPU_ADMIN, repeats=True),
    facts.AdministrativeDecisionExecuted: _on(Track.KPU_ADMIN, repeats=True),
    facts.Discussed: _on(Track.CRIME, repeats=True),
    facts.InvestigationStarted: _on(Track.CRIME, facts.Discussed),
    facts.InvestigationStopped: _on(Track.CRIME, facts.InvestigationStarted),
    facts.FileSent: _on(Track.CRIME, facts.InvestigationStarted),
    facts.FileReturned: _on(Track.CRIME, facts.FileSent, repeats=True),
    facts.FileResubmitted: _on(Track.CRIME, facts.FileReturned, repeats=True),
    facts.FileTransferred: _on(Track.CRIME, facts.FileSent, facts.FileResubmitted),
    facts.Judged: _on(Track.CRIME, facts.FileTransferred, repeats=True),
    facts.JudgmentAppealed: _on(Track.CRIME, facts.Judged),
}
"""Every step of every track."""


def decide_step(command: StepCommand, file: File) -> tuple[ComplaintFact, ...]:
    """The fact of a step, or Refused."""
    allegation = allegation_of(file, command.allegation)
    _check(command.FACT, allegation)
    check_order(command.act, allegation.since, "allegation")
    members = {
        each.name: _member(getattr(command, each.name)) for each in fields(command.FACT) if each.name != "irregular"
    }
    _check_discussion(members.get("discussion"), allegation)
    return (command.FACT(**members),)


def decide_recommendation(command: RecommendSanction, file: File, grounds: Grounds) -> tuple[ComplaintFact, ...]:
    """The recommendation and the referral that carries it to the personnel authority, which binds."""
    allegation = allegation_of(file, command.allegation)
    _check(SanctionRecommended, allegation)
    check_order(command.act, allegation.since, "allegation")
    addressee = grounds.office(command.to)
    check_exists(addressee, legal_day(command.act, grounds.office(command.act.office).zone))
    if addressee.kind is not OfficeKind.PERSONNEL_AUTHORITY:
        raise refused(
            "referral.competence", office=addressee.name, track=Track.ASN, competent=OfficeKind.PERSONNEL_AUTHORITY
        )
    if not addressee.covers(file.region):
        raise refused("referral.region", office=addressee.name, own=addressee.region, region=file.region)
    number = Number(len(file.referrals) + 1)
    studied = file.studied(allegation.number)
    return (
        SanctionRecommended(command.allegation, number, command.class_, optional_reference(command.letter_number)),
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


def _check(step: type[Any], allegation: Allegation) -> None:
    rule, standing = RULES[step], allegation.standing
    if not isinstance(standing, OnTrack | Settled) or standing.track not in rule.tracks:
        stands = getattr(standing, "track", None) or type(standing).__name__.lower()
        raise refused("step.track", topic=step.TOPIC, number=allegation.number, standing=stands)
    before = tuple(each.TOPIC for each in rule.after)
    if before and not set(before) & set(allegation.steps):
        raise refused("step.order", topic=step.TOPIC, before=listed(before))
    if not rule.repeats and step.TOPIC in allegation.steps:
        raise refused("step.twice", topic=step.TOPIC)
    if step is facts.DataUnblocked and _blocked(allegation) <= 0:
        raise refused("step.unblocked", number=allegation.number)
    if step is facts.DataBlocked and _blocked(allegation) > 0:
        raise refused("step.blocked", number=allegation.number)


def _blocked(allegation: Allegation) -> int:
    """How many suspensions stand: none or one."""
    return allegation.steps.count(facts.DataBlocked.TOPIC) - allegation.steps.count(facts.DataUnblocked.TOPIC)


def _check_discussion(discussion: Any, allegation: Allegation) -> None:
    """Discussions I, II and III follow one another."""
    if discussion is not None and discussion != allegation.steps.count(facts.Discussed.TOPIC) + 1:
        raise refused("step.discussion", next=allegation.steps.count(facts.Discussed.TOPIC) + 1)


def _member(held: Any) -> Any:
    return optional_reference(held) if isinstance(held, Plain | Sealed) else held
