"""The one way in: load, grounds, decide, append, receipt. Generic; no rule of the domain lives here."""

from __future__ import annotations

import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

import orjson

from ledger.carried import references_in, staff_in
from ledger.codec import Entry, encode_body, frame
from ledger.command import Command, recorder
from ledger.complaint.facts import FACTS_AT_AN_INSTANT
from ledger.concepts import CONCEPTS, Concept
from ledger.errors import Conflict, Invalid, Missing, PreconditionMissing, Refused, Stale
from ledger.grounds import Grounds
from ledger.itself.state import Ledger, Unopened
from ledger.keystore import KeyStore
from ledger.preparation import Preparation, introduce_once
from ledger.readings import Loaded, Readings
from ledger.relations import Found, Relations
from ledger.rulebook.commands import rulebook_of
from ledger.scopes import meets
from ledger.speech import Said
from ledger.store.rows import Appended, Guard, NewEvent, Ticket, VaultRow
from ledger.store.store import Store
from ledger.trail.merkle import leaf_hash
from ledger.values import Act, Actor, Clock, Handle, SealedRef, StreamId, Zone, local_date
from ledger.vault import Random

ATTEMPTS: Final = 5


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


Reading = dict[StreamId, Loaded]
"""What one attempt has read: each stream once, so that all its commands are decided on the same states."""


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
        return cls(loaded.state, loaded.version, loaded.introduced)


class Registrar:
    """Takes commands for one ledger."""

    def __init__(self, store: Store, keys: KeyStore, clock: Clock, random: Random, ledger: StreamId) -> None:
        self._store = store
        self._keys = keys
        self._clock = clock
        self._random = random
        self._ledger = ledger
        self._rulebook = rulebook_of(ledger)
        self._readings = Readings(store)
        self.relations = Relations(keys, lambda stream: self.load(stream).state)

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
        seen: int | Mapping[StreamId, int] | None = None,
        drawn: StreamId | None = None,
        asked: object = None,
    ) -> Receipt:
        """Record several commands in their order, all or none; errors as for `submit`.

        `seen` may name a version for each stream. `drawn` is a stream from `draw` that the first command begins,
        because the others name it. `asked` is what the asker said, where the commands were worked out from it: a retry
        is recognised by that. What is refused names its stream, and all else that is refused beside it.
        """
        if seen is None and any(command.NEEDS_MATCH for command in commands):
            raise PreconditionMissing(
                Said(
                    "this act decides on what was read: name that version (If-Match)",
                    "tindakan ini memutus berdasarkan yang dibaca: sebut versi itu (If-Match)",
                )
            )
        said = [(type(each).__name__, each) for each in commands] if asked is None else asked
        if (earlier := self.earlier(said, by=by, key=key)) is not None:
            return earlier
        # Each key would take a write to the disk of its own; all of them are durable before anything is recorded.
        with self._keys.together():
            submitted = [self._prepared(command, by, _seen_of(seen, command), drawn) for command in commands]
        try:
            return self._attempts(submitted, None if key is None else self._ticket(said, by, key))
        except (Refused, Invalid, Missing, Stale):
            # A first try with this key, still at work when it was looked up, may have recorded the command meanwhile.
            if (earlier := self.earlier(said, by=by, key=key)) is None:
                raise
            return earlier

    def earlier(self, asked: object, *, by: Actor, key: str | None) -> Receipt | None:
        """The receipt of an earlier submission with the same key; KeyReused when something else was asked with it."""
        recorded = None if key is None else self._store.earlier(self._ticket(asked, by, key))
        return None if recorded is None else _receipt(recorded, self.load(self._ledger).state)

    def _attempts(self, submitted: Sequence[Submitted], ticket: Ticket | None) -> Receipt:
        for _ in range(ATTEMPTS - 1):
            try:
                return self._attempt(submitted, ticket)
            except Conflict:
                continue
        return self._attempt(submitted, ticket)

    def load(self, stream: StreamId) -> Loaded:
        """The state of any stream, now."""
        return self._readings.load(stream)

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
        read: Reading = {}
        last = self._readings.look()
        ledger = self._read(self._ledger, read)
        targets = {each.stream: self._read(each.stream, read) for each in submitted}
        for each in submitted:
            _check_begun(each, targets[each.stream])
        grounds = [self._grounds_of(each, read) for each in submitted]
        steps_back = any(getattr(each.command.FACT, "STEPS_BACK", False) for each in submitted)
        at = self._clock() if steps_back else self._now(last)
        events: list[NewEvent] = []
        vault: list[VaultRow] = []
        limits: list[int] = []
        guards = {stream: Guard(stream, loaded.version) for stream, loaded in read.items()}
        drafts = {stream: Draft.of(loaded) for stream, loaded in targets.items()}
        refusals: dict[StreamId, Refused] = {}
        for each, known in zip(submitted, grounds, strict=True):
            concept, draft = CONCEPTS[each.command.KIND], drafts[each.stream]
            command = introduce_once(each.command, draft.introduced)
            if each.seen is not None:
                _check_seen(concept, command, targets[each.stream], each.seen, several=len(targets) > 1)
            if each.stream in refusals:
                continue
            try:
                facts = concept.decide(command, draft.state, at=at, grounds=known)
            except Refused as refusal:
                if len(targets) == 1:
                    raise
                refusals[each.stream] = refusal
                continue
            limits += [getattr(fact, fact.RECORDED_BELOW) for fact in facts if hasattr(fact, "RECORDED_BELOW")]
            made, references, drafts[each.stream] = _drafted(each, command, facts, draft, known)
            events += made
            vault += each.preparation.rows_for(references)
        if refusals:
            raise _one_of(refusals)
        appended = self._store.append(
            events,
            guards=guards.values(),
            vault=vault,
            ticket=ticket,
            decided_at=at,
            steps_back=steps_back,
            below=min(limits, default=None),
        )
        # From here on nothing may fail: the facts are recorded.
        return _receipt(appended, ledger.state)

    def _read(self, stream: StreamId, read: Reading) -> Loaded:
        """A stream as this attempt reads it: once, whichever of its commands asks first."""
        if stream not in read:
            read[stream] = self._readings.load(stream, looked=True)
        return read[stream]

    def _grounds_of(self, submitted: Submitted, read: Reading) -> Grounds:
        """What a command may know of other streams; all that is read for it is guarded."""
        concept = CONCEPTS[submitted.command.KIND]
        needed, found = concept.needs(submitted.command, read[submitted.stream].state), Found()
        if concept.respondents is not None:
            about = concept.respondents(submitted.command, read[submitted.stream].state)
            # Read as everything else of this attempt is: what it finds is guarded at the version that it was found at.
            relations = Relations(self._keys, lambda stream: self._read(stream, read).state)
            found = relations.found(submitted.stream, about, needed)
        grounds = replace(self._grounds(needed | found.officials | found.offices, read), relations=found.relations)
        if concept.by_law:
            grounds = replace(grounds, rulebook=self._read(self._rulebook, read).state)
        if submitted.stream == self._ledger:
            grounds = replace(grounds, last=self._store.last_at(), size=self._store.size())
        return grounds

    def _now(self, last: datetime | None) -> datetime:
        """The instant at which a fact would be recorded now: the trail overrules a clock that is a little behind."""
        now = self._clock()
        return now if last is None else max(now, last)

    def _grounds(self, streams: frozenset[StreamId], read: Reading) -> Grounds:
        """The states of what the decision reads and of what those lead to; the ledger's own stream is always read."""
        waiting, states = set(streams), dict[StreamId, Any]()
        while waiting:
            stream = waiting.pop()
            states[stream] = self._read(stream, read).state
            waiting |= CONCEPTS[stream.partition("-")[0]].leads_to(states[stream]) - states.keys()
        of_kind = {
            kind: {stream: state for stream, state in states.items() if stream.startswith(f"{kind}-")}
            for kind in ("office", "election")
        }
        return Grounds(ledger=read[self._ledger].state, offices=of_kind["office"], elections=of_kind["election"])

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


def _check_begun(submitted: Submitted, loaded: Loaded) -> None:
    """Missing, where a command is addressed to a stream that nothing ever began."""
    unknown = CONCEPTS[submitted.command.KIND].unknown
    if loaded.version == 0 and not submitted.command.BEGINS and unknown is not None:
        raise Missing(Said(unknown.en.format(stream=submitted.stream), unknown.id.format(stream=submitted.stream)))


def _seen_of(seen: int | Mapping[StreamId, int] | None, command: Command) -> int | None:
    """The version of a command's stream that the asker named, if they did."""
    if isinstance(seen, Mapping):
        return None if command.stream is None else seen.get(command.stream)
    return seen


def _check_seen(concept: Concept, command: Command, loaded: Loaded, seen: int, *, several: bool) -> None:
    """The asker's version is the latest that touches what the command decides."""
    stream = str(command.stream) if several else ""
    if not 0 < seen <= loaded.version:
        raise Stale(seen, loaded.version, stream)
    scope = concept.scope(command, loaded.state)
    for recorded in loaded.history[seen:]:
        if meets(concept.touches(recorded.fact, loaded.state), scope):
            raise Stale(seen, recorded.version, stream)


def _one_of(refusals: Mapping[StreamId, Refused]) -> Refused:
    """The first refusal of a command that spans several streams, with its stream in its words, and the others."""
    first, *others = (
        replace(each, stream=stream, because=Said(f"{stream}: {each.because.en}", f"{stream}: {each.because.id}"))
        for stream, each in refusals.items()
    )
    return replace(first, others=tuple(others))


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
