"""What the register of offices answers to what is asked of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import assert_never

from ledger.command import recorder
from ledger.grounds import Grounds
from ledger.office.commands import EndOffice, EstablishOffice, OfficeCommand
from ledger.office.competence import check_registry, check_role, line_of
from ledger.office.facts import Level, OfficeEnded, OfficeEstablished, OfficeFact
from ledger.office.state import NoOffice, Office
from ledger.refusals import refused
from ledger.values import StreamId


def leads_to(office: Office) -> frozenset[StreamId]:
    """The offices without which an office is not understood: the one above it, and the one that succeeded it."""
    if isinstance(office, NoOffice):
        return frozenset()
    return frozenset(each for each in (office.parent, office.successor) if each is not None)


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
    check_role(recorder(command), command.FACT.BY)
    check_registry(command.act, recorder(command), at, grounds)
    match command:
        case EstablishOffice():
            return (_establish(command, office, grounds),)
        case EndOffice():
            return (_end(command, office, grounds),)
        case _:
            assert_never(command)


def _establish(command: EstablishOffice, office: Office, grounds: Grounds) -> OfficeEstablished:
    if not isinstance(office, NoOffice):
        raise refused("office.known")
    if (command.level is Level.NATIONAL) != (command.region is None):
        raise refused("office.region", level=command.level)
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
        raise refused("office.unknown", office=command.stream or "-")
    if office.ended_on is not None:
        raise refused("office.ended_already", ended_on=office.ended_on)
    if command.on <= office.established_on:
        raise refused("office.order", established_on=office.established_on)
    if command.successor is not None:
        grounds.office(command.successor)
        if command.stream in line_of(command.successor, date.max, grounds):
            raise refused("office.own_successor")
    return OfficeEnded(on=command.on, legal_basis=command.legal_basis, successor=command.successor)
