"""How a ledger begins: position 0 says who it is, which key signs its checkpoints, and whether its clock is real."""

from __future__ import annotations

from ledger.codec import encode_body, topic_stem
from ledger.errors import Broken
from ledger.itself.facts import ClockKind, LedgerOpened, Predecessor
from ledger.keystore import KeyStore
from ledger.store.rows import Guard, NewEvent
from ledger.store.store import Store
from ledger.values import (
    Act,
    By,
    Clock,
    LedgerId,
    Origin,
    Person,
    Role,
    Source,
    Staff,
    StreamId,
    Vkey,
    Zone,
    local_date,
)
from ledger.vault import Random, seal


def origin_of(domain: str, ledger: LedgerId) -> Origin:
    """The name of a ledger for ever: a domain as a name, never as an address, and half of its identity."""
    return Origin(f"{domain}/{ledger[:16]}")


def found(
    store: Store,
    keys: KeyStore,
    *,
    ledger: LedgerId,
    origin: Origin,
    vkey: Vkey,
    clock: Clock,
    kind: ClockKind,
    operator: Staff,
    random: Random,
    predecessor: Predecessor | None = None,
) -> StreamId:
    """Record position 0 in an empty store; Broken when something stands in it already."""
    if store.size():
        raise Broken("this store holds a ledger already: a ledger is opened once")
    stream = StreamId(f"ledger-{ledger}")
    at = clock()
    handle = keys.handle(stream, Person("a", (f"staff:{operator.account}",)))
    kind_of_who = f"{topic_stem(LedgerOpened.TOPIC)}.by.who"
    who, row = seal(
        keys.new_subject_key(stream, handle), random, kind=kind_of_who, of=handle, stream=stream, value=operator.name
    )
    body = encode_body(
        Act(stream, Source.OWN, on=local_date(at, Zone.WIB)),
        By(stream, Role.OPERATOR, handle, who.reference),
        LedgerOpened(ledger, origin, vkey, kind, predecessor),
        random(16).hex(),
    )
    event = NewEvent(stream, 1, LedgerOpened.TOPIC, body)
    store.append([event], guards=[Guard(stream, 0)], vault=[row], decided_at=at)
    return stream
