"""Recording a relation: declared by whoever has it, or established by whoever stands above them; never by a stranger.

A relation takes somebody out of every case about the official, so a colleague or another institution may not record it.
What the head or a member of an office is to that office may be recorded for a body off the system, from a letter or a
publication. Source: UU 30/2014 art. 42 to 45 (general knowledge, not verified).
"""

from __future__ import annotations

from ledger.command import recorder
from ledger.complaint.codes import ConflictSource
from ledger.complaint.facts import Present
from ledger.grounds import Grounds
from ledger.office.hierarchy import has_superior, named_above, stands_above
from ledger.official.commands import RecordRelation
from ledger.official.facts import OFFICIAL, TO_OFFICES, RelationRecorded
from ledger.official.state import KnownOfficial
from ledger.parties import ROLES, Party
from ledger.refusals import refused
from ledger.values import Role, Source, StreamId, Subject, handle_of, optional_reference


def decide_relation(command: RecordRelation, known: KnownOfficial, grounds: Grounds) -> RelationRecorded:
    """The relation, or Refused: who may not say so, or that it is known already."""
    if Subject(OFFICIAL) in known.erased:
        raise refused("official.erased")
    if command.kind in TO_OFFICES:
        _check_of_office(command, grounds)
    else:
        _check_of_staff(command, grounds)
    _check_known(command, known)
    return RelationRecorded(
        kind=command.kind,
        source=command.source,
        other=Present(handle_of(command.other.handle), optional_reference(command.other.who)),
        until=command.until,
        ground=optional_reference(command.ground),
    )


def _check_of_staff(command: RecordRelation, grounds: Grounds) -> None:
    """A member of staff declares their own relation; another's is established by the office above theirs."""
    by, act = recorder(command), command.act
    if act.source is not Source.OWN:
        raise refused("official.source")
    declares = handle_of(command.other.handle) == by.actor
    if declares is not (command.source is ConflictSource.DECLARED):
        raise refused("relation.source")
    if command.source is ConflictSource.DECLARED:
        return
    works_for = _named(command)
    if by.role not in ROLES[Party.OFFICE_ABOVE] or not _is_above(act.office, by.role, works_for, grounds):
        raise _not_above(act.office, works_for, grounds)


def _check_of_office(command: RecordRelation, grounds: Grounds) -> None:
    """An office says itself who heads it or belongs to it, or the office above it says so."""
    office, act = _named(command), command.act
    declares = act.office == office
    if declares is not (command.source is ConflictSource.DECLARED):
        raise refused("relation.source")
    grounds.office(office)
    if not declares and not stands_above(act.office, office, grounds):
        raise _not_above(act.office, office, grounds)


def _is_above(office: StreamId, role: Role, works_for: StreamId, grounds: Grounds) -> bool:
    """The office above; where nobody stands above, the plenary of the office itself."""
    if has_superior(works_for, grounds):
        return stands_above(office, works_for, grounds)
    return office == works_for and role is Role.PLENARY


def _not_above(office: StreamId, below: StreamId, grounds: Grounds) -> Exception:
    above = named_above(below, grounds)
    return refused("relation.above", office=grounds.name_of(office), below=grounds.name_of(below), above=above)


def _named(command: RecordRelation) -> StreamId:
    if command.office is None:
        raise refused("relation.office", kind=command.kind)
    return command.office


def _check_known(command: RecordRelation, known: KnownOfficial) -> None:
    """A standing relation is recorded once; it is ended by establishing that, and never by whoever has it."""
    key = (handle_of(command.other.handle), command.kind)
    before = known.relations.get(key)
    stands = before is not None and before.until is None
    if command.until is None:
        if stands:
            raise refused("relation.known", kind=command.kind)
    elif command.source is ConflictSource.DECLARED:
        raise refused("relation.ending")
    elif not stands:
        raise refused("relation.unknown", kind=command.kind)
