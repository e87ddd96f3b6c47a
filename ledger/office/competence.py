"""Who may act and record, and when: an act by an office that does not exist on its date is refused, never recorded."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

from ledger.errors import Invalid
from ledger.grounds import Grounds
from ledger.itself.state import OpenLedger
from ledger.office.state import KnownOffice
from ledger.parties import Party, roles_of
from ledger.refusals import refused
from ledger.speech import Said
from ledger.values import Act, By, Source, StreamId, Zone, day_of, local_date

ONE_DATE: Final = Said("exactly one of on and at is expected", "seharusnya tepat satu dari on dan at")


def check_act(act: Act, by: By, at: datetime, grounds: Grounds) -> KnownOffice:
    """The acting office, if it may act then and the recording office may record now.

    Errors: Refused when an office is unknown or does not exist on the day, when the act lies in the future, or when
    the source does not fit who records.
    """
    ledger_stream(grounds)
    acting = grounds.office(act.office)
    recording = grounds.office(by.office)
    check_source(act, by, grounds)
    check_not_later(act, at, acting.zone)
    check_exists(acting, legal_day(act, acting.zone), grounds)
    check_exists(recording, local_date(at, recording.zone), grounds)
    return acting


def check_own_act(act: Act, by: By, at: datetime, grounds: Grounds) -> None:
    """As `check_act`, for those who may act for the ledger itself: its data protection officer."""
    if by.office == ledger_stream(grounds) == act.office:
        check_source(act, by, grounds)
        check_not_later(act, at, Zone.WIB)
        return
    check_act(act, by, at, grounds)


def check_source(act: Act, by: By, grounds: Grounds) -> None:
    """An office records its own acts as its own, and another's from a letter or a publication."""
    if (act.source is Source.OWN) != (act.office == by.office):
        raise refused(
            "act.source",
            source=act.source,
            acting=grounds.name_of(act.office),
            recording=grounds.name_of(by.office),
        )


def check_not_later(act: Act, at: datetime, zone: Zone) -> None:
    """An act lies before its own recording."""
    if (act.on is None) == (act.at is None):
        raise Invalid("act", ONE_DATE)
    if (act.at is not None and act.at > at) or (act.on is not None and act.on > local_date(at, zone)):
        raise refused("act.future", act=act.at or act.on, at=at)


def check_order(act: Act, since: date, what: str) -> None:
    """An act does not precede the act that it builds on; both are compared by date."""
    if day_of(act) < since:
        raise refused("act.order", day=day_of(act), since=since, what=what)


def legal_day(act: Act, zone: Zone) -> date:
    """The date on which competence and deadlines are judged: the act's, where the acting office's clocks stand."""
    if act.on is not None:
        return act.on
    if act.at is None:
        raise Invalid("act", ONE_DATE)
    return local_date(act.at, zone)


def line_of(office: StreamId, day: date, grounds: Grounds) -> tuple[StreamId, ...]:
    """An office and those that succeeded it, one after the other, until a day; the last one is competent on it."""
    line = [office]
    while True:
        known = grounds.offices.get(line[-1])
        if not isinstance(known, KnownOffice) or known.successor is None or known.acts_on(day):
            return tuple(line)
        if known.successor in line or day < known.established_on:
            return tuple(line)
        line.append(known.successor)


def stands_for(office: StreamId, other: StreamId, day: date, grounds: Grounds) -> bool:
    """Whether an office is another, or follows it on a day: competence moves by law, and no file with it."""
    return office in line_of(other, day, grounds)


def check_exists(office: KnownOffice, day: date, grounds: Grounds) -> None:
    """The office exists on a date; the refusal names the law that ended it and who is competent now."""
    if office.acts_on(day):
        return
    if office.ended_on is None or day < office.established_on:
        raise refused("office.not_established", office=office.name, day=day, from_=office.established_on)
    raise refused(
        "office.ended",
        office=office.name,
        day=day,
        ended_on=office.ended_on,
        successor=grounds.name_of(line_of(office.successor, day, grounds)[-1]) if office.successor else "-",
        basis=office.ended_by or "",
    )


def check_role(by: By, parties: Iterable[Party]) -> None:
    """The role is one in which such an act may be recorded."""
    allowed = roles_of(parties)
    if by.role not in allowed:
        raise refused("role", role=by.role, allowed=", ".join(sorted(allowed)))


def ledger_stream(grounds: Grounds) -> StreamId:
    """The ledger's own stream; refused when the ledger is not open."""
    if not isinstance(grounds.ledger, OpenLedger):
        raise refused("ledger.unopened")
    return StreamId(f"ledger-{grounds.ledger.ledger}")


def check_registry(act: Act, by: By, at: datetime, grounds: Grounds) -> None:
    """Offices, elections and the ledger's own acts are recorded by the ledger itself, in Jakarta's time."""
    stream = ledger_stream(grounds)
    if act.office != stream or by.office != stream:
        raise refused("registry", ledger=stream)
    check_source(act, by, grounds)
    check_not_later(act, at, Zone.WIB)
