"""Whether the three places that know the trail agree: the database, the lock store, and what is published.

Each may lag behind the one before it, which is a seal that was interrupted; any other difference means that one of them
was changed or put back, and signing on would make a second history. Each refusal says the way out.
"""

from __future__ import annotations

from ledger.errors import Diverged
from ledger.trail.checkpoint import Checkpoint


def require_agreement(size: int, locked: Checkpoint | None, published: Checkpoint | None, first: bytes | None) -> None:
    """Diverged, unless database >= lock store >= published. `first` is the leaf hash of position 0, if recorded."""
    if locked is None:
        _require_a_beginning(size, published, first)
        return
    if locked.size > size:
        raise Diverged(
            f"the lock store is ahead of the database: {locked.size} entries are sealed and {size} recorded. An older "
            "database was put back, or its end was lost. Import the missing entries from the bundles below "
            "tile/entries, or below .staging/tile/entries, or put back a newer database; keep the lock store"
        )
    if published is None:
        return
    if published.size > locked.size:
        raise Diverged(
            f"the published checkpoint is ahead of the lock store: size {published.size} was signed and {locked.size} "
            "is locked. An older lock store was put back. Put back the newer one, whose text is that of the published "
            "checkpoint"
        )
    if published.origin != locked.origin:
        raise Diverged(
            f"the published trail is {published.origin}, and the lock store is that of {locked.origin}: two ledgers "
            "are mixed up. Point each ledger to its own trail folder and lock store"
        )
    if published.size == locked.size and published.root != locked.root:
        raise Diverged(
            f"two roots of size {locked.size} are known: {published.root.hex()} is signed and published, and "
            f"{locked.root.hex()} is locked. Ask those who keep checkpoints which one they hold, and put back "
            "the store that does not agree with them"
        )


def _require_a_beginning(size: int, published: Checkpoint | None, first: bytes | None) -> None:
    """Without a lock store only a trail of at most position 0 may go on."""
    if size > 1:
        raise Diverged(
            f"the lock store is missing, and {size} entries exist. Put it back from a backup; if there is none, ask "
            "those who keep checkpoints for the newest, and write its unsigned text as the lock store's checkpoint"
        )
    if published is not None and (published.size != 1 or published.root != first):
        raise Diverged(
            f"the lock store is missing, and the checkpoint published for size {published.size} is not that of the "
            f"database, which holds {size} entries. Put back the database and the lock store that belong to it"
        )
