"""The sealer: from entries in the database to a signed, published checkpoint, so that no crash leaves two histories.

The order is everything: read from the database, stage, prove, commit in the lock store; then sign what stands there,
ask the witnesses, publish (announcing.py). Each step says what a crash there means. Nothing else signs a checkpoint.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Final, Protocol

from ledger.errors import Broken, Diverged
from ledger.trail import durable
from ledger.trail.agreement import require_agreement
from ledger.trail.announcing import AT_ONCE, Announcer, Pace
from ledger.trail.checkpoint import Checkpoint, NoteInvalid, SigningKey, parse_checkpoint
from ledger.trail.cosigning import Witnesses
from ledger.trail.edge import Edge, edge_at
from ledger.trail.export import export
from ledger.trail.keys import Keys, OneKey
from ledger.trail.lockstore import FileLockStore
from ledger.trail.merkle import ProofInvalid, consistency_proof, leaf_hash, root_at, verify_consistency
from ledger.trail.staging import Staging
from ledger.trail.tiles import LEVEL_BITS, WIDTH, Tile, TileFolder

__all__ = ["Sealer", "Storage", "export"]

READ: Final = 10_000
"""Entries asked of the database at a time."""


class Storage(Protocol):
    """The database, as far as the trail needs it; never a standby, never memory."""

    def size(self) -> int:
        """How many entries are recorded."""
        ...

    def entries(self, first: int, last: int) -> Iterable[bytes]:
        """The framed entries of the positions first .. last - 1."""
        ...


class Sealer:
    """Seals one trail. Others may try at the same time, in this process or another: one works, the others wait."""

    def __init__(
        self,
        folder: Path,
        lock: FileLockStore,
        keys: SigningKey | Keys,
        storage: Storage,
        witnesses: Witnesses | None = None,
        pace: Pace = AT_ONCE,
    ) -> None:
        """`folder` is where the trail is published; the keys' name is the trail's origin."""
        self._folder = folder
        self._lock = lock
        self._keys: Keys = OneKey(keys) if isinstance(keys, SigningKey) else keys
        self._storage = storage
        self._staging = Staging(folder)
        self._announcer = Announcer(folder, lock, self._keys, witnesses, pace)

    def start(self) -> None:
        """Finish what a crash interrupted, or refuse with Diverged and the way out; to be called before any command.

        Of the entries, only those of the last bundle are hashed again: older rows that were edited are for the full
        re-hash to find (rehash.py). The witnesses are asked where they stand: one that is ahead has seen what was lost
        here.
        """
        with self._alone():
            locked = self._settled(self._storage.size())
            if locked is None:
                return
            published = self.latest()
            if locked == published:
                self._checked_edge(TileFolder(self._folder), locked)
                self._announcer.ask_again(locked)
            elif self._announcer.due():
                self._announce(published, locked)

    def check(self) -> Checkpoint | None:
        """The committed checkpoint, after the same questions as `start`; nothing is healed, signed or published."""
        with self._alone():
            size, locked, published = self._storage.size(), self._locked(), self.latest()
            self._require_agreement(size, locked, published)
            if locked is not None and locked == published:
                self._checked_edge(TileFolder(self._folder), locked)
            return locked

    def seal(self, *, publish: bool = False) -> Checkpoint:
        """Seal every entry recorded so far, and publish if the pace allows, or now; the latest committed checkpoint.

        After any error the next call finishes or refuses as `start` does. Broken while nothing is recorded;
        Unwitnessed while a checkpoint is committed whose quorum is not reached: the next call asks again.
        """
        with self._alone():
            size = self._storage.size()
            sealed = self._settled(size)
            if size == 0:
                raise Broken("there is nothing to seal: the ledger was not opened")
            if sealed is None or sealed.size < size:
                sealed = self._extended(sealed, size)
            published = self.latest()
            if sealed != published and (publish or self._announcer.due()):
                self._announce(published, sealed)
            return sealed

    def tend(self) -> None:
        """What comes with time and not with entries: publish what had to wait, have the witnesses look again.

        It costs two small readings while there is nothing to do. Errors as those of `seal`.
        """
        published = self.latest()
        waits = published is not None and self._lock.read() != published.text()
        if waits and self._announcer.due():
            self.seal()
        elif published is not None and not waits and self._announcer.stale():
            with self._alone():
                if self.latest() == published:
                    self._announcer.renew(published)

    def latest(self) -> Checkpoint | None:
        """The published checkpoint, its signature verified; None before the first."""
        return self._announcer.latest()

    def _extended(self, sealed: Checkpoint | None, size: int) -> Checkpoint:
        """Seal the entries from the sealed size on."""
        # 1, 2: a crash leaves files that no checkpoint implies and nobody reads; the next seal throws them away.
        grown = self._staged(sealed, size)
        self._staging.close(grown.text())
        # 3: the point of no return. A crash before the swap: nothing has happened. After it: this checkpoint is the
        # trail's, though nobody has seen it signed; it, and no other of its size, will be.
        self._lock.swap(sealed.text() if sealed else None, grown.text())
        # A crash among the tiles leaves wider ones than the published checkpoint implies, which is true of it still;
        # `_settled` moves the rest.
        self._staging.publish()
        return grown

    def _staged(self, sealed: Checkpoint | None, size: int) -> Checkpoint:
        """Make the files of a longer trail, aside and durable, and prove from them that it continues the sealed one."""
        self._staging.clear()
        edge = Edge() if sealed is None else self._checked_edge(TileFolder(self._folder), sealed)
        for entry in self._read(edge.size, size):
            for file in edge.add(entry):
                self._staging.put(file)
        for file in edge.partial_files():
            self._staging.put(file)
        hash_at = TileFolder(self._staging.folder, self._folder).hash_at(size)
        grown = Checkpoint(self._keys.origin, size, root_at(size, hash_at))
        if sealed is not None:
            proof = consistency_proof(sealed.size, size, hash_at)
            try:
                verify_consistency(sealed.size, size, sealed.root, grown.root, proof)
            except ProofInvalid as error:
                raise Diverged(
                    f"the tiles of size {size} do not continue the trail sealed at size {sealed.size}: {error}. "
                    "Nothing was signed; compare the tiles with an auditor's export, and put back those that differ"
                ) from error
        return grown

    def _announce(self, published: Checkpoint | None, sealed: Checkpoint) -> None:
        """4, 5: sign, have it cosigned, publish. A crash after that leaves only clutter, which does no harm."""
        self._announcer.announce(sealed)
        self._staging.clear()
        self._sweep(published.size if published else 0, sealed.size)

    def _sweep(self, before: int, now: int) -> None:
        """Remove the partial files of those tiles that have become full; a crash leaves some for ever, as it may."""
        for level in (None, *range(now.bit_length() // LEVEL_BITS + 1)):
            index = (before >> LEVEL_BITS * (level or 0)) // WIDTH
            if (now >> LEVEL_BITS * (level or 0)) // WIDTH > index:
                durable.remove_folder(self._folder / f"{Tile(level, index, WIDTH).path}.p")

    def _settled(self, size: int) -> Checkpoint | None:
        """The committed checkpoint, after the three places were found to agree; all of its tiles are in the folder."""
        locked = self._locked()
        published = self.latest()
        self._require_agreement(size, locked, published)
        if locked is not None and locked != published:
            self._heal(published, locked)
        return locked

    def _require_agreement(self, size: int, locked: Checkpoint | None, published: Checkpoint | None) -> None:
        first = next(map(leaf_hash, self._storage.entries(0, 1)), None) if locked is None else None
        require_agreement(size, locked, published, first)

    def _heal(self, published: Checkpoint | None, locked: Checkpoint) -> None:
        """Let the tiles of a committed checkpoint be in the folder; done twice, it gives the same."""
        if self._staging.text() != locked.text():
            # Staging or the published folder was lost, or a later seal began: the same files are made again, if the
            # database gives that root.
            if self._staged(published, locked.size) != locked:
                raise _other_root(locked.size)
            self._staging.close(locked.text())
        self._staging.publish()
        self._checked_edge(TileFolder(self._folder), locked)

    def _checked_edge(self, tiles: TileFolder, sealed: Checkpoint) -> Edge:
        """The right edge at a sealed size, its last bundle hashed again from the database; Diverged at another root."""
        edge = edge_at((sealed.size - 1) // WIDTH * WIDTH, tiles)
        for entry in self._read(edge.size, sealed.size):
            edge.add(entry)
        if edge.root() != sealed.root:
            raise _other_root(sealed.size)
        return edge

    def _read(self, first: int, last: int) -> Iterator[bytes]:
        """The entries first .. last - 1 from the database, some at a time, and no fewer."""
        for start in range(first, last, READ):
            end = min(start + READ, last)
            given = 0
            for entry in self._storage.entries(start, end):
                yield entry
                given += 1
            if given != end - start:
                raise Diverged(
                    f"the database gives {given} entries from position {start} on, not the {end - start} that it "
                    "counts. Nothing was signed; look for rows that were removed, and put the database back"
                )

    def _locked(self) -> Checkpoint | None:
        text = self._lock.read()
        if text is None:
            return None
        try:
            locked = parse_checkpoint(text)
        except NoteInvalid as error:
            raise Diverged(
                f"the lock store holds no checkpoint: {error}. Put it back from a backup; its text is that of the "
                "newest checkpoint"
            ) from error
        if locked.origin != self._keys.origin:
            raise Diverged(
                f"the lock store is that of {locked.origin}, and the key that of {self._keys.origin}: two ledgers are "
                "mixed up. Point each ledger to its own lock store"
            )
        return locked

    def _alone(self) -> AbstractContextManager[None]:
        durable.make_folder(self._folder)
        return durable.alone(self._folder / ".lock")


def _other_root(size: int) -> Diverged:
    return Diverged(
        f"the database hashes to another root at size {size} than the one in the lock store: an entry among the last "
        "ones, or a tile, was changed, or another database was put here. Compare the last rows with the published "
        "bundles and an auditor's export, and put back what is wrong; nothing was signed"
    )
