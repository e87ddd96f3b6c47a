"""Receipts that prove themselves: a file from an entry to the signed root, asked for later or waited for at once."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest

from api.app import make_app
from api.beside import Beside
from ledger.trail.checkpoint import NoteInvalid, Verifier, open_note, parse_checkpoint
from ledger.trail.merkle import ProofInvalid, leaf_hash, verify_inclusion
from ledger.trail.proof import encode_proof, parse_proof
from tests.api import k4
from tests.api.conftest import Told
from tests.api.window import LOOPBACK, Town, Window, eventually


def verify(window: Window, file: bytes, digest: str) -> int:
    """Check a proof file with nothing but the key; returns the position that it proves."""
    proof = parse_proof(file)
    checkpoint = parse_checkpoint(open_note(proof.checkpoint, [Verifier.from_vkey(window.house.ledger.vkey)]))
    verify_inclusion(bytes.fromhex(digest), proof.index, checkpoint.size, proof.hashes, checkpoint.root)
    return proof.index


def test_a_proof_file_proves_its_entry_and_no_other(told: Told) -> None:
    """Read without a token: it shows hashes only, which are public."""
    window = told.town.window
    stored = list(told.house.store.entries(0, told.house.store.size()))
    for position, entry in enumerate(stored):
        answer = window.ask("GET", f"/v1/trail/proofs/{position}")
        assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
        assert verify(window, answer.content, leaf_hash(entry).hex()) == position
        with pytest.raises(ProofInvalid):
            verify(window, answer.content, leaf_hash(entry + b" ").hex())


def test_before_its_seal_a_receipt_is_a_claim_ticket_and_says_so(town: Town) -> None:
    """503 with Retry-After where waiting makes sense; 404 where nothing is recorded that one could wait for."""
    receipt = k4.send(town, k4.asked_as(town, "filing"), None).json()
    path = f"/v1/trail/proofs/{receipt['last']}"
    early = town.window.ask("GET", path)
    assert (early.status_code, early.headers["Retry-After"]) == (503, "1")
    assert "not sealed yet: what you hold is a claim ticket only" in early.json()["detail"]
    assert town.window.ask("GET", f"/v1/trail/proofs/{receipt['last'] + 1}").status_code == 404
    town.window.settle()
    file = town.window.ask("GET", path).content
    assert verify(town.window, file, receipt["entries"][-1]["leaf_digest"]) == receipt["last"]


@pytest.fixture
def at_work(town: Town) -> Iterator[Town]:
    """A town whose ledger seals by itself, as a server does."""
    window = town.window
    window.app = make_app(window.house, Beside(0.2))
    window.http = type(window.http)(window.app, client=(LOOPBACK, 50000))
    with window.http:
        yield town


def filing(town: Town, *prefer: str) -> tuple[float, dict[str, Any], dict[str, str]]:
    """File the chronicle's report with preferences; how long it took, the receipt, and the headers."""
    asked = k4.asked_as(town, "filing")
    town.now(asked.at)
    desk = town[asked.who]
    headers = [("Authorization", f"Bearer {desk.token}"), *(("Prefer", each) for each in prefer)]
    began = time.monotonic()
    answer = town.window.http.post(asked.path, json=asked.body, headers=headers)
    assert answer.status_code == 201, answer.text
    return time.monotonic() - began, answer.json(), dict(answer.headers)


@pytest.mark.parametrize(
    ("prefer", "applied"),
    [
        (["wait=10"], "wait=10"),
        (["wait=9999"], "wait=10"),
        (["respond-async, Wait = 10 ; foo=bar"], "wait=10"),
        (["return=minimal", 'wait="10"'], "wait=10"),
    ],
)
def test_who_prefers_to_wait_is_given_the_proof_with_the_receipt(
    at_work: Town, prefer: list[str], applied: str
) -> None:
    """As soon as it is sealed, however long they would have waited."""
    _, receipt, headers = filing(at_work, *prefer)
    assert headers["preference-applied"] == applied
    (entry,) = receipt["entries"]
    assert verify(at_work.window, receipt["proof"].encode(), entry["leaf_digest"]) == receipt["last"]


@pytest.mark.parametrize(
    "prefer", [[], ["return=minimal"], ["wait"], ["wait=-1"], ["wait=1.5"], ["wait=x"], ["await=3"]]
)
def test_who_does_not_say_how_long_does_not_wait(town: Town, prefer: list[str]) -> None:
    """What cannot be read as a preference is passed over; nothing seals here, so that waiting would show."""
    _, receipt, headers = filing(town, *prefer)
    assert "preference-applied" not in headers
    assert "proof" not in receipt


def test_waiting_in_vain_ends_with_a_claim_ticket(town: Town) -> None:
    """Nothing seals here: what was recorded stays recorded, and the receipt comes without the proof."""
    took, receipt, headers = filing(town, "wait=1")
    assert took >= 1
    assert headers["preference-applied"] == "wait=1"
    assert "proof" not in receipt
    assert town.window.house.store.size() == receipt["last"] + 1


def test_sealing_follows_what_is_recorded_by_itself(at_work: Town) -> None:
    """As often as the setting says, a fraction of a second; asked until it is so, on however slow a machine."""
    receipt = k4.send(at_work, k4.asked_as(at_work, "filing"), None).json()
    path = f"/v1/trail/proofs/{receipt['last']}"
    assert eventually(lambda: at_work.window.ask("GET", path).status_code == 200)


FILE = encode_proof(5, [bytes(32), b"\x01" * 32], b"text\n\n\xe2\x80\x94 a b\n")


def test_a_proof_file_is_read_back() -> None:
    """With and without what is beside the proof, which nobody may trust."""
    for extra in (None, b"", b"beside"):
        proof = parse_proof(encode_proof(5, [bytes(32)], b"text\n\n\xe2\x80\x94 a b\n", extra))
        assert (proof.index, proof.hashes, proof.extra) == (5, (bytes(32),), extra)
        assert proof.checkpoint == b"text\n\n\xe2\x80\x94 a b\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"@v1", b"@v2"),
        (b"index 5", b"index 05"),
        (b"index 5", b"index -5"),
        (b"index 5", b"index \xd9\xa5"),
        (b"index 5", b"index"),
        (b"index 5\n", b""),
        (b"index 5", b"index 5\nextra AA=="),
        (b"AQEB", b"AQE"),
        (b"AQE=", b"AQF="),
        (b"\n\n", b"\n"),
        (b"index 5\n", b"index 5\n" + b"A" * 42 + b"==\n"),
        (b"index 5\n", b"index 5\n" + (b"A" * 43 + b"=\n") * 62),
    ],
)
def test_a_proof_file_in_another_spelling_is_none(old: bytes, new: bytes) -> None:
    """Leading zeros, other digits, bits beyond the data, hashes of 31 bytes, or too many of them."""
    assert old in FILE
    with pytest.raises(NoteInvalid):
        parse_proof(FILE.replace(old, new))
