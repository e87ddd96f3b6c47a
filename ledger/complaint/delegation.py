"""Jurisdiction moves inside an institution (pelimpahan, pengambilalihan): the owner changes, the case stays the same.

Perbawaslu 7/2022 art. 20: what the review finds to be another office's is delegated to it; what an office below has is
taken over by the one above. What goes to another institution is a referral of an allegation, and no delegation.
"""

from __future__ import annotations

from ledger.complaint.facts import ComplaintDelegated, ComplaintTakenOver, DelegationReceived
from ledger.complaint.file import File
from ledger.complaint.standing import check_order
from ledger.grounds import Grounds
from ledger.office.competence import check_exists, legal_day
from ledger.refusals import refused
from ledger.values import Act, Secret, StreamId, optional_reference


def delegated(
    file: File, to: StreamId, letter_number: Secret | None, *, act: Act, grounds: Grounds, in_place: bool = False
) -> ComplaintDelegated:
    """The complaint goes to an office of the owner's institution that exists then and covers the region.

    `in_place`: or to one of another institution that acts in the owner's place, against a member of its own.
    """
    owner, other = grounds.office(file.owner), grounds.office(to)
    check_order(act, file.since, "last_step")
    if to == file.owner:
        raise refused("delegation.self")
    if file.delegated_to is not None:
        raise refused("delegation.open", to=grounds.name_of(file.delegated_to))
    if other.kind is not owner.kind and not in_place:
        raise refused("delegation.kind", office=other.name, kind=owner.kind)
    check_exists(other, legal_day(act, grounds.office(act.office).zone), grounds)
    if not other.covers(file.region):
        raise refused("referral.region", office=other.name, own=other.region, region=file.region)
    return ComplaintDelegated(to, optional_reference(letter_number))


def delegation_received(file: File, number: Secret | None, *, act: Act) -> DelegationReceived:
    """The addressee has it, on the day of the delegation or later; no other office can say so."""
    check_order(act, file.since, "delegation")
    return DelegationReceived(optional_reference(number))


def taken_over(file: File, text: Secret | None, *, act: Act) -> ComplaintTakenOver:
    """The office above has it, whether or not it was on its way to somebody else."""
    check_order(act, file.since, "last_step")
    return ComplaintTakenOver(optional_reference(text))
