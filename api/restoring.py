"""A restored ledger: the three parts of a backup put together again, and everything asked of them before they serve.

What a restore must never do is go on from a point that somebody has seen the trail beyond: it would sign a second
history. The lock store in the backup cannot tell; the one that the operator kept, or a checkpoint from outside, can.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from api.auditing import Verdict, verdict_on
from api.backing import roots_at
from api.checkpoints import checkpoint_in
from api.folders import filling
from api.manifest import MANIFEST, Manifest, Part, digest_of
from api.opened import open_as_set
from api.wiring import KEYS_DB, LEDGER_DB, LOCK, VKEY, identity, require_own_keys
from ledger.clock import real_clock
from ledger.erasing import destroy_what_was_erased
from ledger.errors import Broken, Diverged, Misconfigured
from ledger.keystore import KeyStore
from ledger.settings import read_settings
from ledger.store.opening import open_store
from ledger.trail import durable
from ledger.trail.checkpoint import Checkpoint
from ledger.trail.export import export

Say = Callable[[str], None]


def restore(source: Path, folder: Path, kept: Path | None, say: Say) -> Verdict:
    """Put a backup's ledger into a folder that is new or empty; what is wrong with it is refused with the way out.

    `kept` is the folder of the lock store that outlived the ledger. The verifier has the last word over an export.
    """
    parts = {part: Manifest.read(source / part, part) for part in Part}
    _require_together(parts)
    ours = checkpoint_in(source / Part.TRAIL / LOCK)
    _require_reach(parts[Part.LEDGER], ours, "the lock store in the backup")
    known = [ours]
    if kept is not None:
        theirs = checkpoint_in(kept)
        if theirs.origin != ours.origin:
            raise Diverged(f"the lock store in {kept} is that of {theirs.origin}, the backup is of {ours.origin}")
        _require_reach(parts[Part.LEDGER], theirs, f"the lock store in {kept}")
        known.append(theirs)
    newest = max(known, key=lambda each: each.size)
    way_out = "move the old ledger aside, which keeps its lock store, and restore into a folder that is new or empty"
    with filling(folder, way_out):
        for part in Part:
            _copy(source / part, folder, parts[part])
        say(f"digests: every file is the one that was backed up at {parts[Part.LEDGER].at}")
        erased = _erase_again(folder)
        say(f"erased again: {erased} subjects, before anything is served")
        _require_roots(folder, known)
        durable.make_folder(folder / LOCK)
        durable.replace(folder / LOCK / "checkpoint", newest.text())
        say(f"lock store: size {newest.size}, and the database gives its root")
        return _opened_and_verified(folder, say)


def _require_together(parts: dict[Part, Manifest]) -> None:
    """The three parts are of one ledger, and the keys reach as far as the database."""
    ledger, keys, trail = (parts[part] for part in Part)
    if len({each.origin for each in parts.values()}) > 1:
        raise Misconfigured(
            f"the parts are of different ledgers: {ledger.origin}, {keys.origin}, {trail.origin}. Put together those "
            "of one"
        )
    if keys.size < ledger.size:
        raise Misconfigured(
            f"the key store was copied at {keys.size} entries and the database at {ledger.size}: what was sealed in "
            "between would not open, and new people would get handles that are taken. Use the key store of the same "
            "backup, or of a later one"
        )


def _require_reach(database: Manifest, locked: Checkpoint, which: str) -> None:
    if locked.size > database.size:
        raise Diverged(
            f"{which} is ahead of the database in the backup: {locked.size} entries are sealed and {database.size} "
            "are in it. Going on would make a second history of what is missing. Restore a newer backup of the "
            "database, or its file itself (ledger.db with ledger.db-wal); if there is none, the trail ends at its last "
            "checkpoint: keep it readable, and open a new ledger (docs/recovery.md). Nothing was restored"
        )


def _copy(source: Path, folder: Path, manifest: Manifest) -> None:
    """Copy the files that a manifest names; Misconfigured for one that is not what was backed up."""
    for each in manifest.files:
        target = folder / each.name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.touch(mode=0o600 if manifest.part is not Part.TRAIL else 0o644)
        try:
            shutil.copyfile(source / each.name, target)
        except FileNotFoundError:
            found = None
        else:
            found = digest_of(target)
        if found != (each.digest, each.length):
            raise Misconfigured(
                f"{source / each.name} is {'missing' if found is None else 'not the file that was backed up'}: its "
                f"digest is not the one in {source / MANIFEST}. Nothing was restored; take another copy of this "
                "backup, or an older one"
            )


def _erase_again(folder: Path) -> int:
    """Destroy the keys of everybody whose erasure the restored trail tells."""
    with (
        closing(open_store(folder / LEDGER_DB, real_clock)) as store,
        closing(KeyStore(folder / KEYS_DB)) as keys,
    ):
        identity(folder, store)
        require_own_keys(store, keys)
        return destroy_what_was_erased(store, keys)


def _require_roots(folder: Path, sealed: Sequence[Checkpoint]) -> None:
    """Every row is hashed again: the database gives the roots of the checkpoints that are known."""
    with closing(open_store(folder / LEDGER_DB, real_clock)) as store:
        roots = roots_at(store, [each.size for each in sealed])
    for each in sealed:
        if roots.get(each.size) != each.root:
            raise Diverged(
                f"the database in the backup does not give the root that is sealed at size {each.size}: a row was "
                "changed, or it is of another history. Nothing was restored; compare with an auditor's export, and "
                "restore another backup"
            )


def _opened_and_verified(folder: Path, say: Say) -> Verdict:
    """Start the ledger once, which seals what was recorded and not yet sealed; then let the verifier look at it."""
    house = open_as_set(folder, read_settings(folder).in_file())
    try:
        house.follower.catch_up()
        sealed = house.sealer.seal(publish=True)
        say(f"projections: built again\nsealed: {sealed.size} entries, root\n  {sealed.root.hex()}")
        with tempfile.TemporaryDirectory() as aside:
            bundle = Path(aside) / "bundle"
            export(house.trail, bundle)
            (folder / VKEY).write_text(house.ledger.vkey + "\n")
            verdict = verdict_on(bundle, folder / VKEY)
    finally:
        house.close()
    if not verdict.true:
        said = " ".join(verdict.said.splitlines()[:2])
        raise Broken(
            f"the verifier refuses the restored trail: {said}. Nothing was restored; keep the backup as it is, and "
            "restore an older one"
        )
    return verdict
