"""Checkpoints and signed notes: one spelling each, and no signature that is not what it says."""

from __future__ import annotations

import base64
import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.trail.checkpoint import Checkpoint, NoteInvalid, SigningKey, Verifier, open_note, parse_checkpoint
from tests.unit.trail.trails import ORIGIN

PUBLISHED_VKEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
PUBLISHED_TEXT = b"This is an example message.\n"
PUBLISHED_SIGNATURE = "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM="
PUBLISHED_NOTE = PUBLISHED_TEXT + f"\n\u2014 example.com/foo {PUBLISHED_SIGNATURE}\n".encode()
KEY = SigningKey.from_seed(ORIGIN, bytes(range(32)))
OTHER = SigningKey.from_seed("witness.invalid/w1", bytes(range(1, 33)))
CHECKPOINT = Checkpoint(ORIGIN, 41, bytes(range(32)))
ROOT = base64.b64encode(CHECKPOINT.root).decode()


def line(name: str, blob: bytes) -> bytes:
    """A signature line, well formed or not."""
    return f"\u2014 {name} {base64.b64encode(blob).decode()}\n".encode()


def strangers(count: int) -> bytes:
    """Well-formed lines by keys that nobody knows."""
    return b"".join(line(f"stranger{number}", bytes([number]) * 68) for number in range(count))


def test_the_published_example_opens() -> None:
    """The note of the C2SP specification, under its published key."""
    assert open_note(PUBLISHED_NOTE, [Verifier.from_vkey(PUBLISHED_VKEY)]) == PUBLISHED_TEXT


def test_a_key_survives_its_text() -> None:
    """A vkey is read and written unchanged, also when its base64 holds a plus."""
    keys = [SigningKey.from_seed(ORIGIN, bytes([number]) * 32) for number in range(64)]
    assert any("+" in key.vkey.split("+", 2)[2] for key in keys)
    for key in keys:
        assert Verifier.from_vkey(key.vkey) == key.verifier
        assert Verifier.from_vkey(key.vkey).vkey == key.vkey
    assert Verifier.from_vkey(PUBLISHED_VKEY).vkey == PUBLISHED_VKEY


def test_a_key_survives_its_seed() -> None:
    """The 32 bytes that are put away are the whole key."""
    key = SigningKey.generate(ORIGIN)
    assert len(key.seed) == 32
    assert SigningKey.from_seed(ORIGIN, key.seed).vkey == key.vkey
    assert key.vkey != SigningKey.generate(ORIGIN).vkey
    assert key.key_id.hex() == key.vkey.split("+")[1]
    with pytest.raises(ValueError, match="32"):
        SigningKey.from_seed(ORIGIN, key.seed[:31])


def test_a_key_does_not_print_its_secret() -> None:
    """What is logged by mistake is the name alone."""
    assert repr(KEY) == f"SigningKey(name='{ORIGIN}')"


def test_the_same_text_gives_the_same_note() -> None:
    """Ed25519 draws nothing: a signature that a crash lost is made again to the byte."""
    assert KEY.sign(CHECKPOINT.text()) == KEY.sign(CHECKPOINT.text())


def test_a_checkpoint_is_three_lines() -> None:
    """Origin, size, root; nothing else, and it reads back."""
    assert CHECKPOINT.text() == f"{ORIGIN}\n41\n{ROOT}\n".encode()
    assert parse_checkpoint(CHECKPOINT.text()) == CHECKPOINT
    assert open_note(KEY.sign(CHECKPOINT.text()), [KEY.verifier]) == CHECKPOINT.text()


@pytest.mark.parametrize(
    "text",
    [
        f"{ORIGIN}\n041\n{ROOT}\n",
        f"{ORIGIN}\n0\n{ROOT}\n",
        f"{ORIGIN}\n-1\n{ROOT}\n",
        f"{ORIGIN}\n+41\n{ROOT}\n",
        f"{ORIGIN}\n4_1\n{ROOT}\n",
        f"{ORIGIN}\n 41\n{ROOT}\n",
        f"{ORIGIN}\n\n{ROOT}\n",
        f"{ORIGIN}\n{2**53}\n{ROOT}\n",
        f"{ORIGIN}\n{10**16}\n{ROOT}\n",
        f"{ORIGIN}\n\u0664\u0661\n{ROOT}\n",
        f"{ORIGIN}\n\uff14\uff11\n{ROOT}\n",
        f"{ORIGIN}\n41\n{ROOT}\n\n",
        f"{ORIGIN}\n41\n{ROOT}\nextension\n",
        f"{ORIGIN}\n41\n{ROOT}",
        f"{ORIGIN}\n41\n",
        f"\n{ORIGIN}\n41\n{ROOT}\n",
        f"{ORIGIN}\r\n41\r\n{ROOT}\r\n",
        f"{ORIGIN}\n41\n{base64.b64encode(bytes(31)).decode()}\n",
        f"{ORIGIN}\n41\n{base64.b64encode(bytes(33)).decode()}\n",
        f"{ORIGIN}\n41\n{ROOT[:-1]}\n",
        f"{ORIGIN}\n41\n{ROOT[:-2]}9=\n",
        f"{ORIGIN}\n41\n {ROOT}\n",
        f"{ORIGIN}\n41\n{base64.urlsafe_b64encode(bytes([255]) * 32).decode()}\n",
        f"demo.invalid\n41\n{ROOT}\n",
        f"localhost/0011223344556677\n41\n{ROOT}\n",
        f"Demo.invalid/0011223344556677\n41\n{ROOT}\n",
        f".invalid/0011223344556677\n41\n{ROOT}\n",
        f"demo..invalid/0011223344556677\n41\n{ROOT}\n",
        f"demo.invalid:443/0011223344556677\n41\n{ROOT}\n",
        f"d\u00e9mo.invalid/0011223344556677\n41\n{ROOT}\n",
        f"demo.invalid/001122334455667\n41\n{ROOT}\n",
        f"demo.invalid/00112233445566AA\n41\n{ROOT}\n",
        f"demo.invalid/0011223344556677/\n41\n{ROOT}\n",
        "",
        "\n\n\n",
    ],
)
def test_attack_a_checkpoint_in_another_spelling(text: str) -> None:
    """Two spellings of one checkpoint would be two texts to sign: each has one."""
    with pytest.raises(NoteInvalid):
        parse_checkpoint(text.encode())


def test_the_greatest_size_is_one_below_two_to_the_53rd() -> None:
    """Every reader can hold it exactly, also one whose numbers are floats; the next one is refused when it is made."""
    greatest = Checkpoint(ORIGIN, 2**53 - 1, bytes(32))
    assert parse_checkpoint(greatest.text()) == greatest
    for size in (2**53, 0, -1):
        with pytest.raises(NoteInvalid, match="not between 1 and"):
            Checkpoint(ORIGIN, size, bytes(32))


@settings(deadline=None)
@given(
    domain=st.from_regex(r"[a-z0-9-]{1,9}(\.[a-z0-9-]{1,9}){1,3}", fullmatch=True),
    size=st.integers(1, 2**53 - 1),
    root=st.binary(min_size=32, max_size=32),
)
def test_any_checkpoint_reads_back(domain: str, size: int, root: bytes) -> None:
    """Writing and reading are inverse."""
    checkpoint = Checkpoint(f"{domain}/0123456789abcdef", size, root)
    assert parse_checkpoint(checkpoint.text()) == checkpoint


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_attack_any_bytes_are_shown_as_a_note_or_a_checkpoint(data: bytes) -> None:
    """Both readers are total: what is not true is refused by its name."""
    for note in (data, data + b"\n\n" + data, data + b"\n\n" + line(ORIGIN, data)):
        with pytest.raises(NoteInvalid):
            open_note(note, [KEY.verifier])
    with pytest.raises(NoteInvalid):
        parse_checkpoint(data)


@settings(deadline=None)
@given(place=st.integers(0, 10_000), bit=st.integers(0, 7))
def test_attack_one_bit_of_a_note_was_changed(place: int, bit: int) -> None:
    """No bit of text, name, key id or signature is free."""
    note = bytearray(KEY.sign(CHECKPOINT.text()))
    note[place % len(note)] ^= 1 << bit
    with pytest.raises(NoteInvalid):
        open_note(bytes(note), [KEY.verifier])


def test_a_text_with_an_empty_line_ends_at_the_last_one() -> None:
    """Split at the first empty line, part of the text would pass for signatures."""
    text = b"first\n\nsecond\n"
    assert open_note(KEY.sign(text), [KEY.verifier]) == text
    quoted = KEY.sign(CHECKPOINT.text()) + b"\nmore\n"
    assert open_note(OTHER.sign(quoted), [OTHER.verifier]) == quoted


def test_attack_a_signed_note_is_quoted_as_a_text() -> None:
    """The signature inside the text is no signature of the note."""
    quoted = KEY.sign(CHECKPOINT.text()) + b"\nsomething else\n"
    with pytest.raises(NoteInvalid, match="none of the known keys"):
        open_note(OTHER.sign(quoted), [KEY.verifier])


def test_what_is_signed_ends_in_one_newline() -> None:
    """The text's own newline is signed, the empty line is not."""
    note = KEY.sign(CHECKPOINT.text())
    signature = base64.b64decode(note.split(b" ")[-1])[4:]
    assert KEY.verifier.verifies(CHECKPOINT.text(), signature)
    assert not KEY.verifier.verifies(CHECKPOINT.text()[:-1], signature)
    assert not KEY.verifier.verifies(CHECKPOINT.text() + b"\n", signature)


def test_unknown_signatures_are_ignored() -> None:
    """Witnesses sign beside the ledger; who does not know them reads on."""
    note = KEY.sign(CHECKPOINT.text())
    text, _, mine = note.rpartition(b"\n\n")
    assert open_note(text + b"\n\n" + strangers(15) + mine, [KEY.verifier]) == CHECKPOINT.text()
    assert open_note(note + strangers(15), [KEY.verifier, OTHER.verifier]) == CHECKPOINT.text()


def test_a_hundred_signatures_are_read_and_one_more_is_not() -> None:
    """Reading costs work for each line, so there is an end to them."""
    note = KEY.sign(CHECKPOINT.text())
    assert open_note(note + strangers(99), [KEY.verifier]) == CHECKPOINT.text()
    with pytest.raises(NoteInvalid, match="101 signatures"):
        open_note(note + strangers(100), [KEY.verifier])


def test_attack_nobody_known_signed() -> None:
    """A name alone is nothing: the key id must be the known key's too."""
    impostor = SigningKey.from_seed(ORIGIN, bytes(32))
    with pytest.raises(NoteInvalid, match="none of the known keys"):
        open_note(impostor.sign(CHECKPOINT.text()), [KEY.verifier])
    with pytest.raises(NoteInvalid, match="none of the known keys"):
        open_note(KEY.sign(CHECKPOINT.text()), [])


def test_attack_a_true_signature_stands_beside_a_false_one() -> None:
    """One good signature does not excuse a false one of a known key, its own or another's, before or behind."""
    note = KEY.sign(CHECKPOINT.text())
    text, _, mine = note.rpartition(b"\n\n")
    for false in (line(ORIGIN, KEY.key_id + bytes(64)), line(OTHER.name, OTHER.key_id + bytes(64))):
        for signatures in (mine + false, false + mine):
            with pytest.raises(NoteInvalid, match="is false"):
                open_note(text + b"\n\n" + signatures, [KEY.verifier, OTHER.verifier])


def test_attack_a_signature_of_another_length() -> None:
    """A cut, lengthened or missing signature of a known key condemns the note."""
    signature = KEY.private.sign(CHECKPOINT.text())
    for blob in (signature[:63], signature + b"\x00", b"\x00", b""):
        with pytest.raises(NoteInvalid):
            open_note(CHECKPOINT.text() + b"\n" + line(ORIGIN, KEY.key_id + blob), [KEY.verifier])


@pytest.mark.parametrize(
    "changed",
    [
        b"\xe2\x80\x94 two names AAAAAAA=\n",
        b"\xe2\x80\x94 plus+name AAAAAAA=\n",
        "\u2014 wide\u3000name AAAAAAA=\n".encode(),
        "\u2014 no\u00a0break AAAAAAA=\n".encode(),
        b"\xe2\x80\x94  AAAAAAA=\n",
        b"\xe2\x80\x94 name\n",
        b"\xe2\x80\x94 name \n",
        b"\xe2\x80\x94 name AAAA\n",
        b"\xe2\x80\x94 name AAAAAAB=\n",
        b"\xe2\x80\x94 name AAAAAAA\n",
        b"\xe2\x80\x94 name AAAA*AAA\n",
        b"\xe2\x80\x94 name AAAAAAA= \n",
        b"\xe2\x80\x94 name AAAAAAA=",
        b"-- name AAAAAAA=\n",
        b"name AAAAAAA=\n",
        b"\xe2\x80\x94name AAAAAAA=\n",
        b"\xe2\x80\x94 name\tAAAAAAA=\n",
        b"\xe2\x80\x94 na\x00me AAAAAAA=\n",
        b"\xe2\x80\x94 n\xffme AAAAAAA=\n",
        b"\xe2\x80\x94 name AAAAAAA=\r\n",
    ],
)
def test_attack_a_malformed_line_beside_a_true_one(changed: bytes) -> None:
    """What is not a signature line cannot be ignored: others may read it otherwise."""
    with pytest.raises(NoteInvalid):
        open_note(KEY.sign(CHECKPOINT.text()) + changed, [KEY.verifier])


@pytest.mark.parametrize(
    "text", [b"tab\there\n", b"bell\x07\n", b"cr\r\n", b"nul\x00\n", b"no newline", b"\xff\n", b""]
)
def test_attack_a_text_that_is_shown_otherwise_than_signed(text: bytes) -> None:
    """Control characters and broken UTF-8 are neither signed nor read."""
    with pytest.raises(NoteInvalid):
        KEY.sign(text)
    signature = KEY.private.sign(text)
    with pytest.raises(NoteInvalid):
        open_note(text + b"\n" + line(ORIGIN, KEY.key_id + signature), [KEY.verifier])


@pytest.mark.parametrize("byte", [*range(0x0A), *range(0x0B, 0x20)])
def test_attack_a_control_character_stands_in_a_text_or_beside_it(byte: int) -> None:
    """Nothing below 0x20 but the newline: neither where it was rightly signed, nor in a line that would be ignored."""
    text = b"te" + bytes([byte]) + b"xt\n"
    with pytest.raises(NoteInvalid, match="control character"):
        open_note(text + b"\n" + line(ORIGIN, KEY.key_id + KEY.private.sign(text)), [KEY.verifier])
    stranger = line("stra" + chr(byte) + "nger", bytes(68))
    with pytest.raises(NoteInvalid, match="control character"):
        open_note(KEY.sign(CHECKPOINT.text()) + stranger, [KEY.verifier])


@pytest.mark.parametrize("name", ["", "two words", "a+b", "tab\t", "line\nbreak", "wide\u2003space", "\ud800"])
def test_attack_a_key_with_a_name_that_parts_its_line(name: str) -> None:
    """A name with a space, a plus or a control character could forge the rest of its line."""
    with pytest.raises(NoteInvalid):
        SigningKey.generate(name)
    with pytest.raises(NoteInvalid):
        Verifier(name, bytes(32))


@pytest.mark.parametrize(
    ("blob", "words"),
    [
        (b"\x00" + bytes(32), "type is 01"),
        (b"\x02" + bytes(32), "type is 01"),
        (b"\x04" + bytes(32), "type is 01"),
        (bytes(32), "type is 01"),
        (b"", "type is 01"),
        (b"\x01", "0 bytes are no Ed25519 key"),
        (b"\x01" + bytes(31), "31 bytes are no Ed25519 key"),
        (b"\x01" + bytes(33), "33 bytes are no Ed25519 key"),
    ],
)
def test_attack_a_key_of_another_type_or_length_has_the_id_that_follows_from_it(blob: bytes, words: str) -> None:
    """Only type 01 with 32 bytes verifies notes: a witness's key, or one without its type, is another's."""
    key_id = hashlib.sha256(ORIGIN.encode() + b"\n" + blob).hexdigest()[:8]
    with pytest.raises(NoteInvalid, match=words):
        Verifier.from_vkey(f"{ORIGIN}+{key_id}+{base64.b64encode(blob).decode()}")


@pytest.mark.parametrize(
    "vkey",
    [
        "",
        "name",
        "name+530d903a",
        PUBLISHED_VKEY.replace("530d903a", "530d903b"),
        PUBLISHED_VKEY.replace("530d903a", "530D903A"),
        PUBLISHED_VKEY.replace("example.com/foo", "example.com/bar"),
        PUBLISHED_VKEY.replace("+Aeky", "+Beky"),
        PUBLISHED_VKEY + "=",
        PUBLISHED_VKEY[:-4],
        PUBLISHED_VKEY + "AAAA",
        PUBLISHED_VKEY + "\n",
        "\ud800" + PUBLISHED_VKEY,
    ],
)
def test_attack_a_key_whose_id_is_not_its_own(vkey: str) -> None:
    """The id is recomputed from name, type and key; a key that only claims one is refused."""
    with pytest.raises(NoteInvalid):
        Verifier.from_vkey(vkey)
