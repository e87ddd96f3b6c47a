"""The file: what every stage of a complaint carries on, and how each fact adds to it.

The holder is the office that must act on one allegation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import assert_never

from ledger.changing import changed
from ledger.complaint.allegations import (
    Allegation,
    Alleged,
    Cleared,
    Dropped,
    Established,
    Offered,
    OnTrack,
    Outcome,
    Referral,
    Settled,
    Standing,
    Taken,
)
from ledger.complaint.codes import Announcement, Decision, ReopeningReason, RespondentClass, TracingResult
from ledger.complaint.facts import (
    AllegationDecided,
    AllegationDropped,
    AllegationMade,
    AllegationRecategorised,
    AllegationRetained,
    ClosedValueCorrected,
    ComplaintAdmitted,
    ComplaintClosed,
    ComplaintDelegated,
    ComplaintFact,
    ComplaintFiled,
    ComplaintJoined,
    ComplaintPersonErased,
    ComplaintRegistered,
    ComplaintReopened,
    ComplaintSeparated,
    ComplaintTakenOver,
    ComplaintWithdrawn,
    CompletionReceived,
    CompletionRequested,
    ConflictRecorded,
    DeadlineStarted,
    DelegationReceived,
    EvidenceAdded,
    ExaminationExtended,
    FindingFixed,
    HearingCalled,
    HearingHeld,
    HearingMissed,
    InitialReviewConcluded,
    LawFact,
    OutcomeRecorded,
    PhaseSet,
    PlenaryHeld,
    PreliminaryInformationNoted,
    ReferralAccepted,
    ReferralOffered,
    ReferralRecalled,
    ReferralReceived,
    ReferralReturned,
    RegistrationRefused,
    RespondentNamed,
    RespondentReclassified,
    StatusAnnounced,
    StudyCompleted,
    TracingRecorded,
    TrackStep,
    ValueCorrected,
    ValueDisclosed,
)
from ledger.values import Act, Handle, Region, StreamId, day_of

Moving = (
    AllegationMade
    | AllegationRecategorised
    | AllegationDecided
    | ReferralOffered
    | ReferralReceived
    | ReferralAccepted
    | ReferralReturned
    | AllegationRetained
    | OutcomeRecorded
    | ComplaintReopened
)
"""The facts of the first catalogue that move allegations."""


@dataclass(frozen=True, slots=True)
class Entered:
    """One fact of the file and the act that it records; its version is its place, from 1."""

    fact: ComplaintFact
    act: Act

    @property
    def office(self) -> StreamId:
        """The office whose act it was."""
        return self.act.office

    @property
    def on(self) -> date:
        """The act's day."""
        return day_of(self.act)


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
    extended: bool = False
    delegated_to: StreamId | None = None
    joined: frozenset[StreamId] = frozenset()
    """The cases that go on inside this one."""
    deadlines: Mapping[int, DeadlineStarted] = field(default_factory=dict)
    """The time limits that ever started, by their numbers."""
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
            case Dropped():
                return self.owner
            case other:
                assert_never(other)

    def lies_at(self, allegation: Allegation) -> StreamId:
        """The office with which an allegation's file lies: the addressee of an unanswered referral, or the holder."""
        standing = allegation.standing
        return self.referrals[standing.referral].to if isinstance(standing, Offered) else self.holder(allegation)

    def given_by(self, referral: Referral) -> StreamId:
        """The office that passed a file on: its sender, or the addressee of the unanswered referral before it."""
        before = referral.before
        return self.referrals[before.referral].to if isinstance(before, Offered) else referral.sender

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
        entered=(Entered(fact, act),),
    )


def grown(file: File, fact: ComplaintFact, act: Act) -> File:
    """The file after one more fact."""
    return _grown(changed(file, entered=(*file.entered, Entered(fact, act))), fact, act)


def _grown(file: File, fact: ComplaintFact, act: Act) -> File:
    match fact:
        case ComplaintFiled():
            raise TypeError("a complaint was filed twice")
        case InitialReviewConcluded():
            return changed(file, known_on=fact.known_on, since=day_of(act))
        case FindingFixed():
            return changed(
                file,
                known_on=fact.found_on,
                occurred_from=fact.occurred_from or file.occurred_from,
                occurred_until=fact.occurred_until or file.occurred_until,
                since=day_of(act),
            )
        case CompletionRequested():
            return changed(file, completed_once=True, since=day_of(act))
        case TracingRecorded():
            return changed(file, traced=fact.result, since=day_of(act))
        case (
            CompletionReceived()
            | PreliminaryInformationNoted()
            | RegistrationRefused()
            | ComplaintRegistered()
            | ComplaintClosed()
        ):
            return changed(file, since=day_of(act))
        case ComplaintWithdrawn():
            return changed(file, withdrawn=file.withdrawn | {fact.complainant}, since=day_of(act))
        case RespondentNamed():
            return changed(file, respondents={**file.respondents, fact.respondent: fact.class_})
        case HearingCalled():
            return changed(file, hearings={**file.hearings, fact.hearing: None})
        case HearingHeld():
            return changed(file, hearings={**file.hearings, fact.hearing: True})
        case HearingMissed():
            return changed(file, hearings={**file.hearings, fact.hearing: False})
        case StudyCompleted():
            return changed(file, studies={**file.studies, fact.study: fact.allegations})
        case PlenaryHeld():
            return changed(file, plenaries=fact.plenary)
        case StatusAnnounced():
            return changed(file, announced=file.announced | {fact.what})
        case EvidenceAdded():
            return changed(file, evidence=fact.evidence)
        case ConflictRecorded():
            return changed(file, conflicts=file.conflicts | {(fact.actor, fact.respondent)})
        case ValueCorrected() | ClosedValueCorrected():
            return _corrected(file, fact)
        case DeadlineStarted():
            return changed(file, deadlines={**file.deadlines, fact.deadline: fact})
        case ComplaintPersonErased() | ValueDisclosed():
            return file
        case _:
            return _moved(file, fact, act) if isinstance(fact, Moving) else by_law(file, fact, act)


def _moved(file: File, fact: Moving, act: Act) -> File:
    """The file after a fact that moves allegations."""
    match fact:
        case AllegationMade():
            made = Allegation(
                fact.allegation, fact.respondent, fact.category, fact.kinds, standing=Alleged(), since=day_of(act)
            )
            return with_allegation(file, made)
        case AllegationRecategorised():
            before = file.allegations[fact.allegation]
            return with_allegation(file, changed(before, category=fact.category, kinds=fact.kinds))
        case AllegationDecided():
            return _decided(file, fact, act)
        case ReferralOffered():
            before = file.allegations[fact.allegation]
            offered = Referral(
                fact.referral,
                fact.allegation,
                file.holder(before),
                fact.to,
                fact.track,
                fact.binding,
                fact.study_attached,
                before.standing,
                fact.irregular,
                handover=fact.handover,
            )
            return standing(refer(file, offered), fact.allegation, Offered(fact.referral), act)
        case ReferralReceived():
            received = changed(file.referrals[fact.referral], received=True)
            after = refer(file, received)
            return _on_track(after, received, act) if received.binding else after
        case ReferralAccepted():
            accepted = changed(file.referrals[fact.referral], accepted=True, received=True)
            return _on_track(refer(file, accepted), accepted, act)
        case ReferralReturned():
            returned = changed(file.referrals[fact.referral], returned=fact.reason, received=True)
            return standing(refer(file, returned), returned.allegation, _back(returned), act)
        case AllegationRetained():
            return standing(file, fact.allegation, OnTrack(None, fact.track, act.office), act)
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
            return changed(file, region=Region(fact.value))
        case (ComplaintFiled() | PreliminaryInformationNoted() | FindingFixed(), "occurred_from"):
            return changed(file, occurred_from=date.fromisoformat(fact.value))
        case (ComplaintFiled() | PreliminaryInformationNoted() | FindingFixed(), "occurred_until"):
            return changed(file, occurred_until=date.fromisoformat(fact.value))
        case _, ("known_on" | "found_on") if fact.version == _known_since(file):
            return changed(file, known_on=date.fromisoformat(fact.value))
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
    decided = changed(
        before,
        category=fact.category,
        kinds=fact.kinds,
        standing=Established(was_returned) if violation else Cleared(),
        since=day_of(act),
    )
    return with_allegation(file, decided)


def _settled(file: File, fact: OutcomeRecorded, act: Act) -> File:
    before = file.allegations[fact.allegation]
    if not isinstance(before.standing, OnTrack | Settled):
        raise TypeError(f"an outcome of allegation {fact.allegation}, which is on no track")
    on_track = before.standing.track
    said = Outcome(fact.outcome, fact.level, act.office, day_of(act), fact.referral, on_track)
    settled = Settled(before.standing.referral, before.standing.track, before.standing.holder)
    course = (*before.course, Taken(fact, act.office, day_of(act)))
    outcomes = (*before.outcomes, said)
    return with_allegation(file, changed(before, standing=settled, since=day_of(act), outcomes=outcomes, course=course))


def _reopened(file: File, fact: ComplaintReopened, act: Act) -> File:
    """Named allegations go back before their decision, or, on appeal or by a court, back onto their track."""
    onto_track = fact.reason in (ReopeningReason.APPEAL, ReopeningReason.COURT)
    after = changed(file, since=day_of(act))
    for number in fact.allegations:
        stood = file.allegations[number].standing
        again: Standing = Alleged()
        if onto_track and isinstance(stood, Settled):
            again = OnTrack(stood.referral, stood.track, stood.holder)
        after = standing(after, number, again, act)
    return after


def refer(file: File, referral: Referral) -> File:
    return changed(file, referrals={**file.referrals, referral.number: referral})


def _back(returned: Referral) -> Standing:
    """Where a returned file goes: to the office that had sent it on, if one had; else, and after a hand-over, which
    takes files from offices that may be no more, to the owner."""
    if returned.handover is None and isinstance(returned.before, OnTrack | Offered):
        return returned.before
    return Established(returned.number)


def _on_track(file: File, referral: Referral, act: Act) -> File:
    return standing(file, referral.allegation, OnTrack(referral.number, referral.track, referral.to), act)


def standing(file: File, allegation: int, now: Standing, act: Act) -> File:
    """The file with an allegation that stands elsewhere; off every track, its steps begin anew."""
    before = file.allegations[allegation]
    on_track = isinstance(now, OnTrack | Offered | Settled)
    return with_allegation(
        file, changed(before, standing=now, since=day_of(act), course=before.course if on_track else ())
    )


def with_allegation(file: File, allegation: Allegation) -> File:
    return changed(file, allegations={**file.allegations, allegation.number: allegation})


def by_law(file: File, fact: LawFact | TrackStep, act: Act) -> File:
    """The file after a fact of the law, or a step of a track."""
    if isinstance(fact, TrackStep):
        before = file.allegations[fact.allegation]
        taken = Taken(fact, act.office, day_of(act))
        return with_allegation(file, changed(before, course=(*before.course, taken), since=day_of(act)))
    match fact:
        case ExaminationExtended():
            return changed(file, extended=True)
        case ComplaintJoined() | ComplaintSeparated():
            return changed(file, since=day_of(act))
        case ComplaintAdmitted():
            return changed(file, joined=file.joined | {fact.joined})
        case ComplaintDelegated():
            return changed(file, delegated_to=fact.to, since=day_of(act))
        case DelegationReceived() | ComplaintTakenOver():
            return changed(file, owner=act.office, delegated_to=None, since=day_of(act))
        case RespondentReclassified():
            return changed(file, respondents={**file.respondents, fact.respondent: fact.class_})
        case ReferralRecalled():
            recalled = changed(file.referrals[fact.referral], recalled=True)
            return standing(refer(file, recalled), recalled.allegation, recalled.before, act)
        case AllegationDropped():
            return standing(file, fact.allegation, Dropped(fact.reason), act)
        case PhaseSet():
            return with_allegation(file, changed(file.allegations[fact.allegation], phase=fact.phase))
        case _:
            assert_never(fact)
