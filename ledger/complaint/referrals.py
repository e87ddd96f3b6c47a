"""From one office's desk to another's: an allegation is offered, arrives, is taken or comes back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, assert_never

from ledger.command import recorder
from ledger.complaint.codes import Irregularity, ShownBy, Track
from ledger.complaint.commands import (
    AcceptReferral,
    OfferReferral,
    ReceiveReferral,
    ReferralCommand,
    ReturnReferral,
)
from ledger.complaint.facts import (
    ComplaintFact,
    ReferralAccepted,
    ReferralOffered,
    ReferralReceived,
    ReferralReturned,
)
from ledger.complaint.standing import allegation_of, check_body_speaks, check_order, check_owner_acts, going_on
from ledger.complaint.state import Complaint, Decided, Established, File, Referral
from ledger.errors import Refused
from ledger.grounds import Grounds
from ledger.office.competence import check_exists, legal_day
from ledger.office.facts import OfficeKind
from ledger.values import Number, optional_reference

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


def decide_referral(command: ReferralCommand, complaint: Complaint, grounds: Grounds) -> tuple[ComplaintFact, ...]:
    """The facts that a referral command makes, or Refused."""
    match command:
        case OfferReferral():
            return (_offer(command, complaint, grounds),)
        case ReceiveReferral():
            return (_receive(command, complaint),)
        case AcceptReferral():
            return (_accept(command, complaint),)
        case ReturnReferral():
            return (_return(command, complaint),)
        case _:
            assert_never(command)


def _decided(complaint: Complaint) -> File:
    known = going_on(complaint)
    if not isinstance(known, Decided):
        raise Refused("stage", "the complaint is not decided yet", "referrals follow the plenary's decision")
    return known.file


def _offer(command: OfferReferral, complaint: Complaint, grounds: Grounds) -> ReferralOffered:
    file = _decided(complaint)
    check_owner_acts(command, file)
    allegation = allegation_of(file, command.allegation)
    if not isinstance(allegation.standing, Established):
        raise Refused(
            "referral.standing",
            f"allegation {allegation.number} is {type(allegation.standing).__name__.lower()}, not on the owner's desk",
            "an established allegation without an open referral can be offered",
        )
    check_order(command.act, allegation.since, f"what was last recorded of allegation {allegation.number}")
    addressee = grounds.office(command.to)
    check_exists(addressee, legal_day(command.act, grounds.office(command.act.office).zone))
    if addressee.kind not in RECEIVES[command.track]:
        raise Refused(
            "referral.competence",
            f"{addressee.name} takes no referrals on the track {command.track}",
            f"competent there: {', '.join(sorted(RECEIVES[command.track]))}",
        )
    if not addressee.covers(file.region):
        raise Refused(
            "referral.region",
            f"{addressee.name} is responsible for region {addressee.region}, not for {file.region}",
            "refer it to the office of the region, or to one above it",
        )
    if command.study_attached and not file.studied(allegation.number):
        raise Refused(
            "referral.study",
            f"no study of allegation {allegation.number} is recorded that could be attached",
            "record the study first, or offer without one: that is recorded as irregular",
        )
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


def _referral(file: File, number: int) -> Referral:
    if number not in file.referrals:
        known = ", ".join(map(str, file.referrals)) or "none yet"
        raise Refused("referral.unknown", f"there is no referral {number}", f"referrals here: {known}")
    referral = file.referrals[number]
    if referral.returned is not None:
        raise Refused("referral.returned", f"referral {number} was returned already", "offer the allegation anew")
    return referral


def _receive(command: ReceiveReferral, complaint: Complaint) -> ReferralReceived:
    file = _decided(complaint)
    referral = _referral(file, command.referral)
    check_body_speaks(command, referral.to, referral.sender, file.owner)
    if referral.received:
        raise Refused("referral.received", f"referral {referral.number} arrived already", "accept or return it")
    check_order(command.act, file.allegations[referral.allegation].since, f"the offer of referral {referral.number}")
    by_receiver = recorder(command).office == referral.to
    if by_receiver != (command.shown_by is ShownBy.RECEIVER):
        raise Refused(
            "referral.shown_by",
            f"shown_by {command.shown_by} does not fit who records",
            "the receiver's own word is receiver; anybody else holds a delivery_proof",
        )
    if not by_receiver and command.proof is None:
        raise Refused("referral.proof", "an arrival that the receiver does not record needs a proof", "give the proof")
    return ReferralReceived(command.referral, command.shown_by, optional_reference(command.proof))


def _accept(command: AcceptReferral, complaint: Complaint) -> ReferralAccepted:
    file = _decided(complaint)
    referral = _referral(file, command.referral)
    check_body_speaks(command, referral.to, referral.sender, file.owner)
    if referral.accepted:
        raise Refused(
            "referral.accepted", f"referral {referral.number} was accepted already", "it can still be returned"
        )
    if referral.binding:
        raise Refused(
            "referral.binding", "a binding referral is not accepted: it must be acted on", "record its receipt"
        )
    check_order(command.act, file.allegations[referral.allegation].since, f"the offer of referral {referral.number}")
    return ReferralAccepted(command.referral, optional_reference(command.their_number))


def _return(command: ReturnReferral, complaint: Complaint) -> ReferralReturned:
    file = _decided(complaint)
    referral = _referral(file, command.referral)
    check_body_speaks(command, referral.to, referral.sender, file.owner)
    check_order(
        command.act, file.allegations[referral.allegation].since, f"what came before in referral {referral.number}"
    )
    return ReferralReturned(
        referral=command.referral,
        reason=command.reason,
        their_number=optional_reference(command.their_number),
        text=optional_reference(command.text),
    )
