"""What one command is to a store: two guards, one event, one sealed value, a ticket; in a stream of its own."""

from __future__ import annotations

import secrets
from typing import Final

from ledger.clock import real_clock
from ledger.store.rows import Append, Appended, Guard, NewEvent, Ticket, VaultRow
from ledger.store.store import Store

TOPIC: Final = "complaint.reviewed.v1"
BODY: Final = (
    b'{"act":{"office":"office-0123456789abcdef0123456789abcdef","on":"2024-10-02","source":"own"},'
    b'"by":{"actor":"a1","office":"office-0123456789abcdef0123456789abcdef","role":"examiner"},'
    b'"fact":{"formal":true,"known_on":"2024-10-01","material":true,"reasons":{"sealed":"%s"},"result":"register"},'
    b'"nonce":"0123456789abcdef0123456789abcdef"}' % (b"0123456789abcdef" * 4)
)


def whole_command() -> Append:
    """One command, new each time."""
    complaint, official = f"complaint-{secrets.token_hex(16)}", f"official-{secrets.token_hex(16)}"
    return Append(
        events=(NewEvent(complaint, 1, TOPIC, BODY[:-33] + secrets.token_hex(15).encode() + b'0"}'),),
        guards=(Guard(complaint, 0), Guard(official, 0)),
        vault=(VaultRow(secrets.token_hex(32), complaint, "case", secrets.token_bytes(300)),),
        ticket=Ticket(secrets.token_bytes(32), secrets.token_bytes(32)),
        decided_at=real_clock(),
    )


def append(store: Store, one: Append) -> Appended:
    """As the registrar appends it."""
    return store.append(one.events, guards=one.guards, vault=one.vault, ticket=one.ticket, decided_at=one.decided_at)
