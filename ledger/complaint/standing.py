"""What every decision on a complaint asks first: is there such a case, who may act on it, in what order."""

from __future__ import annotations

from datetime import date

from ledger.command import recorder
from ledger.complaint.commands import ComplaintCommand
from ledger.complaint.facts import FACTS_AT_AN_INSTANT
from ledger.complaint.state import (
    Allegation,
    Complaint,
    Decided,
    File,
    Filed,
    Nothing,
    NotRegistered,
    Received,
    Registered,
    Reviewed,
)
from ledger.errors import Invalid, Refused
from ledger.values import Act, Role, day_of


def filed(complaint: Complaint) -> Filed:
    """The complaint, if it was ever filed."""
    if isinstance(complaint, Nothing):
        raise Refused("complaint.unknown", "no such complaint was filed", "file it first")
    return complaint


def going_on(complaint: Complaint) -> Received | Reviewed | Registered | Decided:
    """The complaint, unless it has ended."""
    known = filed(complaint)
    if isinstance(known, NotRegistered):
        raise Refused(
            "complaint.ended", "registration was refused, and the case ended", "only its status may be announced"
        )
    return known


def check_dating(command: ComplaintCommand) -> None:
    """The act carries an instant where the law counts from one, a date otherwise."""
    right = "at" if command.FACT in FACTS_AT_AN_INSTANT else "on"
    if getattr(command.act, right) is None or (command.act.on is None) == (command.act.at is None):
        wanted = "the instant (at)" if right == "at" else "the date (on)"
        raise Invalid(f"act.{right}", f"{wanted} of this act is expected, and nothing beside it")


def check_owner_acts(command: ComplaintCommand, file: File) -> None:
    """This act is the owner's own."""
    if command.act.office != file.owner or recorder(command).office != file.owner:
        raise Refused(
            "owner",
            f"{command.act.office} is not responsible for this complaint",
            f"its owner {file.owner} acts and records here",
        )


def check_order(act: Act, since: date, what: str) -> None:
    """An act does not precede the act that it builds on; both are compared by date."""
    if day_of(act) < since:
        raise Refused(
            "act.order",
            f"the act of {day_of(act)} would precede {what} of {since}",
            f"an act on or after {since} can be recorded; a wrong date is corrected, not overtaken",
        )


def allegation_of(file: File, number: int) -> Allegation:
    """One allegation of the complaint by its number."""
    if number not in file.allegations:
        known = ", ".join(map(str, file.allegations)) or "none yet"
        raise Refused("allegation.unknown", f"there is no allegation {number}", f"allegations here: {known}")
    return file.allegations[number]


def check_body_speaks(command: ComplaintCommand, body: str, *others: str) -> None:
    """An act of another body is recorded by itself, or by an office that holds its letter."""
    by = recorder(command)
    if command.act.office != body:
        raise Refused("addressee", f"this is the act of {body}, not of {command.act.office}", f"name {body} as acting")
    if by.office not in (body, *others):
        raise Refused(
            "addressee",
            f"{by.office} has no part in this referral",
            f"it is recorded by {body}, or from its letter by {' or '.join(dict.fromkeys(others))}",
        )
    if by.office != body and by.role not in (Role.EXAMINER, Role.HOLDER):
        raise Refused(
            "role", f"a person in the role {by.role} may not record another body's act", "examiner or holder may"
        )
    if by.office == body and by.role not in (Role.INTAKE, Role.HOLDER):
        raise Refused("role", f"a person in the role {by.role} may not answer a referral", "intake or holder may")
