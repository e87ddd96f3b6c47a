"""Bytes are made in one file and never made again: stored, served, hashed and verified verbatim."""

from __future__ import annotations

import pytest

from tests.rules.sources import HOUSE, Rule, breaks, calling, importing, keep, named

MAKING = calling("dumps", "iterencode", "model_dump_json", "to_json", "JSONResponse", "ORJSONResponse")
READING = calling("loads", "raw_decode", "model_validate_json", "from_json", "parse_canonical")
FRAMING = calling("frame", "encode_body", "sealed_payload", "canonical")

MAKERS = {
    "ledger/codec.py": "the one maker of an entry's bytes and of a sealed value's payload",
    "ledger/registrar.py": "a command's fingerprint: an HMAC's input, kept and compared by this file alone",
    "ledger/journal.py": "a line of the journal of openings, which is encrypted and is no record of the trail",
    "api/feed.py": "a line of the feed: an envelope, and a body that was read from its stored bytes",
    "projections/views.py": "the canonical rows under a state root, which are hashed and thrown away",
    "api/problems.py": "a problem document, which is no record",
    "api/commands/clean.py": "what a replay of one complaint says, for a program that asked",
    "api/commands/rules.py": "a deadline that was reckoned, for a program that asked",
    "api/commands/status.py": "how a ledger stands at the moment, for a watching program",
    "api/commands/databases.py": "how a database stands at the moment, for a watching program",
    "api/commands/monitor.py": "what a monitor has found, for a watching program",
    "api/commands/drill.py": "a drill's matrix, for a program",
    "api/commands/loads.py": "a line of a generated load: requests, before anything is recorded",
    "api/importing.py": "a request out of a line, for the model that reads it; and a line of the rejects",
    "api/drill/attack.py": "a forgery, in a copy that is thrown away",
    "api/demo.py": "the demo's tokens.json, for the eyes of whoever tries it",
    "ledger/verify/verify.py": "a case as the auditor reads it, printed",
}
READERS = {
    "ledger/codec.py": "decodes a body, encodes it again and compares: only what comes back the same was read",
    "api/strict.py": "looks at a request as it came, refuses more than a parser does, and keeps nothing",
    "api/importing.py": "a request in a line of a file, held against the model of its route",
    "ledger/vault.py": "takes the value out of a payload whose commitment was just recomputed",
    "ledger/journal.py": "a line of its own, decrypted and authenticated",
    "api/feed.py": "a stored body, to stand in a line of the feed",
    "api/reading.py": "the open members of a fact, as the timeline's column holds them",
    "api/drill/attack.py": "a body to be forged, in a copy that is thrown away",
}
FRAMERS = {
    "ledger/codec.py": "makes them",
    "ledger/registrar.py": "encodes each decided fact once, and frames what was stored for the receipt's digest",
    "ledger/founding.py": "encodes position 0, which no command records",
    "ledger/vault.py": "encodes a payload once, when its value is sealed",
    "ledger/store": "frames a row as it was stored, for whoever reads entries",
    "api/feed.py": "frames a row as it was stored, for its leaf digest",
    "api/proving.py": "frames a row as it was stored, to serve and to prove it",
    "api/drill": "frames rows that an attacker changed, in a copy that is thrown away",
}


def test_json_is_written_where_a_reason_stands() -> None:
    """A second writer of canonical JSON would be a second truth about the same fact, one library release later."""
    keep(MAKING, *HOUSE, but=MAKERS)


def test_stored_json_is_read_where_a_reason_stands() -> None:
    """A reader that does not encode again and compare accepts duplicates, escapes and white space."""
    keep(READING, *HOUSE, but=READERS)


def test_an_entry_is_framed_and_encoded_where_a_reason_stands() -> None:
    """Everybody else hands on the bytes that they were given."""
    keep(FRAMING, *HOUSE, but=FRAMERS)


def test_no_other_serialiser_is_at_hand() -> None:
    """Pickle runs what it reads; msgpack, YAML and their like have no canonical form that we could promise for ever."""
    keep(importing("pickle", "marshal", "shelve", "yaml", "msgpack", "cbor2", "tomli_w", "dill"), *HOUSE)


def test_ledger_bytes_leave_as_they_are() -> None:
    """An entry or a checkpoint goes out as a plain Response: a JSON response would encode it anew."""
    keep(named("JSONResponse", "ORJSONResponse", "UJSONResponse"), *HOUSE, but=["api/problems.py"])


@pytest.mark.parametrize(
    ("rule", "source"),
    [
        (MAKING, "body = orjson.dumps(fact)"),
        (MAKING, "from json import dumps\nbody = dumps(fact)"),
        (MAKING, "text = model.model_dump_json()"),
        (READING, "fact = json.loads(entry.body)"),
        (FRAMING, "again = frame(Entry(0, stream, 1, topic, at, body))"),
        (FRAMING, "body = codec.encode_body(act, by, fact, nonce)"),
    ],
)
def test_a_second_maker_of_bytes_is_seen(rule: Rule, source: str) -> None:
    """Whichever library it would use."""
    assert breaks(rule, "projections/cases.py", source)
