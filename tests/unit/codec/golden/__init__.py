"""Golden bytes: one entry for each topic, written once with its leaf hash and never changed.

A new topic: add an example of its fact to examples.py, every member filled, and run
`python -m tests.unit.codec.golden TOPIC` by hand. It writes `TOPIC.entry` and the line in `leaves.txt`, and refuses
where either is there already: bytes that differ from the golden ones are a new version of the topic, not a new file.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from ledger.codec import Entry, Recorded, encode_body, frame
from ledger.shape import instant_text

FOLDER = Path(__file__).parent
LEAVES = "leaves.txt"


def leaf(data: bytes) -> str:
    """The leaf hash of an entry, by RFC 6962 and not by our code."""
    return hashlib.sha256(b"\x00" + data).hexdigest()


def written(example: Recorded) -> bytes:
    """The bytes that the codec makes of an example today."""
    body = encode_body(example.act, example.by, example.fact, example.nonce)
    at = instant_text(example.at)
    return frame(Entry(example.position, example.stream, example.version, example.topic, at, body))


def golden(topic: str, folder: Path = FOLDER) -> bytes:
    """The bytes that a topic's entry had when it was first written."""
    return (folder / f"{topic}.entry").read_bytes()


def topics(folder: Path = FOLDER) -> list[str]:
    """The topics that have a golden file."""
    return sorted(path.name.removesuffix(".entry") for path in folder.glob("*.entry"))


def leaves(folder: Path = FOLDER) -> dict[str, str]:
    """The leaf hash of each topic, from the index; a topic stands in it once."""
    lines = [line.split("  ") for line in (folder / LEAVES).read_text("ascii").splitlines()]
    index = {topic: digest for digest, topic in lines}
    if len(index) != len(lines):
        raise ValueError(f"{LEAVES} names a topic twice")
    return index


def add(example: Recorded, folder: Path = FOLDER) -> None:
    """Write the golden file of a new topic; FileExistsError, and nothing changed, where the topic has one."""
    index = folder / LEAVES
    if index.exists() and example.topic in leaves(folder):
        raise FileExistsError(f"{example.topic} stands in {LEAVES} already: golden bytes never change")
    data = written(example)
    with (folder / f"{example.topic}.entry").open("xb") as file:
        file.write(data)
    with index.open("a", encoding="ascii", newline="\n") as file:
        file.write(f"{leaf(data)}  {example.topic}\n")
