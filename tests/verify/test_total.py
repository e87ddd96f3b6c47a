"""Whatever a bundle holds ends in a report or a VerificationError, and whatever a key holds in these or in misuse."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.verify.bundles import (
    VERIFY,
    body,
    checkpoint_text,
    consistency,
    cosignature,
    evidence_file,
    files_of,
    home_body,
    leaf_hash,
    note,
    policy,
    receipt,
    replaced,
    sealed_note,
    signature,
    trail,
    tree_hash,
    vkey,
    with_body,
    write,
)

FILES = files_of(trail(3))
MORE = settings(deadline=None, max_examples=150)
EDGES = st.sampled_from([b"", b"\n", b"\n\n", b"\x00", b"\xff", "\u2014 ".encode(), b" ", b"9" * 40, *FILES.values()])
BYTES = st.one_of(st.binary(max_size=600), st.lists(st.one_of(EDGES, st.binary(max_size=40)), max_size=6).map(b"".join))
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=20),
    st.sampled_from(["ab" * 16, "ab" * 32, "2024-10-01", "2024-10-01T00:00:00Z", vkey(), "own"]),
)
NAMES = st.one_of(
    st.sampled_from(["act", "by", "fact", "nonce", "sealed", "office", "on", "at", "source", "role", "actor", "who"]),
    st.sampled_from(
        ["ledger", "origin", "vkey", "clock", "predecessor", "size", "root", "from_size", "retired_key_id"]
    ),
    st.text(max_size=5),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(NAMES, inner, max_size=5)),
    max_leaves=12,
)


def spelled(value: Any) -> bytes:
    """Canonical where that is possible; what cannot be spelled in UTF-8 is escaped."""
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


def settle(folder: Path | None, key: str, **asked: Any) -> None:
    """Nothing but the two answers, and an error that can be printed anywhere."""
    try:
        told = VERIFY.verify(folder, key, **asked).text()
    except VERIFY.VerificationError as error:
        told = f"{error.check} {error.expected} {error.found}"
    assert told.isascii()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all examples: each writes every file of the bundle again."""
    return tmp_path_factory.mktemp("bundle")


@MORE
@given(data=BYTES)
def test_any_bytes_may_stand_in_the_checkpoint(folder: Path, data: bytes) -> None:
    """A checkpoint is read before anything is known to be signed."""
    settle(write(folder, FILES | {"checkpoint": data}), vkey())


@MORE
@given(data=BYTES, size=st.integers(0, 2**70))
def test_any_bytes_may_be_rightly_signed(folder: Path, data: bytes, size: int) -> None:
    """The holder of the key is not trusted to write sense."""
    for text in (data + b"\n", checkpoint_text(size, data)):
        settle(write(folder, FILES | {"checkpoint": note(text, signature(text))}), vkey())


@MORE
@given(data=BYTES, name=st.sampled_from([name for name in FILES if name != "checkpoint"]))
def test_any_bytes_may_stand_in_a_tile(folder: Path, data: bytes, name: str) -> None:
    """Lengths inside an entry bundle are claims like any other."""
    settle(write(folder, FILES | {name: data}), vkey())


@MORE
@given(data=BYTES, place=st.integers(0, 2))
def test_any_bytes_may_be_sealed_as_an_entry(folder: Path, data: bytes, place: int) -> None:
    """With a true tree and a true signature above."""
    entries = list(trail(3))
    entries[place] = data
    settle(write(folder, files_of(entries)), vkey())


@MORE
@given(data=BYTES, name=st.sampled_from([b"position", b"stream", b"version", b"topic", b"at"]))
def test_any_bytes_may_be_sealed_as_a_header_value(folder: Path, data: bytes, name: bytes) -> None:
    """Also those that break the header apart."""
    entries = [*trail(2), replaced(trail(3)[2], name, data)]
    settle(write(folder, files_of(entries)), vkey())


@settings(deadline=None, max_examples=400)
@given(value=VALUES, member=st.sampled_from(["", "act", "by", "fact", "nonce"]), place=st.integers(0, 2))
def test_any_json_may_be_sealed_as_a_body_or_a_member_of_one(folder: Path, value: Any, member: str, place: int) -> None:
    """Of the genesis too, on which all else is built."""
    entries = list(trail(3))
    good = (home_body if place < 2 else body)(str(place), fact={})
    entries[place] = with_body(entries[place], spelled(good | {member: value} if member else value))
    settle(write(folder, files_of(entries)), vkey())


@MORE
@given(fact=st.dictionaries(NAMES, VALUES, max_size=6), topic=st.sampled_from(["opened", "key_rotated", "closed"]))
def test_any_fact_may_be_sealed_in_the_stream_of_the_ledger(folder: Path, fact: dict[str, Any], topic: str) -> None:
    """These are the facts that the verifier itself reads."""
    raw = with_body(replaced(trail(2)[0], b"topic", f"ledger.{topic}.v1".encode()), spelled(home_body("x", fact)))
    second = replaced(replaced(raw, b"position", b"1"), b"version", b"2")
    for entries in ([raw], [trail(1)[0], second]):
        settle(write(folder / str(len(entries)), files_of(entries)), vkey())


@MORE
@given(data=BYTES, name=st.text(max_size=12).filter(lambda name: "/" not in name and "\0" not in name))
def test_any_file_may_stand_in_the_folder(folder: Path, data: bytes, name: str) -> None:
    """Among the tiles it is an attack, beside them it is named."""
    beside = folder / "beside"
    extra = write(beside, FILES) / name
    try:
        extra.write_bytes(data)
    except (OSError, ValueError):  # the file system does not take every name
        return
    settle(beside, vkey())
    if extra.is_file():
        extra.unlink()


@MORE
@given(
    key=st.one_of(
        st.text(max_size=120),
        st.tuples(st.text(max_size=30), st.text("0123456789abcdefA", max_size=9), st.text("AQ+/=b4", max_size=50)).map(
            "+".join
        ),
        st.integers(0, len(vkey()) - 1).flatmap(
            lambda place: st.characters().map(lambda other: vkey()[:place] + other + vkey()[place + 1 :])
        ),
    )
)
def test_any_text_may_be_given_as_the_key(folder: Path, key: str) -> None:
    """Misuse is said in one sentence; a well-formed key of somebody else is a verdict."""
    write(folder / "key", FILES)
    try:
        settle(folder / "key", key)
    except ValueError as error:
        told = str(error)
    else:
        return
    assert told.startswith("the key must read NAME")


# What an auditor holds besides a bundle

NOTE, PROOF, RULE = sealed_note(trail(3)), receipt(trail(3), 2), policy("group g any w0 w1", "quorum g")
EVIDENCE = evidence_file(NOTE, NOTE)
FORKED = [leaf_hash(raw) for raw in trail(7, streams=2)]
FORK = evidence_file(
    sealed_note(trail(6)), sealed_note(trail(7, streams=2)), root=tree_hash(FORKED[:6]), proof=consistency(FORKED, 6)
)
OPENED = json.dumps({"values": [{"salt": "00" * 32, "payload": "{}"}]}).encode()
SEEDS = [NOTE, PROOF, EVIDENCE, FORK, OPENED, trail(3)[2], cosignature(b"x\n", 0), RULE]


@st.composite
def near(draw: st.DrawFn) -> bytes:
    """Something well formed, cut somewhere, with something else put in."""
    data = draw(st.sampled_from(SEEDS))
    start, end = sorted((draw(st.integers(0, len(data))), draw(st.integers(0, len(data)))))
    return data[:start] + draw(st.one_of(EDGES, st.binary(max_size=8), st.just(data[start:end]))) + data[end:]


ANY = st.one_of(BYTES, near())


@MORE
@given(data=ANY, other=ANY)
def test_any_bytes_may_be_handed_over_as_a_proof_and_an_entry(data: bytes, other: bytes) -> None:
    """With no bundle to hold them against."""
    for proof, raw in ((data, other), (PROOF, data), (data, trail(3)[2])):
        settle(None, vkey(), proof=[proof], entry=[raw], policy=RULE)
        settle(None, vkey(), proof=[proof], entry=[raw], opened=[other])


@MORE
@given(data=ANY)
def test_any_bytes_may_have_been_kept_of_a_trail(folder: Path, data: bytes) -> None:
    """Checkpoints, proofs and values come from many hands."""
    write(folder / "kept", FILES)
    for name in ("since", "proof", "opened"):
        settle(folder / "kept", vkey(), **{name: [data]})


@MORE
@given(value=VALUES, payload=VALUES)
def test_any_json_may_be_handed_over_as_opened_values(folder: Path, value: Any, payload: Any) -> None:
    """Of the right shape, and of none."""
    write(folder / "opened", FILES)
    given_over = {"salt": "ab" * 32, "payload": spelled(payload).decode()}
    for data in (value, {"values": value}, [given_over], given_over, {"values": [given_over, value]}):
        settle(folder / "opened", vkey(), opened=[spelled(data)])


@MORE
@given(data=ANY, length=st.integers(0, 2**40))
def test_any_bytes_may_be_handed_over_as_evidence(data: bytes, length: int) -> None:
    """An accusation is untrusted too."""
    for evidence in (data, EVIDENCE + data, b"netral-evidence/v1\ncheckpoint %d\n" % length + data):
        settle(None, vkey(), evidence=[evidence])
        settle(None, vkey(), evidence=[evidence], policy=RULE)


@MORE
@given(blob=st.binary(max_size=90), time=st.integers(0, 2**64 - 1))
def test_any_bytes_may_stand_in_a_line_by_a_witness(folder: Path, blob: bytes, time: int) -> None:
    """Of any length, at any time."""
    text = NOTE.partition(b"\n\n")[0] + b"\n"
    head, _, _ = cosignature(text, 0).rpartition(b" ")
    key_id = base64.b64decode(cosignature(text, 0).rpartition(b" ")[2])[:4]
    for end in (blob, time.to_bytes(8, "big") + blob, time.to_bytes(8, "big") + (blob + bytes(64))[:64]):
        line = head + b" " + base64.b64encode(key_id + end) + b"\n"
        settle(write(folder / "line", FILES | {"checkpoint": NOTE + line}), vkey(), policy=RULE)


@MORE
@given(data=ANY)
def test_any_bytes_may_be_given_as_the_policy(folder: Path, data: bytes) -> None:
    """The asker's own file, which may be broken: misuse, in one sentence, or a policy."""
    write(folder / "policy", FILES)
    for rule in (data, RULE + data, RULE.replace(b"any", data)):
        try:
            settle(folder / "policy", vkey(), policy=rule)
            told = "policy"
        except ValueError as error:
            told = str(error)
        assert "policy" in told or "the key must read" in told
