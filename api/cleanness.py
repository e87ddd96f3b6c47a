"""Whether anyone conflicted acted in a complaint: its entries replayed, beside what the register of officials says.

Read from the ledger's folder, at work or not, and nothing is changed. Views are not asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

from api.wiring import KEYS_DB, require_ledger, require_own_keys, where_of
from ledger.codec import Recorded
from ledger.complaint.cleanness import Cleanness, Happened, InConflict, cleanness
from ledger.complaint.conflicts import counts, is_partial
from ledger.complaint.facts import RespondentNamed
from ledger.concepts import evolved
from ledger.errors import Missing, Unreadable
from ledger.grounds import Grounds, Related
from ledger.keystore import KeyStore
from ledger.official.commands import office_key
from ledger.official.facts import TO_OFFICES, RelationRecorded
from ledger.official.state import Relation
from ledger.relations import Relations
from ledger.speech import Said
from ledger.store.database import Database
from ledger.store.opening import open_store
from ledger.store.store import Store
from ledger.values import Clock, Handle, StreamId


def prove_clean(folder: Path, complaint: StreamId, clock: Clock, database: Database | None = None) -> Cleanness:
    """The proof; Missing for a complaint that is not there, Unreadable for one that cannot be replayed."""
    require_ledger(folder, database)
    with ExitStack() as stack:
        store = stack.enter_context(closing(open_store(where_of(folder, database), clock, make=False)))
        keys = stack.enter_context(closing(KeyStore(folder / KEYS_DB)))
        require_own_keys(store, keys)
        history = store.history(complaint)
        if not history:
            raise Missing(Said(f"no complaint {complaint} is recorded", f"tidak ada perkara {complaint}"))
        try:
            told = [Happened(each.version, each.position, each.act, each.by, each.fact) for each in history]
            return cleanness(told, _Register(store, keys, complaint, history).conflicts())
        except (TypeError, KeyError) as error:
            raise Unreadable(f"{complaint} cannot be replayed: {error}") from error


class _Register:
    """What the register of officials says of one complaint's people, with the positions at which it said so."""

    def __init__(self, store: Store, keys: KeyStore, complaint: StreamId, history: list[Recorded]) -> None:
        self._store = store
        self._keys = keys
        self._complaint = complaint
        self._offices = {each.act.office for each in history} | {each.by.office for each in history}
        self._owner = history[0].act.office
        self._respondents = [each.fact.respondent for each in history if isinstance(each.fact, RespondentNamed)]
        self._by = {each.by.actor: each.by.office for each in history}

    def conflicts(self) -> Iterator[InConflict]:
        """Every relation that counts here, towards the complaint's staff and its offices."""
        relations = Relations(self._keys, self._state)
        for respondent, official in relations.officials(self._complaint, self._respondents):
            first: dict[tuple[Handle, str], Recorded] = {}
            for recorded in self._store.history(official):
                if isinstance(recorded.fact, RelationRecorded):
                    first.setdefault((recorded.fact.other.handle, recorded.fact.kind), recorded)
            for relation in self._state(official).relations.values():
                position = first[relation.other, relation.kind].position
                for who in self._meant(official, relation, respondent):
                    yield InConflict(who, respondent, position, until=relation.until)

    def _meant(self, official: StreamId, relation: Relation, respondent: Handle) -> Iterable[Handle | StreamId]:
        """The staff or the offices of the complaint that a relation is about, as far as it counts for them."""
        offices = {*self._offices, relation.office}
        grounds = Grounds(offices={each: self._state(each) for each in offices if each.startswith("office-")})
        related = Related(respondent, relation.kind, relation.source, relation.office)
        if relation.kind not in TO_OFFICES:
            for actor in self._keys.same_in(official, relation.other, self._complaint):
                if counts(related, self._by.get(actor, self._owner), grounds):
                    yield actor
            return
        for office in sorted(each for each in self._offices if each.startswith("office-")):
            meant = self._keys.known_handle(official, office_key(office)) == relation.other
            if meant and is_partial(
                Related(respondent, relation.kind, relation.source, office, office=office), grounds
            ):
                yield office

    def _state(self, stream: StreamId) -> Any:
        return evolved(stream.partition("-")[0], self._store.history(stream))
