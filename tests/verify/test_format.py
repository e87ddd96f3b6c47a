"""FORMAT.md must suffice to write another verifier: its worked example is recomputed here, byte by byte."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.verify.bundles import FOLDER, VERIFY, accept, framed, write

TEXT = (FOLDER / "FORMAT.md").read_text("utf-8")
BLOCKS: dict[str, str] = dict(re.findall(r"^```text ([a-z0-9-]+)\n(.*?)\n```$", TEXT, re.DOTALL | re.MULTILINE))
VALUES = {
    name: value.split()[0]
    for block in ("key", "commitments", "hashes", "signature")
    for name, value in (line.split(" ", 1) for line in BLOCKS[block].splitlines())
}
ENTRIES = [BLOCKS["entry-0"].encode(), BLOCKS["entry-1"].encode()]
CHECKPOINT = BLOCKS["checkpoint"].encode() + b"\n"
KEY = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(VALUES["seed"]))


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def test_the_printed_key_follows_from_the_printed_seed() -> None:
    """The public key of the seed, the id of name and key, the text of both."""
    public = bytes.fromhex(VALUES["public-key"])
    name = VALUES["vkey"].split("+")[0]
    assert KEY.public_key().public_bytes_raw() == public
    assert sha(name.encode() + b"\n\x01" + public)[:8] == VALUES["key-id"]
    assert VALUES["vkey"] == f"{name}+{VALUES['key-id']}+" + base64.b64encode(b"\x01" + public).decode()


@pytest.mark.parametrize("place", [0, 1])
def test_the_printed_lengths_and_leaves_follow_from_the_printed_entries(place: int) -> None:
    """Sixteen bits of length, and SHA-256 over 00 and the entry."""
    assert len(ENTRIES[place]).to_bytes(2, "big").hex() == VALUES[f"length-{place}"]
    assert sha(b"\x00" + ENTRIES[place]) == VALUES[f"leaf-{place}"]


def test_the_printed_root_joins_the_printed_leaves() -> None:
    """SHA-256 over 01 and both."""
    assert sha(b"\x01" + bytes.fromhex(VALUES["leaf-0"]) + bytes.fromhex(VALUES["leaf-1"])) == VALUES["root"]


def test_the_printed_checkpoint_says_the_printed_root_and_bears_the_printed_signature() -> None:
    """Three lines, signed as they stand; key id and signature in the line below."""
    text, _, line = CHECKPOINT.partition(b"\n\n")
    origin, size, root = text.decode().split("\n")
    assert (origin, size, base64.b64decode(root).hex()) == (VALUES["vkey"].split("+")[0], "2", VALUES["root"])
    assert KEY.sign(text + b"\n").hex() == VALUES["signature"]
    assert (
        line.decode()
        == f"\u2014 {origin} " + base64.b64encode(bytes.fromhex(VALUES["key-id"] + VALUES["signature"])).decode() + "\n"
    )


@pytest.mark.parametrize("name", ["narrative", "who"])
def test_the_printed_commitments_follow_from_the_printed_salts_and_payloads(name: str) -> None:
    """And each stands in entry 1 at the member that its kind names."""
    payload = json.loads(BLOCKS[f"payload-{name}"])
    content = json.loads(ENTRIES[1].partition(b"\n\n")[2])
    salt = bytes.fromhex(VALUES[f"salt-{name}"])
    commitment = sha(b"netral-sealed/v1\n" + salt + BLOCKS[f"payload-{name}"].encode())
    assert commitment == VALUES[f"commitment-{name}"]
    assert (content["by"]["who"] if name == "who" else content["fact"][name]) == {"sealed": commitment}
    assert payload["kind"] == "complaint.filed." + ("by.who" if name == "who" else name)
    assert f"stream {payload['stream']}\n".encode() in ENTRIES[1]


def test_the_printed_bundle_verifies(tmp_path: Path) -> None:
    """The example is not only consistent with itself: the verifier accepts it."""
    leaves = bytes.fromhex(VALUES["leaf-0"] + VALUES["leaf-1"])
    files = {"checkpoint": CHECKPOINT, "tile/entries/000.p/2": framed(ENTRIES), "tile/0/000.p/2": leaves}
    report = accept(write(tmp_path, files), VALUES["vkey"])
    assert (report.size, report.root, report.sealed) == (2, VALUES["root"], 2)


def test_the_checks_are_told_in_the_order_and_by_the_names_of_the_verifier() -> None:
    """One list, in the text and in the output: twelve of a bundle, six of what else was asked."""
    told = re.findall(r"^\| ([0-9]+) \| `([a-z]+)` \|", TEXT, re.MULTILINE)
    assert told == [(str(number), name) for number, name in enumerate(VERIFY.NAMES, 1)]
    assert told[:12] == re.findall(r"^ ?([0-9]+) ([a-z]+):", VERIFY.STEPS, re.MULTILINE)
    assert len(told) == 18


@pytest.mark.parametrize("name", ["stream", "office", "role", "actor"])
def test_the_grammars_are_told_as_the_verifier_reads_them(name: str) -> None:
    """A text that drifts from the tool would make two verifiers that disagree."""
    assert f"`{VERIFY.RULES[name]}`" in TEXT.replace("\\|", "|")
