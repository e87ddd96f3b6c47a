"""The trail over HTTP: a client that trusts nothing but the key checks what it is given."""

from __future__ import annotations

import pytest

from ledger.codec import FACTS
from ledger.trail.checkpoint import Checkpoint, Verifier, open_note, parse_checkpoint
from ledger.trail.merkle import ProofInvalid, leaf_hash, verify_consistency, verify_inclusion
from tests.api import k4
from tests.api.conftest import Told
from tests.api.window import Town, Window

SIZE = 26
"""Genesis, four offices and elections, and K4's seventeen facts."""


def sealed(window: Window) -> Checkpoint:
    """The checkpoint as it is served, its signature verified with the key that an auditor holds."""
    note = window.ask("GET", "/v1/trail/checkpoint")
    assert note.headers["Content-Type"] == "text/plain; charset=utf-8"
    return parse_checkpoint(open_note(note.content, [Verifier.from_vkey(window.house.ledger.vkey)]))


def hashes(proof: dict[str, list[str]]) -> list[bytes]:
    return [bytes.fromhex(each) for each in proof["hashes"]]


def test_the_checkpoint_is_the_ledgers_own_signed_note(told: Told) -> None:
    """Anybody may fetch it, without a token, as other makers' tools do."""
    checkpoint = sealed(told.town.window)
    assert (checkpoint.origin, checkpoint.size) == (told.house.ledger.origin, SIZE)


def test_entries_are_served_as_they_are_stored_and_hash_to_their_receipts(town: Town) -> None:
    """The bytes under the leaf are the bytes over the wire; the receipt's digest is theirs."""
    filed = k4.send(town, k4.asked_as(town, "filing"), None).json()
    (entry,) = filed["entries"]
    served = town["auditor"].get(f"/v1/trail/entries/{entry['position']}")
    assert served.headers["Content-Type"] == "application/octet-stream"
    assert served.content == next(iter(town.window.house.store.entries(entry["position"], entry["position"] + 1)))
    assert leaf_hash(served.content).hex() == entry["leaf_digest"]


@pytest.mark.parametrize("position", range(SIZE))
def test_every_entry_is_proven_to_stand_under_the_checkpoint(told: Told, position: int) -> None:
    """Bytes, proof and signed root fit together, and only at this position."""
    checkpoint = sealed(told.town.window)
    entry = told["auditor"].get(f"/v1/trail/entries/{position}").content
    proof = told.town.window.ask("GET", "/v1/trail/proofs/inclusion", params={"position": position}).json()
    assert (proof["origin"], proof["position"], proof["size"]) == (checkpoint.origin, position, checkpoint.size)
    assert (proof["leaf_digest"], proof["root"]) == (leaf_hash(entry).hex(), checkpoint.root.hex())
    verify_inclusion(leaf_hash(entry), position, checkpoint.size, hashes(proof), checkpoint.root)
    with pytest.raises(ProofInvalid):
        verify_inclusion(leaf_hash(entry), (position + 1) % SIZE, checkpoint.size, hashes(proof), checkpoint.root)


@pytest.mark.parametrize("first", [1, 2, 5, 8, 16, 25, 26])
def test_the_trail_is_proven_to_continue_every_earlier_one(told: Told, first: int) -> None:
    """From the root that a client kept to the root that is signed now."""
    checkpoint = sealed(told.town.window)
    proof = told.town.window.ask("GET", "/v1/trail/proofs/consistency", params={"first": first}).json()
    assert (proof["first"], proof["second"], proof["second_root"]) == (first, SIZE, checkpoint.root.hex())
    verify_consistency(first, SIZE, bytes.fromhex(proof["first_root"]), checkpoint.root, hashes(proof))


def test_a_checkpoint_that_a_client_kept_is_the_beginning_of_a_later_one(town: Town) -> None:
    """The first root is the one that was signed then, not one that is computed for the asker today."""
    kept = sealed(town.window)
    k4.play(town, after="allegation")
    now = sealed(town.window)
    proof = town.window.ask(
        "GET", "/v1/trail/proofs/consistency", params={"first": kept.size, "second": now.size}
    ).json()
    assert (kept.size, now.size) == (1, 12)
    assert proof["first_root"] == kept.root.hex()
    verify_consistency(kept.size, now.size, kept.root, now.root, hashes(proof))


def test_a_proof_may_be_asked_for_an_earlier_size(told: Told) -> None:
    """A client that holds an older checkpoint checks an entry under that one."""
    ask = told.town.window.ask
    older = ask("GET", "/v1/trail/proofs/consistency", params={"first": 9}).json()["first_root"]
    proof = ask("GET", "/v1/trail/proofs/inclusion", params={"position": 4, "size": 9}).json()
    assert (proof["size"], proof["root"]) == (9, older)
    verify_inclusion(bytes.fromhex(proof["leaf_digest"]), 4, 9, hashes(proof), bytes.fromhex(older))


def test_a_proof_of_what_is_not_sealed_yet_is_not_given(town: Town) -> None:
    """A receipt is a claim ticket at once, and provable once sealed."""
    receipt = k4.send(town, k4.asked_as(town, "filing"), None).json()
    asked = {"position": receipt["last"]}
    assert town.window.ask("GET", "/v1/trail/proofs/inclusion", params=asked).status_code == 404
    town.window.settle()
    assert town.window.ask("GET", "/v1/trail/proofs/inclusion", params=asked).status_code == 200


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"/v1/trail/entries/{SIZE}", 404),
        ("/v1/trail/entries/-1", 422),
        ("/v1/trail/entries/9007199254740991", 404),
        ("/v1/trail/entries/9007199254740992", 422),
        (f"/v1/trail/proofs/inclusion?position={SIZE}", 404),
        ("/v1/trail/proofs/inclusion?position=9&size=9", 404),
        (f"/v1/trail/proofs/inclusion?position=0&size={SIZE + 1}", 404),
        ("/v1/trail/proofs/inclusion?position=0&size=0", 422),
        ("/v1/trail/proofs/inclusion", 422),
        ("/v1/trail/proofs/consistency?first=0", 422),
        ("/v1/trail/proofs/consistency?first=9&second=8", 404),
        (f"/v1/trail/proofs/consistency?first=1&second={SIZE + 1}", 404),
        (f"/v1/trail/proofs/consistency?first={SIZE + 1}", 404),
    ],
)
def test_beyond_the_trail_there_is_nothing(told: Told, path: str, status: int) -> None:
    """Each edge is one problem, never a proof of something else."""
    assert told.town.window.ask("GET", path).status_code == status


def topics(told: Told) -> dict[int, str]:
    return {each.position: each.topic for each in told.house.store.read_from(0)}


def test_attack_a_closed_entry_is_shown_to_auditors_alone(told: Told) -> None:
    """Open ones to everybody, without a token; closed ones not even to the office that recorded them."""
    for position, topic in topics(told).items():
        path = f"/v1/trail/entries/{position}"
        is_open = FACTS[topic].OPEN  # type: ignore[attr-defined]
        expected = 200 if is_open else 403
        assert told.town.window.ask("GET", path).status_code == expected, topic
        assert told["examiner"].get(path).status_code == expected, topic
        assert told["auditor"].get(path).status_code == 200, topic


def test_the_closed_entries_of_k4_are_those_that_are_about_persons(told: Told) -> None:
    """So that the test above cannot pass with nothing closed."""
    closed = {topic for topic in topics(told).values() if not FACTS[topic].OPEN}  # type: ignore[attr-defined]
    assert closed == {
        "complaint.respondent_named.v1",
        "complaint.hearing_called.v1",
        "complaint.hearing_held.v1",
        "complaint.plenary_held.v1",
    }


def test_a_refusal_of_a_closed_entry_gives_nothing_of_it_away(told: Told) -> None:
    """Its topic, which is public by its mark, and no byte of its body."""
    position = next(place for place, topic in topics(told).items() if topic == "complaint.plenary_held.v1")
    body = told["auditor"].get(f"/v1/trail/entries/{position}").content.partition(b"\n\n")[2].decode()
    refused = told["examiner"].get(f"/v1/trail/entries/{position}").text
    assert not [part for part in body.split('"') if len(part) > 12 and part in refused]


def test_attack_a_bad_token_does_not_pass_for_none(told: Told) -> None:
    """Who says who they are and cannot prove it is told so, also where nobody needs to say."""
    assert told.town.window.ask("GET", "/v1/trail/entries/0", token="made.up.token").status_code == 401
