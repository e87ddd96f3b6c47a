"""Development tokens: who asks, for which office, in which role, signed with a secret of the key store (RFC 7519).

They stand in for an identity provider and are taken on loopback only.
"""

from __future__ import annotations

import ipaddress
import re
from datetime import UTC, datetime, timedelta
from typing import Final

from ledger.errors import Denied, Unauthenticated
from ledger.keystore import KeyStore
from ledger.speech import Said
from ledger.values import STREAM, Actor, Role, Staff, StreamId

SECRET: Final = "tokens"  # noqa: S105 (the name of a secret)
ALGORITHM: Final = "HS256"
LIFETIME: Final = timedelta(hours=12)
ACCOUNT = re.compile(r"[a-z0-9][a-z0-9._@-]{0,99}", re.ASCII)


def issue(keys: KeyStore, actor: Actor) -> str:
    """A token for one person of one office in one role."""
    if not ACCOUNT.fullmatch(actor.staff.account):
        raise Denied(
            Said(
                f"{actor.staff.account!r} is no account: lowercase letters, digits and . _ @ - are",
                f"{actor.staff.account!r} bukan akun yang sah: huruf kecil, angka dan . _ @ - yang sah",
            )
        )
    import jwt

    claims = {
        "sub": actor.staff.account,
        "name": actor.staff.name,
        "office": actor.office,
        "role": actor.role.value,
        "exp": datetime.now(UTC) + LIFETIME,
    }
    return jwt.encode(claims, keys.secret(SECRET), algorithm=ALGORITHM)


def read(keys: KeyStore, authorization: str | None, client: str | None) -> Actor:
    """Who asks, from an Authorization header; Unauthenticated when nobody can be told, Denied off loopback."""
    if client is None or not _on_loopback(client):
        raise Denied(
            Said(
                "development tokens are taken on loopback only",
                "token pengembangan hanya diterima dari mesin ini",
            )
        )
    scheme, _, token = (authorization or "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise Unauthenticated(
            Said(
                "an Authorization header with a bearer token is needed",
                "diperlukan header Authorization dengan token bearer",
            )
        )
    import jwt

    try:
        claims = jwt.decode(
            token, keys.secret(SECRET), algorithms=[ALGORITHM], options={"require": ["exp", "sub", "name"]}
        )
        role = Role(claims["role"])
        office = str(claims["office"])
    except jwt.ExpiredSignatureError as error:
        raise Unauthenticated(
            Said("the token has expired: ask for a new one", "token sudah kedaluwarsa: minta yang baru")
        ) from error
    except (jwt.InvalidTokenError, KeyError, ValueError) as error:
        raise Unauthenticated(Said(f"the token is not valid: {error}", "token tidak sah")) from error
    if not STREAM.fullmatch(office):
        raise Unauthenticated(Said("the token names no office", "token tidak menyebut lembaga"))
    return Actor(StreamId(office), role, Staff(str(claims["sub"]), str(claims["name"])))


def _on_loopback(client: str) -> bool:
    try:
        return ipaddress.ip_address(client).is_loopback
    except ValueError:
        return False
