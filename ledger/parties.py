"""Who may record a fact: the catalogue's "by" column. Which office is meant follows from the fact's own stream."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final

from ledger.values import Role


class Party(StrEnum):
    """A part that an office's people can have in a stream."""

    INTAKE = "intake"
    """Intake of the office that the complaint reached, its owner."""
    EXAMINER = "examiner"
    """An examiner of the owner."""
    PLENARY = "plenary"
    """The owner's plenary."""
    OWNER = "owner"
    """The owner, by an examiner or its plenary."""
    HOLDER = "holder"
    """The office that must act on the allegation in question."""
    ADDRESSEE = "addressee"
    """The office to which a referral was sent."""
    SUPERVISOR = "supervisor"
    """An office that watches the track without holding the allegation: BKN, the home ministry."""
    PROXY = "proxy"
    """The owner or the referring office, for a body off the system, from its letter or a publication."""
    ACTOR = "actor"
    """The member of staff whom the fact is about."""
    OFFICE_ABOVE = "office_above"
    """The owner's parent; in a conflict of interest, where it has none, the body that watches over it."""
    DELEGATE = "delegate"
    """The office to which the complaint was delegated."""
    RECORDING_OFFICE = "recording_office"
    """The office whose act the corrected fact recorded."""
    PROTECTION_OFFICER = "protection_officer"
    """The data protection officer, with a second one."""
    ANY_OFFICE = "any_office"
    """Intake or an examiner of any office: an official belongs to nobody's case."""
    REGISTRY = "registry"
    """The ledger's registry."""
    OPERATOR = "operator"
    """The ledger's operator."""


ROLES: Final[Mapping[Party, frozenset[Role]]] = {
    Party.INTAKE: frozenset({Role.INTAKE}),
    Party.EXAMINER: frozenset({Role.EXAMINER}),
    Party.PLENARY: frozenset({Role.PLENARY}),
    Party.OWNER: frozenset({Role.EXAMINER, Role.PLENARY}),
    Party.HOLDER: frozenset({Role.HOLDER}),
    Party.ADDRESSEE: frozenset({Role.INTAKE, Role.HOLDER}),
    Party.SUPERVISOR: frozenset({Role.SUPERVISOR}),
    Party.PROXY: frozenset({Role.EXAMINER, Role.HOLDER}),
    Party.ACTOR: frozenset({Role.INTAKE, Role.EXAMINER, Role.PLENARY, Role.HOLDER}),
    Party.OFFICE_ABOVE: frozenset({Role.EXAMINER, Role.PLENARY}),
    Party.DELEGATE: frozenset({Role.INTAKE, Role.EXAMINER}),
    Party.RECORDING_OFFICE: frozenset({Role.INTAKE, Role.EXAMINER, Role.PLENARY, Role.HOLDER}),
    Party.PROTECTION_OFFICER: frozenset({Role.PROTECTION_OFFICER}),
    Party.ANY_OFFICE: frozenset({Role.INTAKE, Role.EXAMINER}),
    Party.REGISTRY: frozenset({Role.REGISTRY}),
    Party.OPERATOR: frozenset({Role.OPERATOR}),
}
"""In which roles a party's people record."""


def roles_of(parties: Iterable[Party]) -> frozenset[Role]:
    """Every role in which one of the parties records."""
    return frozenset(role for party in parties for role in ROLES[party])
