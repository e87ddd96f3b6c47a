"""Finding at command time who is related to whom, although no identifier of a person recurs in two streams.

Relations stand in the officials' streams, in handles of those; the key store's blind index says which handle of a
complaint is the same person. Nothing sealed is opened, and whoever was erased is found no more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ledger.complaint.conflicts import counts
from ledger.grounds import Grounds, Related
from ledger.keystore import KeyStore
from ledger.official.commands import office_key
from ledger.official.facts import OFFICIAL, TO_OFFICES
from ledger.official.state import KnownOfficial, Relation
from ledger.values import Actor, Handle, StreamId


@dataclass(frozen=True, slots=True)
class Found:
    """What the register of officials says of a complaint's people, and the streams that were read for it."""

    relations: tuple[Related, ...] = ()
    officials: frozenset[StreamId] = frozenset()
    offices: frozenset[StreamId] = field(default_factory=frozenset)
    """The offices that said so, those that are meant, and those above these."""


class Relations:
    """The relations of officials, told in the handles of one complaint."""

    def __init__(self, keys: KeyStore, state: Callable[[StreamId], Any]) -> None:
        """`state` loads the state of a stream."""
        self._keys = keys
        self._state = state

    def found(self, complaint: StreamId, respondents: Iterable[Handle], offices: Iterable[StreamId]) -> Found:
        """Every relation of the respondents to people who have a handle in the complaint, and to some offices."""
        meant = [each for each in offices if each.startswith("office-")]
        relations: list[Related] = []
        officials: set[StreamId] = set()
        for respondent, official, known in self._known(complaint, respondents):
            officials.add(official)
            if not known.relations:
                continue
            by_handle = {self._keys.known_handle(official, office_key(office)): office for office in meant}
            for relation in known.relations.values():
                if relation.kind not in TO_OFFICES:
                    actors = self._keys.same_in(official, relation.other, complaint)
                    relations += [_related(respondent, relation, actor=actor) for actor in actors]
                elif relation.other in by_handle:
                    relations.append(_related(respondent, relation, office=by_handle[relation.other]))
        said = {each.said_by for each in relations}
        for office in {each.office for each in relations if each.office is not None}:
            above = getattr(self._state(office), "parent", None)
            said |= {office} if above is None else {office, above}
        return Found(tuple(relations), frozenset(officials), frozenset(said))

    def keep_away(
        self, complaint: StreamId, respondents: Iterable[Handle], actor: Actor, day: date
    ) -> frozenset[Handle]:
        """The respondents to whom somebody is related on a day, whether or not they ever acted in the complaint."""
        kept = set()
        for respondent, official, known in self._known(complaint, respondents):
            theirs = self._keys.known_handle(official, f"staff:{actor.staff.account}")
            for relation in known.relations.values():
                if relation.kind not in TO_OFFICES and relation.other == theirs and relation.stands_on(day):
                    related = _related(respondent, relation, actor=relation.other)
                    kept |= {respondent} if self._counts(related, actor.office) else set()
        return frozenset(kept)

    def officials(self, complaint: StreamId, respondents: Iterable[Handle]) -> list[tuple[Handle, StreamId]]:
        """The respondents whom the register of officials knows, with their streams there."""
        return [(respondent, official) for respondent, official, _ in self._known(complaint, respondents)]

    def _counts(self, related: Related, office: StreamId) -> bool:
        if not office.startswith("office-"):  # somebody of the ledger itself, such as an auditor
            return True
        return counts(related, office, Grounds(offices={each: self._state(each) for each in (office, related.said_by)}))

    def _known(
        self, complaint: StreamId, respondents: Iterable[Handle]
    ) -> Iterator[tuple[Handle, StreamId, KnownOfficial]]:
        """The respondents whom the register of officials knows."""
        for respondent in sorted(respondents):
            for official, handle in self._keys.elsewhere(complaint, respondent, kind="official"):
                known = self._state(official)
                if handle == OFFICIAL and isinstance(known, KnownOfficial):
                    yield respondent, official, known


def _related(
    respondent: Handle, relation: Relation, *, actor: Handle | None = None, office: StreamId | None = None
) -> Related:
    return Related(respondent, relation.kind, relation.source, relation.office, actor, office, relation.until)
