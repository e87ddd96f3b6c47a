"""Erasing a person: one command over all streams that the key store's index finds, and then the keys themselves.

The facts are durable before any key is destroyed. A crash in between is healed by the next start, which destroys again
what the trail says was erased; so is a key store that was put back from a backup. Source: UU 27/2022; DESIGN.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ledger.command import Command
from ledger.complaint.commands import Attendee, ErasePerson
from ledger.complaint.facts import ComplaintPersonErased
from ledger.erasure import ErasureReason
from ledger.errors import Missing
from ledger.keystore import KeyStore
from ledger.official.commands import EraseOfficial
from ledger.official.facts import OfficialErased
from ledger.registrar import Receipt, Registrar
from ledger.speech import Said
from ledger.store.store import Store
from ledger.values import Act, Actor, Name, Person, Plain, Staff, StreamId, Subject

TOPICS = (ComplaintPersonErased.TOPIC, OfficialErased.TOPIC)


@dataclass(frozen=True, slots=True)
class Erasure:
    """Whom to erase, on what ground, and who confirms it beside the officer who asks."""

    keys: tuple[str, ...]
    reason: ErasureReason
    basis: Name
    backups_expire_on: date
    second: Staff


def erase(registrar: Registrar, store: Store, keys: KeyStore, erasure: Erasure, *, act: Act, by: Actor) -> Receipt:
    """Erase a person from every stream that knows them by a key; Missing when none does, else as `submit`."""
    found = sorted({place for key in erasure.keys for place in keys.streams_of(key)})
    if not found:
        raise Missing(Said("nobody is known here by that number", "tidak ada yang dikenal di sini dengan nomor itu"))
    commands = [_command(stream, Subject(handle), erasure, act) for stream, handle in found]
    receipt = registrar.submit_together(commands, by=by)
    destroy_what_was_erased(store, keys, first=receipt.first)
    return receipt


def destroy_what_was_erased(store: Store, keys: KeyStore, *, first: int = 0) -> int:
    """Destroy the keys and sealed values of everybody whose erasure the trail tells from a position on.

    Returns how many were left to destroy: none, unless the last erasure was interrupted or an older key store put back.
    """
    destroyed = 0
    for recorded in store.of_topics(TOPICS, first=first):
        if keys.destroy(recorded.stream, recorded.fact.of, recorded.position):
            store.forget(recorded.stream, recorded.fact.of)
            destroyed += 1
    return destroyed


def _command(stream: StreamId, of: Subject, erasure: Erasure, act: Act) -> Command:
    second = Attendee(handle=Person("a", (f"staff:{erasure.second.account}",)), who=Plain(erasure.second.name))
    kind = EraseOfficial if stream.startswith("official-") else ErasePerson
    return kind(
        act=act,
        stream=stream,
        of=of,
        reason=erasure.reason,
        basis=erasure.basis,
        backups_expire_on=erasure.backups_expire_on,
        second=second,
    )
