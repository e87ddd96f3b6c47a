"""The published trail as files (C2SP tlog-tiles): hash tiles for everybody, bundles of entries for auditors.

The same bytes lie in the trail's folder, where any file server could serve them. Only what the published checkpoint
implies is served; a partial tile that went when the full one came is cut from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from api.wiring import House
from ledger.errors import Denied, Missing
from ledger.speech import Said
from ledger.trail.checkpoint import Checkpoint, parse_checkpoint, split_note
from ledger.trail.export import content
from ledger.trail.tiles import Tile, TileFolder, is_implied, parse_path
from ledger.values import Actor, Role

FOR_AUDITORS: Final = Said(
    "bundles hold closed entries too: they are shown to auditors",
    "berkas entri memuat catatan tertutup juga: hanya diperlihatkan kepada auditor",
)


@dataclass(frozen=True, slots=True)
class Tiles:
    """Reads the files of one ledger's published trail."""

    house: House

    def checkpoint(self) -> bytes:
        """The latest published checkpoint, as signed and cosigned."""
        try:
            return (self.house.trail / "checkpoint").read_bytes()
        except FileNotFoundError:
            raise Missing(Said("nothing is published yet", "belum ada yang diterbitkan")) from None

    def published(self) -> Checkpoint:
        """The same, read; its signatures are for the asker to verify."""
        return parse_checkpoint(split_note(self.checkpoint())[0])

    def hashes(self, name: str) -> bytes:
        """A hash tile, by its name below the trail's folder."""
        tile = self._implied(name)
        if tile.level is None:
            raise Denied(FOR_AUDITORS)
        return content(TileFolder(self.house.trail), tile)

    def bundle(self, name: str, actor: Actor) -> bytes:
        """A bundle of entries, closed ones among them."""
        if actor.role is not Role.AUDITOR:
            raise Denied(FOR_AUDITORS)
        return content(TileFolder(self.house.trail), self._implied(name))

    def _implied(self, name: str) -> Tile:
        tile = parse_path(name)
        if tile is None or not is_implied(tile, self.published().size):
            raise Missing(
                Said("the published checkpoint implies no such file", "titik periksa terbitan tidak memuat berkas itu")
            )
        return tile
