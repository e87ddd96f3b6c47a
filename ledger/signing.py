"""The private keys that sign a ledger's checkpoints; which of them signs at which size, its facts say.

A key lies in a file, or is handed in as a secret of the environment; whoever signs does not know which.

`signing.key` is the newest. From the first rotation on, `signing.keys/` holds every key by its id, retired ones too: a
checkpoint that was committed before a rotation may still have to be signed after it. A key is in that folder, durably,
before the fact that names it is recorded; a start puts the rest in order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from ledger.codec import Recorded
from ledger.errors import Misconfigured
from ledger.itself.facts import KeyRotated, LedgerOpened
from ledger.trail import durable
from ledger.trail.checkpoint import SigningKey, Verifier

SIGNING_KEY: Final = "signing.key"
SIGNING_KEYS: Final = "signing.keys"
VKEY: Final = "trail.vkey"


@dataclass(frozen=True, slots=True)
class SigningKeys:
    """The keys of one ledger: public halves by its facts, private ones in its folder or handed in."""

    folder: Path
    facts: Callable[[], Sequence[Recorded]]
    """The history of the ledger's own stream, as it is now."""
    secret: str = field(default="", repr=False)
    """Keys that lie in no file: 64 hexadecimal digits each, with spaces between."""

    @property
    def origin(self) -> str:
        return self.verifiers()[0].name

    def signing(self, size: int) -> SigningKey:
        wanted = self.verifier(size)
        for key in self._held():
            if key.verifier == wanted:
                return key
        raise Misconfigured(
            f"the key {wanted.key_id.hex()}, which signs this trail at size {size}, is not in {self.folder}: put "
            f"{SIGNING_KEY} and {SIGNING_KEYS}/ back from the newest backup of keys/, or the secret back into its "
            "setting (docs/recovery.md)"
        )

    def verifier(self, size: int) -> Verifier:
        return [verifier for since, verifier in self._named() if since <= size][-1]

    def verifiers(self) -> Sequence[Verifier]:
        return [verifier for _, verifier in self._named()]

    def prepare(self) -> SigningKey:
        """A fresh key for a rotation: one that was handed in and never named, or else a new one.

        A new one is on the disk before this returns; if it is never named, it is of no harm.
        """
        named = self.verifiers()
        for handed_in in self._handed_in():
            if handed_in.verifier not in named:
                return handed_in
        key = SigningKey.generate(self.origin)
        durable.make_folder(self.folder / SIGNING_KEYS)
        with durable.alone(self._lock):
            self._keep(key)
        return key

    def settle(self) -> None:
        """Let `signing.key` be the newest key that the facts name, with every other one beside it.

        A crash between any two steps leaves files that are found all the same, and the next start comes here again.
        """
        newest = self.verifiers()[-1]
        in_file = not any(key.verifier == newest for key in self._handed_in())
        if in_file and self._in_file() != newest:
            durable.make_folder(self.folder / SIGNING_KEYS)
            with durable.alone(self._lock):
                self._promote(newest)
        if not (self.folder / VKEY).is_file() or (self.folder / VKEY).read_text() != f"{newest.vkey}\n":
            durable.replace(self.folder / VKEY, f"{newest.vkey}\n".encode())

    def _promote(self, newest: Verifier) -> None:
        key = next((key for key in self._held() if key.verifier == newest), None)
        if key is not None:  # if it is, `signing` says what is missing
            if (self.folder / SIGNING_KEY).exists():
                self._keep(read_key(self.folder / SIGNING_KEY))
            durable.replace_secret(self.folder / SIGNING_KEY, _text(key))

    @property
    def _lock(self) -> Path:
        return self.folder / SIGNING_KEYS / ".lock"

    def _named(self) -> Iterator[tuple[int, Verifier]]:
        for recorded in self.facts():
            match recorded.fact:
                case LedgerOpened(vkey=vkey):
                    yield 0, Verifier.from_vkey(vkey)
                case KeyRotated(vkey=vkey, from_size=size):
                    yield size, Verifier.from_vkey(vkey)
                case _:
                    continue

    def _in_file(self) -> Verifier | None:
        """The key of `signing.key`; it may be missing only where other keys were handed in."""
        if self.secret and not (self.folder / SIGNING_KEY).exists():
            return None
        return read_key(self.folder / SIGNING_KEY).verifier

    def _handed_in(self) -> list[SigningKey]:
        return keys_of(self.origin, self.secret)

    def _held(self) -> Iterator[SigningKey]:
        yield from self._handed_in()
        if self._in_file() is not None:
            yield read_key(self.folder / SIGNING_KEY)
        for path in sorted((self.folder / SIGNING_KEYS).glob("*.key")):
            yield read_key(path)

    def _keep(self, key: SigningKey) -> None:
        path = self.folder / SIGNING_KEYS / f"{key.key_id.hex()}.key"
        if not path.exists():
            durable.replace_secret(path, _text(key))


def keys_of(origin: str, secret: str) -> list[SigningKey]:
    """The keys of a secret; Misconfigured, with nothing of it repeated, when one of them is none."""
    try:
        return [SigningKey.from_seed(origin, bytes.fromhex(each)) for each in secret.split()]
    except ValueError:
        raise Misconfigured(
            "the secret signing_key cannot be read: keys of 64 hexadecimal digits are expected, with spaces between"
        ) from None


def read_key(path: Path) -> SigningKey:
    """A key that signs checkpoints; Misconfigured when the file is missing or holds none."""
    try:
        origin, seed = path.read_text().split()
        return SigningKey.from_seed(origin, bytes.fromhex(seed))
    except (OSError, ValueError) as error:
        raise Misconfigured(f"{path.name} cannot be read as a signing key: {error}") from error


def _text(key: SigningKey) -> bytes:
    return f"{key.name}\n{key.seed.hex()}\n".encode()
