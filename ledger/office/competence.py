"""Who may act and record, and when: an act by an office that does not exist on its date is refused, never recorded."""

from __future__ import annotations

from datetime import date, datetime

from ledger.errors import Invalid, Refused
from ledger.grounds import Grounds
from ledger.office.state import KnownOffice
from ledger.values import Act, By, Role, Source, StreamId, Zone, local_date


def check_act(act: Act, by: By, at: datetime, grounds: Grounds) -> KnownOffice:
    """The acting office, if it may act then and the recording office may record now.

    Errors: Refused when an office is unknown or does not exist on the day, when the act lies in the future, or when
    the source does not fit who records.
    """
    acting = grounds.office(act.office)
    recording = grounds.office(by.office)
    check_source(act, by)
    check_not_later(act, at, acting.zone)
    check_exists(acting, legal_day(act, acting.zone))
    check_exists(recording, local_date(at, recording.zone))
    return acting


def check_source(act: Act, by: By) -> None:
    """An office records its own acts as its own, and another's from a letter or a publication."""
    if (act.source is Source.OWN) != (act.office == by.office):
        raise Refused(
            "act.source",
            f"source {act.source} does not fit an act of {act.office} that {by.office} records",
            "use own for the office's own acts, letter or published for another's",
        )


def check_not_later(act: Act, at: datetime, zone: Zone) -> None:
    """An act lies before its own recording."""
    if (act.on is None) == (act.at is None):
        raise Invalid("act", "exactly one of on and at is expected")
    if (act.at is not None and act.at > at) or (act.on is not None and act.on > local_date(at, zone)):
        raise Refused(
            "act.future",
            f"the act ({act.at or act.on}) lies after its recording ({at})",
            "record an act once it has happened",
        )


def legal_day(act: Act, zone: Zone) -> date:
    """The date on which competence and deadlines are judged: the act's, where the acting office's clocks stand."""
    if act.on is not None:
        return act.on
    if act.at is None:
        raise Invalid("act", "exactly one of on and at is expected")
    return local_date(act.at, zone)


def check_exists(office: KnownOffice, day: date) -> None:
    """The office exists on a date; the refusal names the law that ended it and who is competent now."""
    if office.acts_on(day):
        return
    if office.ended_on is None or day < office.established_on:
        raise Refused(
            "office.not_established",
            f"{office.name} did not exist on {day}: it was established on {office.established_on}",
            "name the office that was competent on that day",
        )
    raise Refused(
        "office.ended",
        f"{office.name} could not act on {day}: it ended on {office.ended_on}",
        f"its successor {office.successor} is competent" if office.successor else "no successor is recorded",
        office.ended_by or "",
    )


def check_role(by: By, allowed: frozenset[Role]) -> None:
    """The role is one in which such an act may be recorded."""
    if by.role not in allowed:
        raise Refused(
            "role",
            f"a person in the role {by.role} may not record this",
            f"it is recorded as {' or '.join(sorted(allowed))}",
        )


def check_registry(act: Act, by: By, at: datetime, ledger: StreamId) -> None:
    """Offices and elections are recorded by the ledger's own registry, in Jakarta's time."""
    if act.office != ledger or by.office != ledger:
        raise Refused("registry", "the register is kept by the ledger itself", f"act and record as {ledger}")
    check_source(act, by)
    check_not_later(act, at, Zone.WIB)
