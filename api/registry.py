"""The registers as the trail has them now: the offices and the elections, and an office found by its name."""

from __future__ import annotations

from api.wiring import House
from ledger.election.facts import ElectionAnnounced
from ledger.election.state import KnownElection
from ledger.errors import Missing
from ledger.office.facts import OfficeEstablished
from ledger.office.state import KnownOffice
from ledger.values import STREAM, StreamId


def known_offices(house: House) -> dict[StreamId, KnownOffice]:
    """Every office by its stream, in the order of registering."""
    streams = [recorded.stream for recorded in house.store.of_topics([OfficeEstablished.TOPIC])]
    states = {stream: house.registrar.load(stream).state for stream in streams}
    return {stream: state for stream, state in states.items() if isinstance(state, KnownOffice)}


def known_elections(house: House) -> dict[StreamId, KnownElection]:
    """Every election by its stream, in the order of registering."""
    streams = [recorded.stream for recorded in house.store.of_topics([ElectionAnnounced.TOPIC])]
    states = {stream: house.registrar.load(stream).state for stream in streams}
    return {stream: state for stream, state in states.items() if isinstance(state, KnownElection)}


def find_office(house: House, told: str) -> StreamId:
    """An office by its stream or its name, the case of letters aside; Missing tells which there are."""
    offices = known_offices(house)
    if told in offices:
        return StreamId(told)
    if STREAM.fullmatch(told):
        raise Missing(f"there is no office {told}. {_there_are(offices)}")
    found = [stream for stream, office in offices.items() if office.name.casefold() == told.strip().casefold()]
    if not found:
        raise Missing(f"there is no office {told!r}. {_there_are(offices)}")
    if len(found) > 1:
        raise Missing(f"several offices are called {told!r}: say which one by its stream: {', '.join(found)}")
    return found[0]


def _there_are(offices: dict[StreamId, KnownOffice]) -> str:
    if not offices:
        return "None is in the register: netral office add --help"
    return f"There are: {', '.join(office.name for office in offices.values())}"


def find_election(house: House, told: str) -> StreamId:
    """An election by its stream; Missing where the register has none."""
    if told not in known_elections(house):
        raise Missing(f"there is no election {told}: netral election list names those of the register")
    return StreamId(told)
