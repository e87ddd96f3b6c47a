"""Small bundles made apart from the ledger: raw bytes, hashing by the recursive definition, signatures of their own.

Nothing here may share code with what it tests: a mistake made twice would pass. verify.py is loaded by its path, as
the one file that it is.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import importlib.util
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

FOLDER = Path(__file__).resolve().parents[2] / "ledger" / "verify"


def load(path: Path = FOLDER / "verify.py") -> Any:
    """Load verify.py by its path: it must stand alone, in whatever folder it lies."""
    spec = importlib.util.spec_from_file_location("netral_verify_alone", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


VERIFY = load()
LEDGER = "5f" * 8 + "a0" * 8
HOME = f"ledger-{LEDGER}"
ORIGIN = f"demo.invalid/{LEDGER[:16]}"
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
NEXT_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
THIRD_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(2, 34)))
OFFICE = "office-" + "0f" * 16
OPENED, CORRECTED, ROTATED = "ledger.opened.v1", "ledger.clock_corrected.v1", "ledger.key_rotated.v1"

Body = dict[str, Any]


def sha(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def digest(text: str) -> str:
    """64 hex digits that differ with the text: commitments, nonces and stream ids of the tests come from here."""
    return hashlib.sha256(text.encode()).hexdigest()


def canonical(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


PUBLISHED = [
    ("", "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
    ("00", "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"),
    ("10", "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"),
    ("2021", "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"),
    ("3031", "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4"),
    ("40414243", "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef"),
    ("5051525354555657", "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"),
    ("606162636465666768696a6b6c6d6e6f", "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"),
]
"""Published leaf inputs, in hex, each with the root of the tree that it completes."""


# Keys and notes


def public(key: Ed25519PrivateKey) -> bytes:
    return key.public_key().public_bytes_raw()


def key_id(key: Ed25519PrivateKey, name: str = ORIGIN) -> bytes:
    return sha(name.encode() + b"\n\x01" + public(key))[:4]


def vkey(key: Ed25519PrivateKey = KEY, name: str = ORIGIN) -> str:
    typed = base64.b64encode(b"\x01" + public(key)).decode()
    return f"{name}+{key_id(key, name).hex()}+{typed}"


def signature(text: bytes, key: Ed25519PrivateKey = KEY, name: str = ORIGIN) -> bytes:
    """One signature line: U+2014, the name, base64 of the key id and the signature over the text."""
    return f"\u2014 {name} ".encode() + base64.b64encode(key_id(key, name) + key.sign(text)) + b"\n"


def checkpoint_text(size: int, root: bytes, origin: str = ORIGIN) -> bytes:
    return f"{origin}\n{size}\n{base64.b64encode(root).decode()}\n".encode()


def note(text: bytes, *lines: bytes) -> bytes:
    """A signed note: the text, an empty line, the given lines, or the operator's if none are given."""
    return text + b"\n" + b"".join(lines or (signature(text),))


# Entries


def body(seed: str, **changes: Any) -> Body:
    """The members of a body about a complaint; a change replaces a member, None removes it."""
    office = {"office": OFFICE, "role": "intake", "actor": "a1"}
    act = {"office": OFFICE, "on": "2024-10-01", "source": "own"}
    value: Body = {"act": act, "by": office, "fact": {}, "nonce": digest(f"nonce {seed}")[:32]} | changes
    return {member: content for member, content in value.items() if content is not None}


def home_body(seed: str, fact: Body, role: str = "operator", **changes: Any) -> Body:
    """The members of a body in which the ledger speaks of itself, of an office or of an election."""
    act = {"office": HOME, "on": "2024-10-01", "source": "own"}
    return body(seed, act=act, by={"office": HOME, "role": role, "actor": "a1"}, fact=fact) | changes


def genesis_fact(**changes: Any) -> Body:
    value: Body = {"ledger": LEDGER, "origin": ORIGIN, "vkey": vkey(), "clock": "simulated"} | changes
    return {member: content for member, content in value.items() if content is not None}


def entry(position: int, stream: str, version: int, topic: str, at: str, content: Body | bytes) -> bytes:
    """The bytes of one entry; a body given as bytes is taken as it is."""
    head = f"netral-entry/v1\nposition {position}\nstream {stream}\nversion {version}\ntopic {topic}\nat {at}\n\n"
    return head.encode() + (content if isinstance(content, bytes) else canonical(content))


def genesis(**changes: Any) -> bytes:
    return entry(0, HOME, 1, OPENED, "2024-10-01T01:00:00Z", home_body("genesis", genesis_fact(**changes)))


def complaint(number: int) -> str:
    return f"complaint-{digest(f'complaint {number}')[:32]}"


def instant(position: int) -> str:
    return f"2024-10-{2 + position // 86400:02}T{position // 3600 % 24:02}:{position // 60 % 60:02}:{position % 60:02}Z"


@functools.cache
def trail(size: int, streams: int = 3) -> tuple[bytes, ...]:
    """A good trail: the genesis, an office, then complaints that take turns, every second one with sealed values."""
    entries = [genesis()]
    if size > 1:
        fact = {"kind": "bawaslu_city", "region": "15.71", "from": "2024-01-01", "name": "Bawaslu Kota Jambi"}
        entries.append(entry(1, OFFICE, 1, "office.established.v1", instant(1), home_body("office", fact, "registry")))
    for position in range(2, size):
        turn, version = (position - 2) % streams, (position - 2) // streams + 1
        content = body(str(position), fact={"channel": "online", "known_on": "2024-09-30", "region": "15.71"})
        if position % 2:
            content["fact"]["narrative"] = {"sealed": digest(f"narrative {position}")}
            content["by"]["who"] = {"sealed": digest(f"who {position}")}
        topic = "complaint.filed.v1" if version == 1 else "complaint.traced.v1"
        entries.append(entry(position, complaint(turn), version, topic, instant(position), content))
    return tuple(entries)


def renumbered(entries: Sequence[bytes]) -> list[bytes]:
    """The same entries with positions written anew from 0: what an attacker does first."""
    return [replaced(raw, b"position", str(place).encode()) for place, raw in enumerate(entries)]


def replaced(raw: bytes, name: bytes, value: bytes) -> bytes:
    """The entry with another value in one header line."""
    head, separator, rest = raw.partition(b"\n\n")
    lines = [name + b" " + value if line.startswith(name + b" ") else line for line in head.split(b"\n")]
    return b"\n".join(lines) + separator + rest


def with_body(raw: bytes, content: Body | bytes) -> bytes:
    """The entry with another body."""
    return raw.partition(b"\n\n")[0] + b"\n\n" + (content if isinstance(content, bytes) else canonical(content))


# Trees and tiles


def leaf_hash(data: bytes) -> bytes:
    return sha(b"\x00" + data)


def tree_hash(leaves: Sequence[bytes]) -> bytes:
    """The Merkle tree hash by its recursive definition, of leaf hashes (RFC 6962 section 2.1)."""
    if len(leaves) < 2:
        return leaves[0] if leaves else sha(b"")
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return sha(b"\x01" + tree_hash(leaves[:split]) + tree_hash(leaves[split:]))


def tile_path(kind: str, index: int, width: int) -> str:
    """Name a tile by the words of the specification: three digits a group, x before all but the last."""
    digits = str(index)
    digits = "0" * (-len(digits) % 3) + digits
    groups = [digits[start : start + 3] for start in range(0, len(digits), 3)]
    name = "/".join(["tile", kind, *(f"x{group}" for group in groups[:-1]), groups[-1]])
    return name if width == 256 else f"{name}.p/{width}"


def framed(entries: Sequence[bytes]) -> bytes:
    return b"".join(len(raw).to_bytes(2, "big") + raw for raw in entries)


def tiles(leaves: Sequence[bytes]) -> dict[str, bytes]:
    """Every hash tile that a tree of these leaf hashes implies."""
    files, level = {}, 0
    while count := len(leaves) >> 8 * level:
        span = 256**level
        hashes = [tree_hash(leaves[place * span : (place + 1) * span]) for place in range(count)]
        for start in range(0, count, 256):
            row = hashes[start : start + 256]
            files[tile_path(str(level), start // 256, len(row))] = b"".join(row)
        level += 1
    return files


def files_of(entries: Sequence[bytes], key: Ed25519PrivateKey = KEY, origin: str = ORIGIN) -> dict[str, bytes]:
    """Every file of a bundle over these entries, sealed by the key: true of whatever the entries say."""
    leaves = [leaf_hash(raw) for raw in entries]
    files = tiles(leaves)
    for start in range(0, len(entries), 256):
        part = entries[start : start + 256]
        files[tile_path("entries", start // 256, len(part))] = framed(part)
    text = checkpoint_text(len(entries), tree_hash(leaves), origin)
    return files | {"checkpoint": note(text, signature(text, key, origin))}


def write(folder: Path, files: dict[str, bytes]) -> Path:
    """Write files below a folder and return it."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


# Verdicts


def accept(folder: Path, key: str | None = None) -> Any:
    """The report on a bundle that must verify."""
    return VERIFY.verify(folder, key or vkey())


def refuse(folder: Path, check: str, position: int | None = None, key: str | None = None) -> Any:
    """The error on a bundle that must fail at exactly this check and entry."""
    with pytest.raises(VERIFY.VerificationError) as caught:
        VERIFY.verify(folder, key or vkey())
    error = caught.value
    assert (error.check, error.position) == (check, position), (error.check, error.position, error.found)
    assert error.expected
    assert error.found.isascii()
    return error


# What an auditor holds besides a bundle

WITNESSES = [Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32) for number in range(1, 6)]


def witness_vkey(number: int, kind: bytes = b"\x04") -> str:
    """The verifier key of a witness, which is of type 04."""
    name, blob = f"w{number}.example/witness", kind + public(WITNESSES[number])
    key = sha(name.encode() + b"\n" + blob)[:4].hex()
    return f"{name}+{key}+{base64.b64encode(blob).decode()}"


def cosignature(text: bytes, number: int, time: int = 1_730_000_000) -> bytes:
    """The line of a witness under a checkpoint: key id, time, signature over time and text (C2SP tlog-cosignature)."""
    name, signed = f"w{number}.example/witness", b"cosignature/v1\ntime %d\n" % time + text
    blob = bytes.fromhex(witness_vkey(number).split("+")[1]) + time.to_bytes(8, "big") + WITNESSES[number].sign(signed)
    return f"\u2014 {name} ".encode() + base64.b64encode(blob) + b"\n"


def policy(*lines: str, logs: Sequence[str] = ()) -> bytes:
    """A policy file over the log's key and four witnesses w0 to w3, ended by the lines."""
    named = [*(f"log {key}" for key in logs or [vkey()]), *(f"witness w{n} {witness_vkey(n)}" for n in range(4))]
    return "\n".join([*named, *lines, ""]).encode()


def sealed_note(entries: Sequence[bytes], *others: bytes, key: Ed25519PrivateKey = KEY) -> bytes:
    """The signed checkpoint over these entries, with other lines below the operator's."""
    text = checkpoint_text(len(entries), tree_hash([leaf_hash(raw) for raw in entries]))
    return note(text, signature(text, key), *others)


def inclusion(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """The proof of a leaf by the recursive definition (RFC 6962 section 2.1.1)."""
    if len(leaves) == 1:
        return []
    split = 1 << (len(leaves) - 1).bit_length() - 1
    if index < split:
        return [*inclusion(leaves[:split], index), tree_hash(leaves[split:])]
    return [*inclusion(leaves[split:], index - split), tree_hash(leaves[:split])]


def consistency(leaves: Sequence[bytes], first: int, whole: bool = True) -> list[bytes]:
    """The proof that the first leaves begin all, by the recursive definition (RFC 9162 section 2.1.4.1)."""
    if first == len(leaves):
        return [] if whole else [tree_hash(leaves)]
    split = 1 << (len(leaves) - 1).bit_length() - 1
    if first <= split:
        return [*consistency(leaves[:split], first, whole), tree_hash(leaves[split:])]
    return [*consistency(leaves[split:], first - split, False), tree_hash(leaves[:split])]


def evidence_file(*notes: bytes, root: bytes = b"", proof: Sequence[bytes] = ()) -> bytes:
    """An evidence file: its format, each signed checkpoint below its length, and for two sizes a root and a proof."""
    lines = [b"checkpoint %d\n" % len(each) + each for each in notes]
    lines += [b"root " + base64.b64encode(root) + b"\n"] if root else []
    return b"".join([b"netral-evidence/v1\n", *lines, *(base64.b64encode(each) + b"\n" for each in proof)])


def proof_file(index: int, hashes: Sequence[bytes], checkpoint: bytes, extra: str = "") -> bytes:
    """A proof file (C2SP tlog-proof)."""
    lines = ["c2sp.org/tlog-proof@v1", *([f"extra {extra}"] if extra else []), f"index {index}"]
    return "\n".join([*lines, *(base64.b64encode(each).decode() for each in hashes), "", ""]).encode() + checkpoint


def receipt(entries: Sequence[bytes], index: int, key: Ed25519PrivateKey = KEY) -> bytes:
    """The proof file of one entry at the size of all."""
    return proof_file(index, inclusion([leaf_hash(raw) for raw in entries], index), sealed_note(entries, key=key))


def condemned(check: str, folder: Path | None, key: str | None = None, **asked: Any) -> Any:
    """The error when this is asked and must fail at exactly this check."""
    with pytest.raises(VERIFY.VerificationError) as caught:
        VERIFY.verify(folder, key or vkey(), **asked)
    error = caught.value
    assert error.check == check, (error.check, error.expected, error.found)
    assert check.split(".")[0] in VERIFY.NAMES
    assert error.found.isascii()
    return error


def refuse_third(folder: Path, raw: bytes, check: str) -> Any:
    """Put `raw` at position 2 after two good entries, seal all, and have it refused by that check."""
    return refuse(write(folder, files_of([*trail(2), raw])), check, 2)
