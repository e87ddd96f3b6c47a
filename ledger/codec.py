"""The only maker of bytes: fact <-> canonical body, row <-> framed entry, value <-> sealed payload.

Bytes are made once and never again: what is stored, served, hashed and verified is what was made here. Reading decodes,
encodes again and compares; bytes that do not come back the same are unreadable, whatever the reason.
Source: ledger/verify/FORMAT.md; canonical JSON is RFC 8785 restricted to objects, arrays, strings, integers, booleans.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import orjson

from ledger.complaint.facts import COMPLAINT_FACTS, FACTS_AT_AN_INSTANT
from ledger.election.facts import ELECTION_FACTS
from ledger.errors import Invalid, Unreadable
from ledger.handover.facts import HANDOVER_FACTS
from ledger.itself.facts import LEDGER_FACTS
from ledger.office.facts import OFFICE_FACTS
from ledger.official.facts import OFFICIAL_FACTS
from ledger.rulebook.facts import RULEBOOK_FACTS
from ledger.shape import Shape, instant_of, shape_of
from ledger.speech import Said
from ledger.values import MAX_INTEGER, STREAM, Act, By, Digest, SealedRef, StreamId

FORMAT: Final = b"netral-entry/v1"
MAX_BODY: Final = 65_023
MAX_TOPIC: Final = 100
MAX_SEALED: Final = 256 * 1024
MAX_DEPTH: Final = 8

FACTS: Final[Mapping[str, type]] = {
    fact.TOPIC: fact
    for fact in (
        *LEDGER_FACTS,
        *OFFICE_FACTS,
        *ELECTION_FACTS,
        *OFFICIAL_FACTS,
        *RULEBOOK_FACTS,
        *COMPLAINT_FACTS,
        *HANDOVER_FACTS,
    )
}
"""Every topic that this release reads and writes."""

NUMBER = re.compile(r"0|[1-9][0-9]{0,15}", re.ASCII)
TOPIC = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+\.v[1-9][0-9]{0,3}", re.ASCII)
KEY = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
NONCE = re.compile(r"[0-9a-f]{32}", re.ASCII)
HEADERS: Final = ("position", "stream", "version", "topic", "at")
# This list and never a Unicode table: tables differ between Python versions, and an entry is for ever.
FORBIDDEN = re.compile(
    "[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
UNUSUAL = re.compile(f'{FORBIDDEN.pattern}|\\\\[^"\\\\]')
"""A forbidden character in the text of canonical bytes, or an escape, as which orjson writes some of them."""
FORBIDDEN_SEALED = re.compile(FORBIDDEN.pattern.replace("\u0000-\u001f", "\u0000-\u0009\u000b-\u001f"))


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the trail: the header's five values and the body's bytes."""

    position: int
    stream: str
    version: int
    topic: str
    at: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Recorded:
    """A fact with its envelope, as read from an entry."""

    position: int
    stream: StreamId
    version: int
    topic: str
    at: datetime
    act: Act
    by: By
    fact: Any
    nonce: str


TOO_DEEP: Final = Said(f"is nested deeper than {MAX_DEPTH} levels", f"bersarang lebih dalam dari {MAX_DEPTH} tingkat")
NOT_NFC: Final = Said("is not in Unicode normal form NFC", "tidak dalam bentuk normal Unicode NFC")
NO_NONCE: Final = Said("32 lowercase hex digits are expected", "seharusnya 32 digit heksadesimal huruf kecil")
TOO_LONG: Final = Said(
    f"is longer than {MAX_SEALED // 1024} KiB in UTF-8", f"lebih panjang dari {MAX_SEALED // 1024} KiB dalam UTF-8"
)


def forbidden_character(character: str) -> Said:
    """That a character may stand in no entry; by its number, because it may not show."""
    code = f"U+{ord(character):04X}"
    return Said(f"holds {code}, which may not stand in an entry", f"memuat {code}, yang tidak boleh ada dalam catatan")


# --- canonical JSON -------------------------------------------------------------------------------------------------


def canonical(value: Any, forbidden: re.Pattern[str] = FORBIDDEN) -> bytes:
    """The canonical bytes of a JSON value; Invalid names the member that may not stand in an entry."""
    _check(value, "", 1, forbidden)
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def _check(value: Any, path: str, depth: int, forbidden: re.Pattern[str]) -> None:
    if type(value) is dict:
        if depth > MAX_DEPTH:
            raise Invalid(path, TOO_DEEP)
        for key, held in value.items():
            if type(key) is not str or not KEY.fullmatch(key):
                raise Invalid(
                    path,
                    Said(
                        f"{key!r} is not a member's name: lowercase letters, digits and _ are",
                        f"{key!r} bukan nama anggota: huruf kecil, angka dan _ yang sah",
                    ),
                )
            _check(held, f"{path}.{key}" if path else key, depth + 1, forbidden)
    elif type(value) is list:
        if depth > MAX_DEPTH:
            raise Invalid(path, TOO_DEEP)
        for index, held in enumerate(value):
            _check(held, f"{path}[{index}]", depth + 1, forbidden)
    elif type(value) is str:
        if found := forbidden.search(value):
            raise Invalid(path, forbidden_character(found[0]))
    elif type(value) is int:
        if abs(value) > MAX_INTEGER:
            raise Invalid(path, Said("is beyond 2^53 - 1", "melampaui 2^53 - 1"))
    elif type(value) is not bool:
        kind = type(value).__name__
        raise Invalid(path, Said(f"a {kind} may not stand in an entry", f"{kind} tidak boleh ada dalam catatan"))


def _check_nfc(value: Any, path: str) -> None:
    """Text is normalised (NFC) when it is written; reading does not ask, because Unicode's tables grow."""
    if type(value) is str and not unicodedata.is_normalized("NFC", value):
        raise Invalid(path, NOT_NFC)
    if type(value) is dict:
        for key, held in value.items():
            _check_nfc(held, f"{path}.{key}" if path else key)
    elif type(value) is list:
        for index, held in enumerate(value):
            _check_nfc(held, f"{path}[{index}]")


def parse_canonical(data: bytes) -> Any:
    """The JSON value of canonical bytes; ValueError for bytes that do not come back the same."""
    value = orjson.loads(data)
    try:
        again = canonical(value)
    except Invalid as error:
        raise ValueError(f"not canonical: {error}") from error
    if again != data:
        raise ValueError("not canonical: encoding it again gives other bytes")
    return value


def _members(data: bytes) -> Any:
    """The value of a body's canonical bytes, as `parse_canonical` gives it, for who holds it against a shape next.

    What a shape refuses by itself (floats, null, other keys, depth) is not looked for a second time; what is not as
    canonical bytes mostly are is looked at member by member.
    """
    value = orjson.loads(data)
    if orjson.dumps(value, option=orjson.OPT_SORT_KEYS) != data:
        return parse_canonical(data)
    # In ASCII every forbidden character but one is written as an escape; looking for two bytes takes no time at all.
    plain = data.isascii() and b"\\" not in data and b"\x7f" not in data
    return value if plain or not UNUSUAL.search(data.decode()) else parse_canonical(data)


# --- the entry ------------------------------------------------------------------------------------------------------


def frame(entry: Entry) -> bytes:
    """The bytes of an entry, over which its leaf is hashed; Unreadable when a header breaks the grammar."""
    problem = _grammar(entry)
    if problem:
        raise Unreadable(f"position {entry.position}: {problem}")
    head = "".join(f"{name} {getattr(entry, name)}\n" for name in HEADERS)
    return FORMAT + b"\n" + head.encode("ascii") + b"\n" + entry.body


def unframe(data: bytes) -> Entry:
    """The row of an entry's bytes, the inverse of `frame`; Unreadable for any other bytes."""
    first, _, rest = data.partition(b"\n")
    if first != FORMAT:
        raise Unreadable(f"unknown entry format {first[:40]!r}: this release reads {FORMAT.decode()}")
    head, blank, body = rest.partition(b"\n\n")
    lines = head.split(b"\n")
    if not blank or len(lines) != len(HEADERS):
        raise Unreadable(f"an entry has {len(HEADERS)} header lines and one blank line")
    held: dict[str, str] = {}
    for name, line in zip(HEADERS, lines, strict=True):
        label, space, text = line.partition(b" ")
        if label != name.encode() or not space or not text.isascii():
            raise Unreadable(f"the header line {line[:60]!r} is not `{name} …`")
        held[name] = text.decode("ascii")
    for name in ("position", "version"):
        if not NUMBER.fullmatch(held[name]):
            raise Unreadable(f"{name} {held[name]!r} is not a number")
    entry = Entry(int(held["position"]), held["stream"], int(held["version"]), held["topic"], held["at"], body)
    problem = _grammar(entry)
    if problem:
        raise Unreadable(f"position {entry.position}: {problem}")
    return entry


def _grammar(entry: Entry) -> str | None:
    if not 0 <= entry.position <= MAX_INTEGER:
        return "the position is beyond 2^53 - 1"
    if not STREAM.fullmatch(entry.stream):
        return f"stream {entry.stream[:60]!r} is not <kind>-<32 hex>"
    if not 1 <= entry.version <= MAX_INTEGER:
        return f"version {entry.version} is not a number from 1"
    if len(entry.topic) > MAX_TOPIC or not TOPIC.fullmatch(entry.topic):
        return f"topic {entry.topic[:100]!r} breaks the grammar of topics"
    try:
        instant_of(entry.at)
    except ValueError as error:
        return f"at: {error}"
    if len(entry.body) > MAX_BODY:
        return f"the body has {len(entry.body)} bytes, more than {MAX_BODY}"
    return None


# --- facts ----------------------------------------------------------------------------------------------------------


def encode_body(act: Act, by: By, fact: Any, nonce: str) -> bytes:
    """The body of a fact to be recorded; Invalid, with the member's path, for anything that may not stand in it."""
    if not NONCE.fullmatch(nonce):
        raise Invalid("nonce", NO_NONCE)
    members = {
        "act": shape_of(Act).encode(act, "act"),
        "by": shape_of(By).encode(by, "by"),
        "fact": _shape(type(fact)).encode(fact, "fact"),
        "nonce": nonce,
    }
    _check_envelope(type(fact), act, by)
    _check_nfc(members, "")
    body = canonical(members)
    if len(body) > MAX_BODY:
        raise Invalid(
            "fact",
            Said(
                f"makes a body of {len(body)} bytes; at most {MAX_BODY} fit an entry",
                f"menghasilkan isi {len(body)} bita; satu catatan memuat paling banyak {MAX_BODY}",
            ),
        )
    return body


def decode(entry: Entry) -> Recorded:
    """The fact of a row; Unreadable, with name and position, for an unknown topic or bytes that are not canonical."""
    fact_class = FACTS.get(entry.topic)
    if fact_class is None:
        raise Unreadable(f"unknown topic {entry.topic} at position {entry.position}: a newer release wrote it")
    problem = _grammar(entry)
    if problem:
        raise Unreadable(f"position {entry.position}: {problem}")
    try:
        members = _members(entry.body)
        if type(members) is not dict or set(members) != {"act", "by", "fact", "nonce"}:
            raise ValueError("a body has exactly the members act, by, fact and nonce")
        act = shape_of(Act).decode(members["act"], "act")
        by = shape_of(By).decode(members["by"], "by")
        _check_envelope(fact_class, act, by)
        if type(members["nonce"]) is not str or not NONCE.fullmatch(members["nonce"]):
            raise Invalid("nonce", NO_NONCE)
        fact = _shape(fact_class).decode(members["fact"], "fact")
    except (ValueError, Invalid) as error:
        raise Unreadable(f"position {entry.position}, {entry.topic}: {error}") from error
    at = instant_of(entry.at)
    return Recorded(
        entry.position, StreamId(entry.stream), entry.version, entry.topic, at, act, by, fact, members["nonce"]
    )


def _shape(fact_class: Any) -> Shape:
    return shape_of(fact_class)


def _check_envelope(fact_class: type, act: Act, by: By) -> None:
    """What FORMAT.md section 2 says of act and by beyond their members' own forms: the verifier condemns the rest."""
    right, wrong = ("at", "on") if fact_class in FACTS_AT_AN_INSTANT else ("on", "at")
    if getattr(act, right) is None or getattr(act, wrong) is not None:
        raise Invalid(
            "act",
            Said(
                f"the act of this fact carries {right} and not {wrong}",
                f"tindakan dari fakta ini memuat {right} dan bukan {wrong}",
            ),
        )
    for path, office in (("act.office", act.office), ("by.office", by.office)):
        if not office.startswith(("office-", "ledger-")):
            raise Invalid(
                path,
                Said(
                    f"an office or the ledger itself is expected, not {office}",
                    f"seharusnya lembaga atau buku besar sendiri, bukan {office}",
                ),
            )
    if not by.actor.startswith("a"):
        raise Invalid(
            "by.actor",
            Said(
                f"the handle of a member of staff such as a1 is expected, not {by.actor}",
                f"seharusnya sebutan petugas seperti a1, bukan {by.actor}",
            ),
        )


def open_members(fact: Any) -> bytes:
    """The canonical bytes of a fact's members that are not sealed, whole members with sealed parts left out."""
    members: dict[str, Any] = _shape(type(fact)).encode(fact, "fact")
    return canonical({name: held for name, held in members.items() if not _has_sealed(held)})


def _has_sealed(value: Any) -> bool:
    if type(value) is list:
        return any(_has_sealed(each) for each in value)
    return type(value) is dict and ("sealed" in value or any(_has_sealed(each) for each in value.values()))


def topic_stem(topic: str) -> str:
    """A topic without its version: the first part of a sealed value's kind."""
    return topic.rpartition(".")[0]


def content_bytes(content: Any) -> bytes:
    """The canonical JSON of what a fact holds whole: a dataclass, several in their order, or a set of texts."""
    if isinstance(content, frozenset):
        return canonical(sorted(content))
    if isinstance(content, tuple):
        return canonical([_shape(type(each)).encode(each, "") for each in content])
    return canonical(_shape(type(content)).encode(content, ""))


def content_digest(content: Any) -> Digest:
    """SHA-256 of the canonical JSON of what a fact holds whole."""
    return Digest(hashlib.sha256(content_bytes(content)).hexdigest())


# --- sealed values --------------------------------------------------------------------------------------------------


def sealed_payload(kind: str, of: str, stream: str, value: str) -> bytes:
    """The canonical payload of a sealed value; Invalid when the value is too long or holds what no text may hold."""
    if len(value.encode("utf-8", "surrogatepass")) > MAX_SEALED:
        raise Invalid(kind, TOO_LONG)
    _check_nfc(value, kind)
    try:
        return canonical({"kind": kind, "of": of, "stream": stream, "value": value}, FORBIDDEN_SEALED)
    except Invalid as error:
        raise Invalid(kind, error.because) from error


def commitment(salt: bytes, payload: bytes) -> SealedRef:
    """What stands in the entry: SHA-256 over a tag, 32 fresh bytes of salt and the payload."""
    if len(salt) != 32:
        raise ValueError("a salt has 32 bytes")
    return SealedRef(Digest(hashlib.sha256(b"netral-sealed/v1\n" + salt + payload).hexdigest()))
