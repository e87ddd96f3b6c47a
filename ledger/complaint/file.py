"""The file: what every stage of a complaint carries on, and how each fact adds to it.

The holder is the office that must act on one allegation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import assert_never

from ledger.complaint.allegations import (
    Allegation,
    Alleged,
    Cleared,
    Established,
    Offered,
    OnTrack,
    Outcome,
    Referral,
    Settled,
    Standing,
)
from ledger.complaint.codes import Announcement, Decision, ReopeningReason, RespondentClass, TracingResult
from ledger.complaint.facts import (
    AllegationDecided,
    AllegationMade,
    AllegationRecategorised,
    AllegationRetained,
    ClosedValueCorrected,
    ComplaintClosed,
    ComplaintFact,
    ComplaintFiled,
    ComplaintPersonErased,
    ComplaintRegistered,
    ComplaintReopened,
    ComplaintWithdrawn,
    CompletionReceived,
    CompletionRequested,
    ConflictRecorded,
    EvidenceAdded,
    FindingFixed,
    HearingCalled,
    HearingHeld,
    HearingMissed,
    InitialReviewConcluded,
    OutcomeRecorded,
    PlenaryHeld,
    PreliminaryInformationNoted,
    ReferralAccepted,
    ReferralOffered,
    ReferralReceived,
    ReferralReturned,
    RegistrationRefused,
    RespondentNamed,
    StatusAnnounced,
    StudyCompleted,
    TracingRecorded,
    ValueCorrected,
    ValueDisclosed,
)
from ledger.values import Act, Handle, Region, StreamId, day_of


@dataclass(frozen=True, slots=True)
class Entered:
    """One fact of the file and the office whose act it was; its version is its place, from 1."""

    fact: ComplaintFact
    office: StreamId


@dataclass(frozen=True, slots=True)
class File:
    """A complaint's attributes and all that only grows; preliminary information may lack the dates."""

    owner: StreamId
    election: StreamId
    region: Region
    occurred_from: date | None
    occurred_until: date | None
    known_on: date | None
    since: date
    entered: tuple[Entered, ...] = ()
    complainants: frozenset[Handle] = frozenset()
    withdrawn: frozenset[Handle] = frozenset()
    respondents: Mapping[Handle, RespondentClass] = field(default_factory=dict)
    allegations: Mapping[int, Allegation] = field(default_factory=dict)
    referrals: Mapping[int, Referral] = field(default_factory=dict)
    hearings: Mapping[int, bool | None] = field(default_factory=dict)
    """Called (None), held (True) or missed (False)."""
    studies: Mapping[int, frozenset[int]] = field(default_factory=dict)
    plenaries: int = 0
    evidence: int = 0
    announced: frozenset[Announcement] = frozenset()
    conflicts: frozenset[tuple[Handle, Handle]] = frozenset()
    """Pairs of a member of staff and the respondent towards whom they have a conflict of interest."""
    traced: TracingResult | None = None
    completed_once: bool = False
    reopened: bool = False
    """Whether it was taken up again after its decision."""

    @property
    def version(self) -> int:
        """The number of facts, which is the stream's version."""
        return len(self.entered)

    @property
    def standing_complainants(self) -> frozenset[Handle]:
        """The complainants who have not withdrawn."""
        return self.complainants - self.withdrawn

    def holder(self, allegation: Allegation) -> StreamId:
        """The office that must act on an allegation."""
        match allegation.standing:
            case Alleged() | Cleared() | Established():
                return self.owner
            case Offered(referral):
                return self.referrals[referral].sender
            case OnTrack(holder=holder) | Settled(holder=holder):
                return holder
            case other:
                assert_never(other)

    def studied(self, allegation: int) -> bool:
        """Whether a completed study covers an allegation."""
        return any(allegation in covered for covered in self.studies.values())

    def conflicted(self, actor: Handle) -> frozenset[Handle]:
        """The respondents towards whom a member of staff has a conflict of interest."""
        return frozenset(respondent for other, respondent in self.conflicts if other == actor)


def begun(fact: ComplaintFiled | PreliminaryInformationNoted | FindingFixed, act: Act) -> File:
    """The file as its first fact begins it; the acting office becomes the owner."""
    if fact.election is None or fact.region is None:
        raise TypeError(f"a complaint began with a {type(fact).__name__} that does not say where")
    return File(
        owner=act.office,
        election=fact.election,
        region=fact.region,
        occurred_from=fact.occurred_from,
        occurred_until=fact.occurred_until,
        known_on=fact.found_on if isinstance(fact, FindingFixed) else fact.known_on,
        since=day_of(act),
        complainants=frozenset(each.handle for each in fact.complainants)
        if isinstance(fact, ComplaintFiled)
        else frozenset(),
        entered=(Entered(fact, act.office),),
    )


def grown(file: File, fact: ComplaintFact, act: Act) -> File:
    """The file after one more fact."""
    return _grown(replace(file, entered=(*file.entered, Entered(fact, act.office))), fact, act)


def _grown(file: File, fact: ComplaintFact, act: Act) -> File:
    match fact:
        case ComplaintFiled():
            raise TypeError("a complaint was filed twice")
        case InitialReviewConcluded():
            return replace(file, known_on=fact.known_on, since=day_of(act))
        case FindingFixed():
            return replace(
                file,
                known_on=fact.found_on,
                occurred_from=fact.occurred_from or file.occurred_from,
                occurred_until=fact.occurred_until or file.occurred_until,
                since=day_of(act),
            )
        case CompletionRequested():
            return replace(file, completed_once=True, since=day_of(act))
        case TracingRecorded():
            return replace(file, traced=fact.result, since=day_of(act))
        case (
            CompletionReceived()
            | PreliminaryInformationNoted()
            | RegistrationRefused()
            | ComplaintRegistered()
            | ComplaintClosed()
        ):
            return replace(file, since=day_of(act))
        case ComplaintWithdrawn():
            return replace(file, withdrawn=file.withdrawn | {fact.complainant}, since=day_of(act))
        case RespondentNamed():
            return replace(file, respondents={**file.respondents, fact.respondent: fact.class_})
        case HearingCalled():
            return replace(file, hearings={**file.hearings, fact.hearing: None})
        case HearingHeld():
            return replace(file, hearings={**file.hearings, fact.hearing: True})
        case HearingMissed():
            return replace(file, hearings={**file.hearings, fact.hearing: False})
        case StudyCompleted():
            return replace(file, studies={**file.studies, fact.study: fact.allegations})
        case PlenaryHeld():
            return replace(file, plenaries=fact.plenary)
        case StatusAnnounced():
            return replace(file, announced=file.announced | {fact.what})
        case EvidenceAdded():
            return replace(file, evidence=fact.evidence)
        case ConflictRecorded():
            return replace(file, conflicts=file.conflicts | {(fact.actor, fact.respondent)})
        case ValueCorrected() | ClosedValueCorrected():
            return _corrected(file, fact)
        case ComplaintPersonErased() | ValueDisclosed():
            return file
        case _:
            return _moved(file, fact, act)


def _moved(
    file: File,
    fact: AllegationMade
    | AllegationRecategorised
    | AllegationDecided
    | ReferralOffered
    | ReferralReceived
    | ReferralAccepted
    | ReferralReturned
    | AllegationRetained
    | OutcomeRecorded
    | ComplaintReopened,
    act: Act,
) -> File:
    """The file after a fact that moves allegations."""
    match fact:
        case AllegationMade():
            made = Allegation(
                fact.allegation, fact.respondent, fact.category, fact.kinds, standing=Alleged(), since=day_of(act)
            )
            return _with(file, made)
        case AllegationRecategorised():
            before = file.allegations[fact.allegation]
            return _with(file, replace(before, category=fact.category, kinds=fact.kinds))
        case AllegationDecided():
            return _decided(file, fact, act)
        case ReferralOffered():
            offered = Referral(
                fact.referral,
                fact.allegation,
                act.office,
                fact.to,
                fact.track,
                fact.binding,
                fact.study_attached,
                fact.irregular,
            )
            return _standing(_refer(file, offered), fact.allegation, Offered(fact.referral), act)
        case ReferralReceived():
            received = replace(file.referrals[fact.referral], received=True)
            after = _refer(file, received)
            return _on_track(after, received, act) if received.binding else after
        case ReferralAccepted():
            accepted = replace(file.referrals[fact.referral], accepted=True, received=True)
            return _on_track(_refer(file, accepted), accepted, act)
        case ReferralReturned():
            returned = replace(file.referrals[fact.referral], returned=fact.reason, received=True)
            return _standing(_refer(file, returned), returned.allegation, Established(returned.number), act)
        case AllegationRetained():
            return _standing(file, fact.allegation, OnTrack(None, fact.track, act.office), act)
        case OutcomeRecorded():
            return _settled(file, fact, act)
        case ComplaintReopened():
            return _reopened(file, fact, act)
        case _:
            assert_never(fact)


def _corrected(file: File, fact: ValueCorrected | ClosedValueCorrected) -> File:
    """A corrected date or region replaces what the file believes, unless a later fact had set it anew."""
    if fact.value is None:
        return file
    match file.entered[fact.version - 1].fact, str(fact.member):
        case (ComplaintFiled() | PreliminaryInformationNoted() | FindingFixed(), "region"):
            return replace(file, region=Region(fact.value))
        case (ComplaintFiled() | PreliminaryInformationNoted() | FindingFixed(), "occurred_from"):
            return replace(file, occurred_from=date.fromisoformat(fact.value))
        case (ComplaintFiled() | PreliminaryInformationNoted() | FindingFixed(), "occurred_until"):
            return replace(file, occurred_until=date.fromisoformat(fact.value))
        case _, ("known_on" | "found_on") if fact.version == _known_since(file):
            return replace(file, known_on=date.fromisoformat(fact.value))
        case _:
            return file


def _known_since(file: File) -> int:
    """The version of the fact that said last since when the act is known: the first, a review or a finding."""
    later = InitialReviewConcluded | FindingFixed
    return max(version for version, each in enumerate(file.entered, 1) if version == 1 or isinstance(each.fact, later))


def _decided(file: File, fact: AllegationDecided, act: Act) -> File:
    violation = fact.decision is Decision.VIOLATION
    before = file.allegations[fact.allegation]
    was_returned = before.standing.returned if isinstance(before.standing, Established) else None
    decided = replace(
        before,
        category=fact.category,
        kinds=fact.kinds,
        standing=Established(was_returned) if violation else Cleared(),
        since=day_of(act),
    )
    return _with(file, decided)


def _settled(file: File, fact: OutcomeRecorded, act: Act) -> File:
    before = file.allegations[fact.allegation]
    if not isinstance(before.standing, OnTrack | Settled):
        raise TypeError(f"an outcome of allegation {fact.allegation}, which is on no track")
    said = Outcome(fact.outcome, fact.level, act.office, day_of(act), fact.referral)
    standing = Settled(before.standing.referral, before.standing.track, before.standing.holder)
    return _with(file, replace(before, standing=standing, since=day_of(act), outcomes=(*before.outcomes, said)))


def _reopened(file: File, fact: ComplaintReopened, act: Act) -> File:
    """Named allegations go back before their decision, or, on appeal or by a court, back onto their track."""
    onto_track = fact.reason in (ReopeningReason.APPEAL, ReopeningReason.COURT)
    after = replace(file, since=day_of(act))
    for number in fact.allegations:
        standing = file.allegations[number].standing
        again: Standing = Alleged()
        if onto_track and isinstance(standing, Settled):
            again = OnTrack(standing.referral, standing.track, standing.holder)
        after = _standing(after, number, again, act)
    return after


def _refer(file: File, referral: Referral) -> File:
    return replace(file, referrals={**file.referrals, referral.number: referral})


def _on_track(file: File, referral: Referral, act: Act) -> File:
    return _standing(file, referral.allegation, OnTrack(referral.number, referral.track, referral.to), act)


def _standing(file: File, allegation: int, standing: Standing, act: Act) -> File:
    return _with(file, replace(file.allegations[allegation], standing=standing, since=day_of(act)))


def _with(file: File, allegation: Allegation) -> File:
    return replace(file, allegations={**file.allegations, allegation.number: allegation})
