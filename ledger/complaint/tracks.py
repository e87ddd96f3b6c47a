"""Beyond the decision: an allegation is offered, arrives, is taken or comes back, or is kept; and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, assert_never

from ledger.complaint.allegations import Allegation, Established, Offered, OnTrack, Referral, Settled
from ledger.complaint.codes import Irregularity, ShownBy, Track
from ledger.complaint.commands import (
    AcceptReferral,
    HandOverFile,
    OfferReferral,
    ReceiveReferral,
    RecordOutcome,
    RetainAllegation,
    ReturnReferral,
    TrackCommand,
)
from ledger.complaint.facts import (
    AllegationRetained,
    ComplaintFact,
    OutcomeRecorded,
    ReferralAccepted,
    ReferralOffered,
    ReferralReceived,
    ReferralReturned,
)
from ledger.complaint.file import File
from ledger.complaint.standing import allegation_of, check_order, file_of, listed, open_referral, stands_for
from ledger.complaint.state import Complaint
from ledger.errors import Conflict
from ledger.grounds import Grounds
from ledger.office.competence import check_exists, legal_day
from ledger.office.facts import OfficeKind
from ledger.refusals import refused
from ledger.speech import Said
from ledger.values import Number, day_of, optional_reference

RECEIVES: Final[Mapping[Track, frozenset[OfficeKind]]] = {
    Track.ASN: frozenset({OfficeKind.KASN, OfficeKind.BKN, OfficeKind.PERSONNEL_AUTHORITY}),
    Track.DKPP: frozenset({OfficeKind.DKPP}),
    Track.KPU_ADHOC: frozenset({OfficeKind.KPU}),
    Track.BAWASLU_ADHOC: frozenset({OfficeKind.BAWASLU}),
    Track.KPU_ADMIN: frozenset({OfficeKind.KPU}),
    Track.CRIME: frozenset({OfficeKind.GAKKUMDU}),
    Track.OTHER: frozenset(OfficeKind),
}
"""Which institutions take a track's referrals (UU 5/2014 and UU 20/2023 for ASN, UU 7/2017 art. 155 ff. for DKPP)."""

BINDING: Final = frozenset({(Track.ASN, OfficeKind.PERSONNEL_AUTHORITY), (Track.KPU_ADMIN, OfficeKind.KPU)})
"""The recommendations that their addressee must act on without accepting them first."""


def decide_track(command: TrackCommand, complaint: Complaint, grounds: Grounds) -> tuple[ComplaintFact, ...]:
    """The facts that a command about a decided allegation makes, or Refused."""
    file = file_of(complaint)
    match command:
        case OfferReferral():
            return (_offer(command, file, grounds),)
        case HandOverFile():
            return (_hand_over(command, file, grounds),)
        case ReceiveReferral():
            return (_receive(command, file),)
        case AcceptReferral():
            return (_accept(command, file),)
        case ReturnReferral():
            return (_return(command, file),)
        case RetainAllegation():
            return (_retain(command, file, grounds),)
        case RecordOutcome():
            return (_record_outcome(command, file),)
        case _:
            assert_never(command)


def _established(file: File, number: int) -> Allegation:
    """An allegation that lies on the owner's desk as a violation."""
    allegation = allegation_of(file, number)
    if not isinstance(allegation.standing, Established):
        raise refused(
            "referral.standing", number=allegation.number, standing=type(allegation.standing).__name__.lower()
        )
    return allegation


def _check_no_predecessor(command: OfferReferral, file: File, grounds: Grounds) -> None:
    """What is still open at an office that ended is not sent to its successor again: it passes by the hand-over."""
    open_one = open_referral(file, command.allegation)
    if open_one is None or open_one.to == command.to:
        return
    if stands_for(command.to, open_one.to, day_of(command.act), grounds):
        raise refused(
            "referral.handover",
            number=open_one.number,
            predecessor=grounds.name_of(open_one.to),
            successor=grounds.name_of(command.to),
        )


def _offer(command: OfferReferral, file: File, grounds: Grounds) -> ReferralOffered:
    _check_no_predecessor(command, file, grounds)
    allegation = _established(file, command.allegation)
    check_order(command.act, allegation.since, "allegation")
    addressee = grounds.office(command.to)
    check_exists(addressee, legal_day(command.act, grounds.office(command.act.office).zone))
    if addressee.kind not in RECEIVES[command.track]:
        raise refused(
            "referral.competence",
            office=addressee.name,
            track=command.track,
            competent=", ".join(sorted(RECEIVES[command.track])),
        )
    if command.to == file.owner:
        raise refused("referral.self")
    if not addressee.covers(file.region):
        raise refused("referral.region", office=addressee.name, own=addressee.region, region=file.region)
    if command.study_attached and not file.studied(allegation.number):
        raise refused("referral.study", number=allegation.number)
    return ReferralOffered(
        referral=Number(len(file.referrals) + 1),
        allegation=command.allegation,
        to=command.to,
        track=command.track,
        binding=(command.track, addressee.kind) in BINDING,
        study_attached=command.study_attached,
        irregular=frozenset() if command.study_attached else frozenset({Irregularity.NO_STUDY}),
        letter_number=optional_reference(command.letter_number),
    )


def _hand_over(command: HandOverFile, file: File, grounds: Grounds) -> ReferralOffered:
    """One file of a hand-over: what the office holds, or what was sent to it and not answered."""
    allegation = allegation_of(file, command.allegation)
    check_order(command.act, allegation.since, "allegation")
    standing = allegation.standing
    lies_at = file.referrals[standing.referral].to if isinstance(standing, Offered) else file.holder(allegation)
    if not isinstance(standing, OnTrack | Offered) or lies_at != command.from_:
        raise refused("handover.holder", number=allegation.number, holder=grounds.name_of(lies_at))
    if command.referral != len(file.referrals) + 1:
        raise Conflict(
            Said(
                f"referral {command.referral} of {command.stream} is not the next one any more",
                f"penerusan {command.referral} pada {command.stream} bukan lagi yang berikutnya",
            )
        )
    track = file.referrals[standing.referral].track if isinstance(standing, Offered) else standing.track
    addressee = grounds.office(command.to)
    if addressee.kind not in RECEIVES[track]:
        raise refused(
            "referral.competence", office=addressee.name, track=track, competent=", ".join(sorted(RECEIVES[track]))
        )
    studied = file.studied(allegation.number)
    return ReferralOffered(
        referral=command.referral,
        allegation=command.allegation,
        to=command.to,
        track=track,
        binding=False,
        study_attached=studied,
        handover=command.handover,
        irregular=frozenset() if studied else frozenset({Irregularity.NO_STUDY}),
    )


def _referral(file: File, number: int) -> Referral:
    if number not in file.referrals:
        raise refused("referral.unknown", number=number, known=listed(file.referrals))
    referral = file.referrals[number]
    if referral.returned is not None:
        raise refused("referral.returned", number=number)
    if referral.recalled:
        raise refused("referral.recalled", number=number)
    return referral


def _receive(command: ReceiveReferral, file: File) -> ReferralReceived:
    referral = _referral(file, command.referral)
    if referral.received:
        raise refused("referral.received", number=referral.number)
    check_order(command.act, file.allegations[referral.allegation].since, "offer")
    by_proof = command.shown_by is ShownBy.DELIVERY_PROOF
    if by_proof and command.proof is None:
        raise refused("referral.proof")
    return ReferralReceived(command.referral, command.shown_by, optional_reference(command.proof))


def _accept(command: AcceptReferral, file: File) -> ReferralAccepted:
    referral = _referral(file, command.referral)
    if referral.accepted:
        raise refused("referral.accepted", number=referral.number)
    if referral.binding:
        raise refused("referral.binding", number=referral.number)
    check_order(command.act, file.allegations[referral.allegation].since, "offer")
    return ReferralAccepted(command.referral, optional_reference(command.their_number))


def _return(command: ReturnReferral, file: File) -> ReferralReturned:
    referral = _referral(file, command.referral)
    allegation = file.allegations[referral.allegation]
    spoken = any(each.referral == referral.number for each in allegation.outcomes)
    if spoken or _current(allegation) != referral.number:
        raise refused("referral.settled", number=referral.number)
    check_order(command.act, allegation.since, "offer")
    return ReferralReturned(
        referral=command.referral,
        reason=command.reason,
        their_number=optional_reference(command.their_number),
        text=optional_reference(command.text),
    )


def _current(allegation: Allegation) -> int | None:
    """The referral under which an allegation stands now."""
    return getattr(allegation.standing, "referral", None)


def _retain(command: RetainAllegation, file: File, grounds: Grounds) -> AllegationRetained:
    allegation = _established(file, command.allegation)
    owner = grounds.office(file.owner)
    if owner.kind not in RECEIVES[command.track]:
        raise refused(
            "referral.competence",
            office=owner.name,
            track=command.track,
            competent=", ".join(sorted(RECEIVES[command.track])),
        )
    check_order(command.act, allegation.since, "allegation")
    return AllegationRetained(command.allegation, command.track)


def _record_outcome(command: RecordOutcome, file: File) -> OutcomeRecorded:
    allegation = allegation_of(file, command.allegation)
    if not isinstance(allegation.standing, OnTrack | Settled):
        raise refused("outcome.standing", number=allegation.number, standing=type(allegation.standing).__name__.lower())
    check_order(command.act, allegation.since, "allegation")
    referral = allegation.standing.referral
    return OutcomeRecorded(
        allegation=command.allegation,
        outcome=command.outcome,
        level=command.level,
        referral=None if referral is None else Number(referral),
        decree_number=optional_reference(command.decree_number),
        text=optional_reference(command.text),
    )
