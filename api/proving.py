"""Questions to the trail: entries and proofs, answered from what is published and signed."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import BaseModel

from api.tiling import Tiles
from api.wiring import House
from ledger.codec import FACTS, Entry, frame
from ledger.errors import Busy, Denied, Missing
from ledger.speech import Said
from ledger.trail.checkpoint import Checkpoint, parse_checkpoint, split_note
from ledger.trail.merkle import consistency_proof, inclusion_proof, leaf_hash, root_at
from ledger.trail.proof import encode_proof
from ledger.trail.tiles import TileFolder
from ledger.values import Actor, Role


class InclusionOut(BaseModel):
    """That an entry stands at a position of the tree of a size; hashes in hex, from the leaf upward."""

    origin: str
    position: int
    size: int
    leaf_digest: str
    hashes: list[str]
    root: str


class ConsistencyOut(BaseModel):
    """That the tree of the second size begins with the whole tree of the first."""

    origin: str
    first: int
    second: int
    first_root: str
    second_root: str
    hashes: list[str]


@dataclass(frozen=True, slots=True)
class Prover:
    """Reads one ledger's published trail and its stored entries."""

    house: House

    def proof_file(self, position: int) -> bytes:
        """The proof of one entry as a file for keeping (C2SP tlog-proof); Busy until the entry is sealed."""
        note = Tiles(self.house).checkpoint()
        size = parse_checkpoint(split_note(note)[0]).size
        if position >= size:
            self._stored(position)
            raise Busy(
                Said(
                    f"position {position} is not sealed yet: what you hold is a claim ticket only",
                    f"posisi {position} belum disegel: yang Anda pegang baru tanda klaim",
                )
            )
        hashes = inclusion_proof(position, size, TileFolder(self.house.trail).hash_at(size))
        return encode_proof(position, hashes, note)

    def entry(self, position: int, actor: Actor | None) -> bytes:
        """An entry's bytes; one of a closed topic is for auditors only."""
        entry = self._stored(position)
        if not FACTS[entry.topic].OPEN and (actor is None or actor.role is not Role.AUDITOR):  # type: ignore[attr-defined]
            raise Denied(
                Said(
                    f"{entry.topic} is a closed topic: its entries are shown to auditors",
                    f"{entry.topic} adalah topik tertutup: catatannya diperlihatkan kepada auditor",
                )
            )
        return frame(entry)

    def inclusion(self, position: int, size: int | None) -> InclusionOut:
        """The proof that an entry stands in the sealed trail."""
        latest = self._latest()
        size = self._sealed(size, latest)
        if position >= size:
            raise Missing(
                Said(
                    f"position {position} is not in the trail of size {size}",
                    f"posisi {position} tidak ada dalam jejak berukuran {size}",
                )
            )
        hash_at = TileFolder(self.house.trail).hash_at(latest.size)
        return InclusionOut(
            origin=latest.origin,
            position=position,
            size=size,
            leaf_digest=leaf_hash(frame(self._stored(position))).hex(),
            hashes=[each.hex() for each in inclusion_proof(position, size, hash_at)],
            root=root_at(size, hash_at).hex(),
        )

    def consistency(self, first: int, second: int | None) -> ConsistencyOut:
        """The proof that a later trail only added to an earlier one."""
        latest = self._latest()
        second = self._sealed(second, latest)
        if first > second:
            raise Missing(
                Said(
                    f"the trail of size {second} has no earlier size {first}",
                    f"jejak berukuran {second} tidak mempunyai ukuran {first} sebelumnya",
                )
            )
        hash_at = TileFolder(self.house.trail).hash_at(latest.size)
        return ConsistencyOut(
            origin=latest.origin,
            first=first,
            second=second,
            first_root=root_at(first, hash_at).hex(),
            second_root=root_at(second, hash_at).hex(),
            hashes=[each.hex() for each in consistency_proof(first, second, hash_at)],
        )

    def _stored(self, position: int) -> Entry:
        entry = self.house.store.entry(position)
        if entry is None:
            raise Missing(
                Said(f"nothing is recorded at position {position}", f"tidak ada yang tercatat pada posisi {position}")
            )
        return entry

    def _latest(self) -> Checkpoint:
        latest = self.house.sealer.latest()
        if latest is None:
            raise Missing(Said("nothing is sealed yet", "belum ada yang disegel"))
        return latest

    @staticmethod
    def _sealed(size: int | None, latest: Checkpoint) -> int:
        if size is None:
            return latest.size
        if size > latest.size:
            raise Missing(
                Said(
                    f"size {size} is not sealed yet: the latest checkpoint has size {latest.size}",
                    f"ukuran {size} belum disegel: titik periksa terakhir berukuran {latest.size}",
                )
            )
        return size
