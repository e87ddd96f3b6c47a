"""Chronicle K4 as the trail and the vault hold it: every sealed value opens to what its place in the trail says."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from api.chronicles import register
from api.chronicles.play import instant
from api.wiring import House, create_house
from ledger.clock import SimulatedClock
from ledger.itself.facts import ClockKind
from ledger.vault import unseal
from tests.auditor import audit
from tests.scribes import Scribe, record_k4, record_register
from tests.unit.sealing.cases import bodies, commitments, references, vault


@dataclass(frozen=True)
class Place:
    """Where a sealed value stands in the trail."""

    stream: str
    kind: str
    of: str


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One ledger for the tests of this module, which only read: K4 is recorded, sealed and projected once."""
    clock = SimulatedClock(instant("2024-05-02T01:00:00"))
    made = create_house(
        tmp_path_factory.mktemp("k4") / "ledger",
        domain="test.invalid",
        kind=ClockKind.SIMULATED,
        operator=register.OPERATOR,
        clock=clock,
    )
    try:
        scribe = Scribe(made.registrar, clock, made.stream)
        record_k4(scribe, record_register(scribe))
        made.follower.catch_up()
        audit(made)
        yield made
    finally:
        made.close()


def places(house: House) -> dict[str, Place]:
    """Each commitment with what FORMAT.md says of its payload, found from the bytes of the trail alone."""
    found = {}
    for stream, topic, body in bodies(house):
        stem = topic.rpartition(".")[0]
        for path, sealed, beside in references({"by": body["by"]}):
            found[sealed] = Place(stream, f"{stem}.{path}", beside["actor"])
        for path, sealed, beside in references(body["fact"]):
            about = beside.get("handle") or (beside["respondent"] if stem.endswith("respondent_named") else "case")
            found[sealed] = Place(stream, f"{stem}.{path}", about)
    return found


def test_every_sealed_value_opens_to_what_its_place_says(house: House) -> None:
    """Kind, person and stream of the payload follow from where the commitment stands, so no value can be misplaced."""
    rows = {row.commitment: row for row in vault(house)}
    expected = places(house)
    assert rows.keys() == expected.keys()
    assert len(rows) > 20
    for commitment, place in expected.items():
        payload = json.loads(unseal(house.keys, rows[commitment]).payload)
        assert Place(payload["stream"], payload["kind"], payload["of"]) == place
        assert (rows[commitment].stream, rows[commitment].of) == (place.stream, place.of)


def test_a_commitment_stands_in_the_trail_and_in_the_vault_once(house: House) -> None:
    """Later facts cite version and member."""
    assert Counter(commitments(house)).most_common(1)[0][1] == 1
    assert sorted(commitments(house)) == sorted(row.commitment for row in vault(house))


def test_every_member_of_staff_is_introduced_once_in_every_stream(house: House) -> None:
    """At the first use of the handle; from then on the handle stands alone."""
    introduced: set[tuple[str, str]] = set()
    for stream, _, body in bodies(house):
        used = [
            (body["by"]["actor"], body["by"]),
            *((each["handle"], each) for each in body["fact"].get("present", [])),
        ]
        for handle, holder in used:
            assert ("who" in holder) is ((stream, handle) not in introduced), (stream, handle)
            introduced.add((stream, handle))
    assert len(introduced) > 8


def test_no_sealed_value_stands_in_any_file_in_clear(house: House) -> None:
    """Database, write-ahead log, key store, tiles, views: the canary is every value that was sealed."""
    secrets = {unseal(house.keys, row).value for row in vault(house)}
    assert {"Sari Pelapor", "1571000000000001"} < secrets
    secrets |= {part for secret in secrets for part in secret.split("\n") if len(part) > 8}
    secrets |= {"198001012005011001", register.OPERATOR.account, register.REGISTRAR.account}
    files = [path for path in house.folder.rglob("*") if path.is_file()]
    assert {"ledger.db", "keys.db", "views.db", "checkpoint"} < {path.name for path in files}
    assert [(path.name, secret) for path in files for secret in secrets if held(path, secret)] == []


def held(path: Path, secret: str) -> bool:
    data = path.read_bytes()
    escaped = json.dumps(secret)[1:-1]
    return any(form in data for form in (secret.encode(), secret.encode("utf-16-le"), escaped.encode()))
