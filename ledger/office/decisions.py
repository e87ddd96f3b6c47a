"""What the register of offices answers to what is asked of it."""

from __future__ import annotations

from datetime import datetime
from typing import assert_never

from ledger.command import recorder
from ledger.errors import Refused
from ledger.grounds import Grounds
from ledger.itself.state import OpenLedger
from ledger.office.commands import EndOffice, EstablishOffice, OfficeCommand
from ledger.office.competence import check_registry, check_role
from ledger.office.facts import Level, OfficeEnded, OfficeEstablished, OfficeFact
from ledger.office.state import NoOffice, Office
from ledger.scopes import WHOLE, Scope
from ledger.values import StreamId


def needs(command: OfficeCommand, office: Office) -> frozenset[StreamId]:
    """The offices that the command names: a parent, a successor."""
    del office
    match command:
        case EstablishOffice(parent=named) | EndOffice(successor=named):
            return frozenset() if named is None else frozenset({named})
        case _:
            assert_never(command)


def decide(command: OfficeCommand, office: Office, *, at: datetime, grounds: Grounds) -> tuple[OfficeFact, ...]:
    """The facts that a command makes, or Refused."""
    if not isinstance(grounds.ledger, OpenLedger):
        raise Refused("ledger.unopened", "the ledger is not open", "open it first")
    check_role(recorder(command), command.ROLES)
    check_registry(command.act, recorder(command), at, StreamId(f"ledger-{grounds.ledger.ledger}"))
    match command:
        case EstablishOffice():
            return (_establish(command, office, grounds),)
        case EndOffice():
            return (_end(command, office, grounds),)
        case _:
            assert_never(command)


def _establish(command: EstablishOffice, office: Office, grounds: Grounds) -> OfficeEstablished:
    if not isinstance(office, NoOffice):
        raise Refused("office.known", "this office is in the register already", "establish another one")
    if (command.level is Level.NATIONAL) != (command.region is None):
        wanted = "has no" if command.level is Level.NATIONAL else "needs a"
        raise Refused(
            "office.region",
            f"an office of the level {command.level} {wanted} region",
            "give a region to provincial and regency offices only",
        )
    if command.parent is not None:
        grounds.office(command.parent)
    return OfficeEstablished(
        kind=command.kind,
        level=command.level,
        zone=command.zone,
        from_=command.from_,
        name=command.name,
        region=command.region,
        seats=command.seats,
        parent=command.parent,
    )


def _end(command: EndOffice, office: Office, grounds: Grounds) -> OfficeEnded:
    if isinstance(office, NoOffice):
        raise Refused("office.unknown", "there is no such office in the register", "name an office of the register")
    if office.ended_on is not None:
        raise Refused("office.ended", f"it ended on {office.ended_on} already", "nothing is left to end")
    if command.on <= office.established_on:
        raise Refused("office.order", f"it was established on {office.established_on}", "name a later day")
    if command.successor is not None:
        grounds.office(command.successor)
    return OfficeEnded(on=command.on, legal_basis=command.legal_basis, successor=command.successor)


def touches(fact: OfficeFact) -> Scope:
    """Every fact of an office touches the whole of it."""
    del fact
    return WHOLE
