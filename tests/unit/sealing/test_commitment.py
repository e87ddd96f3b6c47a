"""Sealed payloads and their commitments: an exact form, checked against a computation of the tests' own."""

from __future__ import annotations

import hashlib
import json
import secrets

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.codec import MAX_SEALED, commitment, sealed_payload
from ledger.errors import Invalid
from tests.unit.codec.strategies import CHARACTERS
from tests.unit.codec.test_characters import FORBIDDEN, NEIGHBOURS, NOT_NFC, ODD, code_point

KIND = "complaint.filed.complainants.name"
STREAM = "complaint-" + "3c" * 16


def payload(value: str) -> bytes:
    return sealed_payload(KIND, "k1", STREAM, value)


def test_a_payload_is_four_strings_in_canonical_json() -> None:
    """What it is, whom it is about, where it stands, and the value itself."""
    assert payload("Contoh") == (
        b'{"kind":"complaint.filed.complainants.name","of":"k1","stream":"' + STREAM.encode() + b'","value":"Contoh"}'
    )


def test_a_commitment_is_the_digest_that_is_printed_here() -> None:
    """Golden: computed once by `printf | sha256sum`, over a tag, the salt 00 01 … 1f and the payload above."""
    made = commitment(bytes(range(32)), payload("Contoh"))
    assert made.sealed == "e80f9dde95a2ed6f7c1bbb0c0f79cee2a7d850fdf8e54ddf1f4ff761c9c702d9"


@settings(deadline=None)
@given(value=st.text(CHARACTERS | st.just("\n"), max_size=200), salt=st.binary(min_size=32, max_size=32))
def test_a_commitment_is_sha_256_of_tag_salt_and_payload(value: str, salt: bytes) -> None:
    """Anybody who is shown salt and payload can compute it, in any language."""
    try:
        made = payload(value)
    except Invalid as error:
        assert str(error.because) == "is not in Unicode normal form NFC"  # noqa: PT017 (another outcome of the same property)
        return
    spelled = json.dumps(
        {"kind": KIND, "of": "k1", "stream": STREAM, "value": value},
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    ).encode()
    assert made == spelled
    assert commitment(salt, made).sealed == hashlib.sha256(b"netral-sealed/v1\n" + salt + spelled).hexdigest()


@pytest.mark.parametrize("length", [0, 1, 16, 31, 33, 64])
def test_attack_a_salt_of_another_length(length: int) -> None:
    """With a shorter salt the value is guessed from its public commitment; a longer one would eat into the payload."""
    with pytest.raises(ValueError, match="32"):
        commitment(secrets.token_bytes(length), payload("Contoh"))


def test_nothing_of_a_payload_is_free() -> None:
    """Another kind, person, stream, value or salt is another commitment, also where the joined text is the same."""
    made = {
        commitment(salt, sealed_payload(kind, of, stream, value))
        for salt in (bytes(32), bytes([1]) * 32)
        for kind in (KIND, KIND + "k")
        for of in ("k1", "1", "case")
        for stream in (STREAM, STREAM[:-1] + "d")
        for value in ("a", "b", "")
    }
    assert len(made) == 2 * 2 * 3 * 2 * 3


@pytest.mark.parametrize("point", [point for point in FORBIDDEN if point != 0x0A], ids=code_point)
def test_attack_a_sealed_text_holds_a_character_that_is_not_seen(point: int) -> None:
    """The same list as for public texts, but for the line feed."""
    with pytest.raises(Invalid, match=code_point(point).replace("+", r"\+")) as caught:
        payload(f"x{chr(point)}y")
    assert caught.value.member == KIND


@pytest.mark.parametrize("point", [0xD800, 0xDFFF], ids=code_point)
def test_attack_a_sealed_text_holds_half_a_surrogate_pair(point: int) -> None:
    """It could not be written down in UTF-8."""
    with pytest.raises(Invalid, match=r"U\+D"):
        payload(f"x{chr(point)}y")


@pytest.mark.parametrize("point", [0x0A, *NEIGHBOURS, *ODD], ids=code_point)
def test_a_sealed_text_has_lines_and_all_other_characters(point: int) -> None:
    """A narrative has paragraphs."""
    assert json.loads(payload(f"x{chr(point)}y"))["value"] == f"x{chr(point)}y"


@pytest.mark.parametrize("text", NOT_NFC.values(), ids=NOT_NFC)
def test_attack_a_sealed_text_is_not_in_nfc(text: str) -> None:
    """Two spellings that look the same would be two commitments."""
    with pytest.raises(Invalid, match="NFC") as caught:
        payload(text)
    assert caught.value.member == KIND


@pytest.mark.parametrize("character", ["x", "é", "投", "\U0001f5f3", "\n", '"'])
def test_a_sealed_text_has_at_most_256_kib_in_bytes(character: str) -> None:
    """Counted in UTF-8, before any escape."""
    assert MAX_SEALED == 262_144
    most = MAX_SEALED // len(character.encode())
    assert json.loads(payload(character * most))["value"] == character * most
    with pytest.raises(Invalid, match="longer than 256 KiB"):
        payload(character * (most + 1))


@pytest.mark.parametrize("value", ["rahasia\x00", "rahasia e\u0301", "rahasia" * 50_000, "rahasia\ud800"])
def test_a_refusal_does_not_tell_the_value(value: str) -> None:
    """Errors are logged and answered; what was to be sealed stands in none of them."""
    with pytest.raises(Invalid) as caught:
        payload(value)
    assert "rahasia" not in str(caught.value)
    assert "rahasia" not in repr(caught.value)
