"""The one way in: load, grounds, decide, append, receipt. Generic; no rule of the domain lives here."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

import orjson

from ledger.codec import Entry, Recorded, encode_body, frame
from ledger.command import Command, recorder
from ledger.complaint import decisions as complaints
from ledger.complaint.facts import FACTS_AT_AN_INSTANT
from ledger.complaint.state import Nothing
from ledger.complaint.state import evolve as evolve_complaint
from ledger.election import decisions as elections
from ledger.election.state import NoElection
from ledger.election.state import evolve as evolve_election
from ledger.errors import Conflict, Invalid, PreconditionMissing, Refused, Stale
from ledger.grounds import Grounds
from ledger.handover import decisions as handovers
from ledger.handover.state import NoHandover
from ledger.handover.state import evolve as evolve_handover
from ledger.itself import decisions as ledgers
from ledger.itself.state import Ledger, Unopened
from ledger.itself.state import evolve as evolve_ledger
from ledger.keystore import KeyStore
from ledger.office import decisions as offices
from ledger.office.state import NoOffice
from ledger.office.state import evolve as evolve_office
from ledger.official import decisions as officials
from ledger.official.state import NoOfficial
from ledger.official.state import evolve as evolve_official
from ledger.preparation import Preparation, handles_in, introduce_once, references_in, staff_in
from ledger.rulebook import decisions as rulebooks
from ledger.rulebook.commands import rulebook_of
from ledger.rulebook.state import Rulebook
from ledger.rulebook.state import evolve as evolve_rulebook
from ledger.scopes import Scope, meets
from ledger.speech import Said
from ledger.store.rows import Appended, Guard, NewEvent, Ticket, VaultRow
from ledger.store.store import Store
from ledger.trail.merkle import leaf_hash
from ledger.values import Act, Actor, Clock, Handle, SealedRef, StreamId, Zone, local_date
from ledger.vault import Random

ATTEMPTS: Final = 5


@dataclass(frozen=True, slots=True)
class Concept:
    """The pure functions of one kind of stream."""

    initial: Callable[[], Any]
    evolve: Callable[[Any, Any, Act], Any]
    needs: Callable[[Any, Any], frozenset[StreamId]]
    decide: Callable[..., Sequence[Any]]
    scope: Callable[[Any, Any], Scope]
    touches: Callable[[Any, Any], Scope]
    reads_law: Callable[[Any], bool] = lambda _: False
    """Whether a command is decided by the rulebook."""


def _whole(one: Any, other: Any) -> Scope:
    del one, other
    return None


CONCEPTS: Final[Mapping[str, Concept]] = {
    "complaint": Concept(
        Nothing,
        evolve_complaint,
        complaints.needs,
        complaints.decide,
        complaints.scope,
        complaints.touches,
        complaints.reads_law,
    ),
    "office": Concept(NoOffice, evolve_office, offices.needs, offices.decide, _whole, _whole),
    "official": Concept(NoOfficial, evolve_official, officials.needs, officials.decide, _whole, _whole),
    "ledger": Concept(Unopened, evolve_ledger, ledgers.needs, ledgers.decide, _whole, _whole),
    "handover": Concept(NoHandover, evolve_handover, handovers.needs, handovers.decide, _whole, _whole),
    "election": Concept(NoElection, evolve_election, elections.needs, elections.decide, _whole, _whole),
    "rulebook": Concept(Rulebook, evolve_rulebook, rulebooks.needs, rulebooks.decide, _whole, _whole),
}
"""What commands may be addressed to."""

EVOLVE: Final[Mapping[str, tuple[Callable[[], Any], Callable[[Any, Any, Act], Any]]]] = {
    kind: (concept.initial, concept.evolve) for kind, concept in CONCEPTS.items()
}
"""How every kind of stream becomes a state."""


@dataclass(frozen=True, slots=True)
class ReceiptEntry:
    """Where one fact of a command stands in the trail; the digest is the leaf's, a claim ticket until it is sealed."""

    stream: StreamId
    version: int
    position: int
    topic: str
    at: str
    leaf_digest: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a command recorded; `replayed` when an earlier submission with the same key did."""

    origin: str
    first: int
    last: int
    entries: tuple[ReceiptEntry, ...]
    replayed: bool = False


@dataclass(frozen=True, slots=True)
class Loaded:
    """A stream's state, its history and its version."""

    state: Any
    history: Sequence[Recorded]

    @property
    def version(self) -> int:
        return self.history[-1].version if self.history else 0


def evolved(kind: str, history: Sequence[Recorded]) -> Any:
    """The state that a stream's history makes."""
    initial, evolve = EVOLVE[kind]
    state = initial()
    for recorded in history:
        state = evolve(state, recorded.fact, recorded.act)
    return state


@dataclass(frozen=True, slots=True)
class Submitted:
    """One command of a submission: prepared once, and decided as often as a guard moves."""

    command: Command
    stream: StreamId
    preparation: Preparation
    seen: int | None


@dataclass(frozen=True, slots=True)
class Draft:
    """A stream as the commands decided so far would leave it."""

    state: Any
    version: int
    introduced: frozenset[Handle]

    @classmethod
    def of(cls, loaded: Loaded) -> Draft:
        """A stream as it is, before any command."""
        return cls(loaded.state, loaded.version, handles_in(loaded.history))


class Registrar:
    """Takes commands for one ledger."""

    def __init__(self, store: Store, keys: KeyStore, clock: Clock, random: Random, ledger: StreamId) -> None:
        self._store = store
        self._keys = keys
        self._clock = clock
        self._random = random
        self._ledger = ledger

    def submit(self, command: Command, *, by: Actor, key: str | None = None, seen: int | None = None) -> Receipt:
        """Record what a command asks for, or say why not.

        `key` makes a retry safe: the same key and command answer with the first receipt. `seen` is the version that the
        asker decided on. Errors: Refused, Invalid, KeyReused, Stale, PreconditionMissing, Conflict after five attempts,
        and Broken.
        """
        return self.submit_together([command], by=by, key=key, seen=seen)

    def submit_together(
        self,
        commands: Sequence[Command],
        *,
        by: Actor,
        key: str | None = None,
        seen: int | None = None,
        drawn: StreamId | None = None,
        asked: object = None,
    ) -> Receipt:
        """Record several commands in their order, all or none; errors as for `submit`.

        `drawn` is a stream from `draw` that the first command begins, because the others name it. `asked` is what the
        asker said, where the commands were worked out from it: a retry is recognised by that.
        """
        if seen is None and any(command.NEEDS_MATCH for command in commands):
            raise PreconditionMissing(
                Said(
                    "this act decides on what was read: name that version (If-Match)",
                    "tindakan ini memutus berdasarkan yang dibaca: sebut versi itu (If-Match)",
                )
            )
        ticket = (
            None
            if key is None
            else self._ticket([(type(each).__name__, each) for each in commands] if asked is None else asked, by, key)
        )
        if ticket is not None and (earlier := self._store.earlier(ticket)) is not None:
            return _receipt(earlier, self.load(self._ledger).state)
        submitted = [self._prepared(command, by, seen, drawn) for command in commands]
        try:
            return self._attempts(submitted, ticket)
        except (Refused, Invalid, Stale):
            # A first try with this key, still at work when it was looked up, may have recorded the command meanwhile.
            if ticket is None or (earlier := self._store.earlier(ticket)) is None:
                raise
            return _receipt(earlier, self.load(self._ledger).state)

    def _attempts(self, submitted: Sequence[Submitted], ticket: Ticket | None) -> Receipt:
        for _ in range(ATTEMPTS - 1):
            try:
                return self._attempt(submitted, ticket)
            except Conflict:
                continue
        return self._attempt(submitted, ticket)

    def load(self, stream: StreamId) -> Loaded:
        """The state of any stream, now."""
        history = self._store.history(stream)
        return Loaded(evolved(stream.partition("-")[0], history), history)

    def _recorded(self, stream: StreamId) -> bool:
        return bool(self._store.history(stream, upto=1))

    def draw(self, kind: str, key: str | None, by: Actor) -> StreamId:
        """A stream for what several commands of one submission name; the same for a retry with the same key."""
        if key is None:
            return StreamId(f"{kind}-{self._random(16).hex()}")
        digest = hmac.digest(self._keys.secret("idempotency"), f"drawn\n{kind}\n{by.office}\n{key}".encode(), "sha256")
        return StreamId(f"{kind}-{digest[:16].hex()}")

    def _prepared(self, command: Command, by: Actor, seen: int | None, drawn: StreamId | None) -> Submitted:
        if command.BEGINS is not (command.stream is None or command.stream == drawn):
            raise Invalid(
                "stream",
                Said(
                    "is drawn by the ledger for what begins one, and named for everything else",
                    "ditentukan buku besar bagi yang memulai aliran, dan disebut bagi yang lain",
                ),
            )
        if command.stream is not None and not command.stream.startswith(f"{command.KIND}-"):
            raise Invalid(
                "stream",
                Said(
                    f"{command.stream} is no stream of the kind {command.KIND}",
                    f"{command.stream} bukan aliran jenis {command.KIND}",
                ),
            )
        stream = command.stream or StreamId(f"{command.KIND}-{self._random(16).hex()}")
        preparation = Preparation(self._keys, self._random, stream, self._recorded)
        return Submitted(preparation.prepare(command, by), stream, preparation, seen)

    def _attempt(self, submitted: Sequence[Submitted], ticket: Ticket | None) -> Receipt:
        ledger = self.load(self._ledger)
        read = {each.stream: self.load(each.stream) for each in submitted}
        grounds = [self._grounds_of(each, read[each.stream], ledger) for each in submitted]
        steps_back = any(getattr(each.command.FACT, "STEPS_BACK", False) for each in submitted)
        at = self._clock() if steps_back else self._now()
        events: list[NewEvent] = []
        vault: list[VaultRow] = []
        guards = {stream: Guard(stream, loaded.version) for stream, loaded in read.items()}
        drafts = {
            stream: Draft(loaded.state, loaded.version, handles_in(loaded.history)) for stream, loaded in read.items()
        }
        for each, (known, guarded) in zip(submitted, grounds, strict=True):
            concept, draft = CONCEPTS[each.command.KIND], drafts[each.stream]
            command = introduce_once(each.command, draft.introduced)
            if each.seen is not None:
                _check_seen(concept, command, read[each.stream], each.seen)
            facts = concept.decide(command, draft.state, at=at, grounds=known)
            made, references, drafts[each.stream] = _drafted(each, command, facts, draft, known)
            events += made
            vault += each.preparation.rows_for(references)
            guards = guarded | guards
        appended = self._store.append(
            events, guards=guards.values(), vault=vault, ticket=ticket, decided_at=at, steps_back=steps_back
        )
        # From here on nothing may fail: the facts are recorded.
        return _receipt(appended, ledger.state)

    def _grounds_of(
        self, submitted: Submitted, loaded: Loaded, ledger: Loaded
    ) -> tuple[Grounds, dict[StreamId, Guard]]:
        """What a command may know of other streams, and the guards of those."""
        concept = CONCEPTS[submitted.command.KIND]
        law = {rulebook_of(self._ledger)} if concept.reads_law(submitted.command) else frozenset()
        grounds, guards = self._grounds(ledger, concept.needs(submitted.command, loaded.state) | law)
        if submitted.stream == self._ledger:
            grounds = replace(grounds, last=self._store.last_at())
        return grounds, guards

    def _now(self) -> datetime:
        """The instant at which a fact would be recorded now: the trail overrules a clock that is a little behind."""
        last = self._store.last_at()
        now = self._clock()
        return now if last is None else max(now, last)

    def _grounds(self, ledger: Loaded, streams: frozenset[StreamId]) -> tuple[Grounds, dict[StreamId, Guard]]:
        """The states of what the decision reads, and a guard for each; the ledger's own stream is always read."""
        loaded = {stream: self.load(stream) for stream in streams} | {self._ledger: ledger}
        of_kind = {
            kind: {stream: each.state for stream, each in loaded.items() if stream.startswith(f"{kind}-")}
            for kind in EVOLVE
        }
        rulebook = of_kind["rulebook"].get(rulebook_of(self._ledger), Rulebook())
        grounds = Grounds(ledger.state, of_kind["office"], of_kind["election"], rulebook)
        return grounds, {stream: Guard(stream, each.version) for stream, each in loaded.items()}

    def _ticket(self, asked_for: object, by: Actor, key: str) -> Ticket:
        secret = self._keys.secret("idempotency")
        try:
            asked = orjson.dumps(
                [by, asked_for],
                option=orjson.OPT_SORT_KEYS,
                default=lambda held: sorted(held),
            )
        except orjson.JSONEncodeError as error:  # half a surrogate pair, or a number beyond 64 bits
            raise Invalid(
                "",
                Said(
                    f"the command holds what may not stand in an entry: {error}",
                    "perintah memuat sesuatu yang tidak boleh ada dalam catatan",
                ),
            ) from error
        return Ticket(
            scope=hmac.digest(secret, f"scope\n{by.office}\n{key}".encode(), "sha256"),
            fingerprint=hmac.digest(secret, b"command\n" + asked, "sha256"),
        )


def _receipt(appended: Appended, ledger: Ledger) -> Receipt:
    if isinstance(ledger, Unopened):
        raise TypeError("a receipt of a ledger that was never opened")
    return Receipt(
        origin=ledger.origin,
        first=appended.rows[0].position,
        last=appended.rows[-1].position,
        entries=tuple(_receipt_entry(row.entry) for row in appended.rows),
        replayed=appended.replayed,
    )


def _check_seen(concept: Concept, command: Command, loaded: Loaded, seen: int) -> None:
    """The asker's version is the latest that touches what the command decides."""
    if not 0 < seen <= loaded.version:
        raise Stale(seen, loaded.version)
    scope = concept.scope(command, loaded.state)
    for recorded in loaded.history[seen:]:
        if meets(concept.touches(recorded.fact, loaded.state), scope):
            raise Stale(seen, recorded.version)


def _drafted(
    submitted: Submitted, command: Command, facts: Sequence[Any], draft: Draft, grounds: Grounds
) -> tuple[list[NewEvent], list[SealedRef], Draft]:
    """The events of one command's facts, and the stream as it will be after them.

    `who` recorded them stands in the first alone.
    """
    events: list[NewEvent] = []
    references: list[SealedRef] = []
    evolve, state, introduced = CONCEPTS[command.KIND].evolve, draft.state, draft.introduced
    for index, fact in enumerate(facts):
        by = recorder(command) if index == 0 else replace(recorder(command), who=None)
        act = _dated(command.act, fact, grounds)
        body = encode_body(act, by, fact, submitted.preparation.nonce(index))
        events.append(NewEvent(submitted.stream, draft.version + 1 + index, type(fact).TOPIC, body))
        references += [*references_in(by), *references_in(fact)]
        state = evolve(state, fact, act)
        introduced |= {by.actor, *staff_in(fact)}
    return events, references, Draft(state, draft.version + len(facts), introduced)


def _receipt_entry(entry: Entry) -> ReceiptEntry:
    return ReceiptEntry(
        StreamId(entry.stream),
        entry.version,
        entry.position,
        entry.topic,
        entry.at,
        leaf_hash(frame(entry)).hex(),
    )


def _dated(act: Act, fact: Any, grounds: Grounds) -> Act:
    """The act as a fact carries it: a fact that is dated by day takes the local date of the command's instant."""
    if type(fact) in FACTS_AT_AN_INSTANT or act.at is None:
        return act
    return replace(act, at=None, on=_local(act.at, act.office, grounds))


def _local(instant: datetime, office: StreamId, grounds: Grounds) -> date:
    zone = grounds.office(office).zone if office.startswith("office-") else Zone.WIB
    return local_date(instant, zone)
