"""A synthetic year of a ledger: valid entries of the shapes that cases have, made quickly, sealed as a bundle.

Streams take turns as cases overlap; every sealed value is a fresh commitment. Nothing is drawn from a real ledger.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ledger.trail.checkpoint import Checkpoint, SigningKey
from ledger.trail.merkle import leaf_hash, root_of
from ledger.trail.tiles import Tile, encode_bundle, implied_files

LEDGER: Final = "5f" * 16
HOME: Final = f"ledger-{LEDGER}"
ORIGIN: Final = f"demo.invalid/{LEDGER[:16]}"
KEY: Final = SigningKey(ORIGIN, Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
FACTS: Final = """\
complaint.filed.v1 intake at {"channel":"%c","complainants":[{"address":S,"handle":"k1","id_number":S,\
"name":S,"phone":S}],"known_on":D,"narrative":S,"occurred_from":D,"place":S,"region":"%r"}
complaint.respondent_named.v1 intake on {"class":"asn","known":true,"name":S,\
"position_class":S,"respondent":"r1","unit":S}
complaint.alleged.v1 intake on {"allegation":1,"category":"%k","kinds":["n%n"],"respondent":"r1"}
complaint.evidence_added.v1 intake on {"evidence":1,"kind":"%e","title":S}
complaint.reviewed.v1 examiner on {"formal":"met","material":"met","summary":S}
complaint.registered.v1 examiner on {"kind":"report","number":S}
complaint.hearing_called.v1 examiner on {"hearing":1,"letter_number":S,"respondent":"r1",\
"set_for":D,"whom":"respondent"}
complaint.hearing_held.v1 examiner at {"hearing":1,"minutes":S}
complaint.studied.v1 examiner on {"allegations":[1],"recommendation":"%d","study":S}
complaint.plenary_held.v1 secretary at {"plenary":1,"present":["a1","a2","a%p"],"record_number":S}
complaint.decided.v1 secretary on {"allegation":1,"decision":"%d","plenary":1,"reason":S}
complaint.referral_offered.v1 examiner on {"allegation":1,"binding":false,"letter_number":S,"referral":1,\
"study_attached":true,"to":O,"track":"asn"}
complaint.referral_accepted.v1 intake on {"letter_number":S,"referral":1}
complaint.status_announced.v1 secretary on {"status":"%d"}
complaint.outcome.v1 examiner on {"allegation":1,"outcome":"%o","sanction":"%s"}
complaint.closed.v1 examiner on {"reason":"%o"}"""
"""A case, fact after fact: topic, role, whether its act has an instant or a date, and the fact, with S for a sealed
reference, D for a date, O for an office and % for a code."""
STEPS: Final = [tuple(line.split(" ", 3)) for line in FACTS.splitlines()]
CODES: Final = {
    "c": ["online", "in_person", "letter", "phone"],
    "k": ["asn_neutrality", "village_head", "civil_service_campaign", "undetermined"],
    "n": [f"{number:02}" for number in range(1, 19)],
    "e": ["photo", "video", "document", "screenshot"],
    "d": ["violation", "not_violation", "forwarded", "stopped"],
    "p": [str(number) for number in range(3, 8)],
    "o": ["sanctioned", "not_proven", "no_answer"],
    "s": ["none", "moral_open", "moral_closed", "discipline_moderate"],
    "r": [f"{province}.{regency:02}" for province in range(11, 40) for regency in range(1, 18)],
}


LENGTHS: Final = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
DAYS: Final = [f"2024-{month:02}-{day:02}" for month, days in enumerate(LENGTHS, 1) for day in range(1, days + 1)]


def instant(seconds: int) -> str:
    """An instant of 2024, so many seconds after its first."""
    minutes, second = divmod(seconds, 60)
    hours, minute = divmod(minutes, 60)
    day, hour = divmod(hours, 24)
    return f"{DAYS[day]}T{hour:02}:{minute:02}:{second:02}Z"


def entries(size: int, seed: int = 1) -> Iterator[bytes]:
    """The genesis, offices, and then cases that take turns."""
    chance = random.Random(seed)  # noqa: S311 (a synthetic year is the same on every machine)
    offices = [f"office-{chance.randbytes(16).hex()}" for _ in range(min(200, size // 3))]
    genesis = f'{{"clock":"simulated","ledger":"{LEDGER}","origin":"{ORIGIN}","vkey":"{KEY.vkey}"}}'
    yield _entry(0, HOME, 1, "ledger.opened.v1", instant(0), _body("on", DAYS[0], HOME, "operator", genesis, chance))
    for number, office in enumerate(offices[: size - 1], 1):
        fact = f'{{"from":"2024-01-01","kind":"bawaslu_city","name":"Bawaslu {number}","region":"15.71"}}'
        body = _body("on", DAYS[0], HOME, "registry", fact, chance)
        yield _entry(number, office, 1, "office.established.v1", instant(number), body)
    cases: list[tuple[str, str, int]] = []
    for position in range(1 + len(offices), size):
        if len(cases) < 400:
            cases.append((f"complaint-{chance.randbytes(16).hex()}", chance.choice(offices), 0))
        turn = chance.randrange(len(cases))
        stream, office, step = cases[turn]
        topic, role, kind, fact = STEPS[step]
        at = instant(position * 31_000_000 // size)
        when = at if kind == "at" else at[:10]
        filled = _filled(fact, at[:10], offices, chance)
        yield _entry(position, stream, step + 1, topic, at, _body(kind, when, office, role, filled, chance))
        cases[turn] = (stream, office, step + 1)
        if step + 1 == len(STEPS):
            cases.pop(turn)


def _filled(fact: str, day: str, offices: list[str], chance: random.Random) -> str:
    parts = fact.replace("D", f'"{day}"').replace("O", f'"{chance.choice(offices)}"').split("%")
    text = parts[0] + "".join(chance.choice(CODES[part[0]]) + part[1:] for part in parts[1:])
    first, *rest = text.split("S")
    return first + "".join(f'{{"sealed":"{chance.randbytes(32).hex()}"}}{part}' for part in rest)


def _body(kind: str, when: str, office: str, role: str, fact: str, chance: random.Random) -> str:
    timed = f'"at":"{when}","office":"{office}"' if kind == "at" else f'"office":"{office}","on":"{when}"'
    actor = 1 if office == HOME else chance.randrange(1, 12)
    return (
        f'{{"act":{{{timed},"source":"own"}},"by":{{"actor":"a{actor}","office":"{office}","role":"{role}"}},'
        f'"fact":{fact},"nonce":"{chance.randbytes(16).hex()}"}}'
    )


def _entry(position: int, stream: str, version: int, topic: str, at: str, body: str) -> bytes:
    head = f"netral-entry/v1\nposition {position}\nstream {stream}\nversion {version}\ntopic {topic}\nat {at}\n\n"
    return (head + body).encode()


def write_bundle(folder: Path, size: int) -> str:
    """Write a bundle of so many entries into a new folder, and return the verifier key."""
    rows: list[list[bytes]] = [[]]
    held: list[bytes] = []
    for position, entry in enumerate(entries(size), 1):
        rows[0].append(leaf_hash(entry))
        held.append(entry)
        if len(held) == 256 or position == size:
            _write(folder / Tile(None, (position - 1) // 256, len(held)).path, encode_bundle(held))
            held = []
    while len(rows[-1]) >= 256:
        complete = len(rows[-1]) // 256 * 256
        rows.append([root_of(rows[-1][start : start + 256]) for start in range(0, complete, 256)])
    for tile in implied_files(size):
        if tile.level is not None:
            _write(folder / tile.path, b"".join(rows[tile.level][tile.index * 256 :][: tile.width]))
    note = KEY.sign(Checkpoint(ORIGIN, size, root_of(rows[0])).text())
    _write(folder / "checkpoint", note)
    return KEY.vkey


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
