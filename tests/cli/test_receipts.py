"""Receipts for people: what may be told and nothing else, on 80 columns, with a proof that a machine can check."""

from __future__ import annotations

import base64

import pytest

from api.chronicles.register import Register
from api.receipts import WIDTH, receipt_text
from api.wiring import House
from ledger.catalogue import CATALOGUE
from ledger.errors import Missing
from ledger.trail.checkpoint import Verifier, open_note, parse_checkpoint
from ledger.trail.merkle import leaf_hash, verify_inclusion
from ledger.vault import unseal
from tests.in_file import in_file
from tests.scribes import Scribe, record_k4

SEALED_BEGINS = "c2sp.org/tlog-proof@v1"


def unfolded(text: str) -> list[str]:
    """The proof's lines as they were before they were folded, from a receipt as it is printed."""
    lines: list[str] = []
    _, _, proof = text.partition(f"{SEALED_BEGINS}\n")
    for line in proof.splitlines()[:-1]:
        if line.startswith("    "):
            lines[-1] += line[4:]
        else:
            lines.append(line)
    return lines


def sealed_values(house: House) -> set[str]:
    """Everything that the vault holds, opened."""
    with in_file(house.store) as connection:
        commitments = [each for (each,) in connection.execute("SELECT commitment FROM vault")]
    rows = [house.store.sealed_value(each) for each in commitments]
    return {unseal(house.keys, row).value for row in rows if row is not None}


def test_every_receipt_prints_on_80_columns(house: House, scribe: Scribe, offices: Register) -> None:
    """Of every entry of a whole chronicle, open and closed; with the sentence in both languages first."""
    record_k4(scribe, offices)
    house.sealer.seal()
    for position in range(house.store.size()):
        text = receipt_text(house, position)
        assert max(map(len, text.splitlines())) <= WIDTH, text
        assert f"posisi · position {position}\n" in text
        assert "\x1b" not in text


def test_a_receipt_says_what_when_by_whom_and_where(house: House, scribe: Scribe, offices: Register) -> None:
    """The act and its recording, the offices, the role, the place, the leaf digest."""
    case = record_k4(scribe, offices)
    (filed, *_) = house.store.history(case)
    (stored,) = house.store.entries(filed.position, filed.position + 1)
    text = receipt_text(house, filed.position)
    assert text.index("Laporan diterima (datang langsung)") < text.index("A report was received (in person)")
    for told in (
        "Bawaslu Kota Jambi",
        "2024-06-11 09:15:00 WIB (2024-06-11T02:15:00Z)",
        "2024-06-11 09:20:00 WIB (2024-06-11T02:20:00Z)",
        "penerima laporan · intake",
        case,
        "complaint.filed.v1",
        leaf_hash(stored).hex(),
        house.ledger.origin,
    ):
        assert told in text


def test_before_sealing_a_receipt_says_that_it_is_a_claim(house: House, scribe: Scribe, offices: Register) -> None:
    """Its digest is there; the proof is not."""
    case = record_k4(scribe, offices)
    text = receipt_text(house, house.store.history(case)[0].position)
    assert text.index("BELUM DISEGEL") < text.index("NOT SEALED YET")
    assert SEALED_BEGINS not in text


def test_a_sealed_receipt_carries_a_proof_that_holds(house: House, scribe: Scribe, offices: Register) -> None:
    """Read off the printed text: from the leaf digest to the root that the ledger's key signed."""
    record_k4(scribe, offices)
    house.sealer.seal()
    for position in range(house.store.size()):
        text = receipt_text(house, position)
        index, *rest = unfolded(text)
        blank = rest.index("")
        checkpoint = parse_checkpoint(
            open_note(
                "".join(f"{line}\n" for line in rest[blank + 1 :]).encode(), [Verifier.from_vkey(house.ledger.vkey)]
            )
        )
        digest = text.partition("leaf digest\n")[2].split()[0]
        assert index == f"index {position}"
        hashes = [base64.b64decode(line) for line in rest[:blank]]
        verify_inclusion(bytes.fromhex(digest), position, checkpoint.size, hashes, checkpoint.root)


def test_attack_a_receipt_tells_nothing_that_is_sealed(house: House, scribe: Scribe, offices: Register) -> None:
    """Whoever asks for it may be anybody: no name, no narrative, no number of a letter."""
    record_k4(scribe, offices)
    texts = "".join(receipt_text(house, position) for position in range(house.store.size()))
    said = {line for value in sealed_values(house) for line in value.splitlines()}
    assert len(said) > 10
    assert {value for value in said if value in texts} == set()


def test_attack_a_closed_entry_tells_its_envelope_only(house: House, scribe: Scribe, offices: Register) -> None:
    """Who was called to a hearing, or voted, is for auditors."""
    case = record_k4(scribe, offices)
    closed = [each for each in house.store.history(case) if not CATALOGUE[each.topic].open]
    assert len(closed) > 2
    for each in closed:
        text = receipt_text(house, each.position)
        assert "isinya hanya diperlihatkan kepada auditor" in text
        assert "isi · contents" not in text
        assert "r1" not in text


def test_a_receipt_of_nothing_is_missing(house: House) -> None:
    """No such entry, no receipt."""
    with pytest.raises(Missing, match="position 1"):
        receipt_text(house, 1)
