"""A receipt for people: what was recorded, when, by whom, and how to prove it, as plain text of 80 columns.

Indonesian first, English second. Public members only: what is sealed is named by its commitment, and of a closed topic
nothing is told but the envelope. A pure function of the entry and its proof makes the text.
"""

from __future__ import annotations

import base64
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from api.proving import Prover
from api.telling import told
from api.wiring import House
from api.words import word
from ledger.catalogue import CATALOGUE
from ledger.codec import Recorded, decode
from ledger.errors import Missing
from ledger.office.state import KnownOffice
from ledger.shape import instant_text, shape_of
from ledger.speech import Said
from ledger.trail.checkpoint import parse_checkpoint, split_note
from ledger.trail.merkle import leaf_hash
from ledger.values import Act, Source, StreamId, Zone

WIDTH: Final = 80
LABELS: Final = 26
INDENT: Final = "    "
RULE: Final = "=" * WIDTH

SOURCES: Final = {
    Source.OWN: Said("its own record", "catatannya sendiri"),
    Source.LETTER: Said("from its letter", "dari suratnya"),
    Source.PUBLISHED: Said("as published", "dari pengumuman"),
}
ROLES: Final = {
    "intake": Said("intake", "penerima laporan"),
    "examiner": Said("examiner", "pemeriksa"),
    "plenary": Said("plenary", "pleno"),
    "holder": Said("holder", "penangan"),
    "supervisor": Said("supervisor", "pengawas"),
    "registry": Said("registry", "petugas register"),
    "operator": Said("operator", "operator"),
    "auditor": Said("auditor", "auditor"),
    "protection_officer": Said("data protection officer", "petugas pelindungan data"),
}
LEDGER: Final = Said("this ledger itself", "buku besar ini sendiri")
SEALED: Final = Said("sealed", "tertutup")
CLOSED: Final = Said(
    "A closed entry: its contents are shown to auditors only.",
    "Entri tertutup: isinya hanya diperlihatkan kepada auditor.",
)
UNSEALED: Final = Said(
    "NOT SEALED YET. Keep this receipt: it names the leaf digest at once, and the ledger must show this very entry "
    "under its next checkpoint. Ask for the receipt again in a minute; it then carries the proof.",
    "BELUM DISEGEL. Simpan tanda terima ini: sidik daun sudah disebut, dan buku besar wajib menunjukkan entri ini juga "
    "di bawah segel berikutnya. Mintalah lagi sebentar kemudian; buktinya akan disertakan.",
)
PROVED: Final = Said(
    "SEALED. The leaf digest above stands in the trail of {size} entries; the proof below (c2sp.org/tlog-proof@v1) "
    "leads from it to the root of the signed checkpoint. An indented line continues the one above it. "
    "Check the key by another way than this paper.",
    "DISEGEL. Sidik daun di atas termuat dalam jejak {size} entri; bukti di bawah (c2sp.org/tlog-proof@v1) menuntun "
    "dari sidik itu ke akar pada segel yang ditandatangani. Baris menjorok menyambung baris di atasnya. Periksalah "
    "kuncinya lewat jalan lain daripada kertas ini.",
)


@dataclass(frozen=True, slots=True)
class Proof:
    """That an entry stands in the sealed trail: the hashes from the leaf upward, and the signed checkpoint."""

    size: int
    hashes: tuple[bytes, ...]
    checkpoint: bytes

    def lines(self, position: int) -> Iterator[str]:
        """As an auditor's tools read it, a line at a time (C2SP tlog-proof)."""
        yield "c2sp.org/tlog-proof@v1"
        yield f"index {position}"
        yield from (base64.b64encode(each).decode() for each in self.hashes)
        yield ""
        yield from self.checkpoint.decode().splitlines()


@dataclass(frozen=True, slots=True)
class Receipted:
    """What a receipt is made from: the entry, the offices that it names, and its proof once it is sealed."""

    origin: str
    recorded: Recorded
    leaf_digest: str
    acting: KnownOffice | None
    """None where the ledger itself acts."""
    recording: KnownOffice | None
    proof: Proof | None


def receipt_text(house: House, position: int) -> str:
    """The receipt of one entry; Missing when nothing is recorded there."""
    entry = house.store.entry(position)
    if entry is None:
        raise Missing(
            Said(f"nothing is recorded at position {position}", f"tidak ada yang dicatat di posisi {position}")
        )
    recorded = decode(entry)
    (stored,) = house.store.entries(position, position + 1)
    return text_of(
        Receipted(
            origin=house.ledger.origin,
            recorded=recorded,
            leaf_digest=leaf_hash(stored).hex(),
            acting=_office(house, recorded.act.office),
            recording=_office(house, recorded.by.office),
            proof=_proof(house, position),
        )
    )


def text_of(receipted: Receipted) -> str:
    """The text; no line of it is longer than 80 columns."""
    recorded = receipted.recorded
    zone = receipted.acting.zone if receipted.acting else Zone.WIB
    lines = [
        RULE,
        f"{'TANDA TERIMA · RECEIPT':<40}{f'posisi · position {recorded.position}':>40}",
        receipted.origin,
        RULE,
        "",
        *_what(recorded),
        "",
        *_row("tindakan · act", _act(recorded.act, zone)),
        *_row("oleh · by", _named(receipted.acting)),
        *_row("sumber · source", _both(SOURCES[recorded.act.source])),
        *_row("dicatat · recorded", _instant(recorded.at, zone)),
        *_row("oleh · by", _named(receipted.recording)),
        *_row("sebagai · as", _both(ROLES[recorded.by.role.value])),
        "",
        *_row("berkas · stream", recorded.stream),
        *_row("versi · version", str(recorded.version)),
        *_row("topik · topic", recorded.topic),
        *_row("sidik daun · leaf digest", ""),
        f"{INDENT}{receipted.leaf_digest}",
        "",
        *_sealed(recorded.position, receipted.proof),
        RULE,
    ]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _what(recorded: Recorded) -> Iterator[str]:
    """The sentence of an open topic and its members; of a closed one, that it is closed."""
    row = CATALOGUE[recorded.topic]
    if not row.open:
        yield from _paragraphs(CLOSED)
        return
    members = shape_of(row.fact).encode(recorded.fact, "fact")
    yield from _paragraphs(told(recorded.topic, members))
    yield ""
    yield "isi · contents"
    for path, value in _members(members, ""):
        yield from _row(f"  {path}", value)


def _members(held: Any, path: str) -> Iterator[tuple[str, str]]:
    """Every member with its path; a sealed one by its commitment."""
    if isinstance(held, dict) and held.keys() == {"sealed"}:
        yield path, f"{_both(SEALED)}\n{INDENT}{held['sealed']}"
    elif isinstance(held, dict):
        for name in sorted(held):
            yield from _members(held[name], f"{path}.{name}" if path else name)
    elif isinstance(held, list) and any(isinstance(each, dict) for each in held):
        for index, each in enumerate(held):
            yield from _members(each, f"{path}[{index}]")
    else:
        each_held = held if isinstance(held, list) else [held]
        yield path, ", ".join(_value(each) for each in each_held)


def _value(held: Any) -> str:
    if isinstance(held, bool):
        return "ya · yes" if held else "tidak · no"
    said = word(held) if isinstance(held, str) else None
    return str(held) if said is None or said.en == held == said.id else _both(said)


def _sealed(position: int, proof: Proof | None) -> Iterator[str]:
    if proof is None:
        yield from _paragraphs(UNSEALED)
        return
    yield from _paragraphs(Said(PROVED.en.format(size=proof.size), PROVED.id.format(size=proof.size)))
    yield ""
    for line in proof.lines(position):
        yield line[:WIDTH]
        rest = line[WIDTH:]
        width = WIDTH - len(INDENT)
        yield from (INDENT + rest[start : start + width] for start in range(0, len(rest), width))


def _row(label: str, value: str) -> Iterator[str]:
    """A label and what it names, in two columns; what is too long goes below, indented."""
    first, *below = value.split("\n")
    whole = f"{label:<{LABELS}}{first}"
    if len(label) < LABELS and len(whole) <= WIDTH:
        yield whole
    else:
        yield label
        yield from _wrapped(first, INDENT)
    yield from below


def _paragraphs(said: Said) -> Iterator[str]:
    yield from _wrapped(said.id, "")
    yield from _wrapped(said.en, "")


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=indent)


def _both(said: Said) -> str:
    return said.id if said.id == said.en else f"{said.id} · {said.en}"


def _named(office: KnownOffice | None) -> str:
    return _both(LEDGER) if office is None else office.name


def _act(act: Act, zone: Zone) -> str:
    if act.at is not None:
        return _instant(act.at, zone)
    return str(act.on)


def _instant(instant: Any, zone: Zone) -> str:
    return f"{instant.astimezone(zone.offset):%Y-%m-%d %H:%M:%S} {zone.value.upper()} ({instant_text(instant)})"


def _office(house: House, stream: StreamId) -> KnownOffice | None:
    state = house.registrar.load(stream).state
    return state if isinstance(state, KnownOffice) else None


def _proof(house: House, position: int) -> Proof | None:
    """The proof under the published checkpoint; None while that does not reach the entry."""
    prover = Prover(house)
    note = prover.checkpoint()
    size = parse_checkpoint(split_note(note)[0]).size
    if position >= size:
        return None
    hashes = prover.inclusion(position, size).hashes
    return Proof(size, tuple(bytes.fromhex(each) for each in hashes), note)
