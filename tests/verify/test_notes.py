"""Attacks on the checkpoint: the signed note around it, its three lines, and the key that it is held against."""

from __future__ import annotations

import ast
import base64
from pathlib import Path
from typing import Any

import pytest

from tests.verify.bundles import (
    KEY,
    NEXT_KEY,
    ORIGIN,
    VERIFY,
    accept,
    checkpoint_text,
    files_of,
    genesis,
    key_id,
    leaf_hash,
    note,
    public,
    refuse,
    sha,
    signature,
    trail,
    tree_hash,
    vkey,
    write,
)

EXAMPLE_KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
EXAMPLE_TEXT = b"This is an example message.\n"
EXAMPLE_SIGNATURE = "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM="
EXAMPLE = EXAMPLE_TEXT + f"\n\u2014 example.com/foo {EXAMPLE_SIGNATURE}\n".encode()

ENTRIES = trail(3)
FILES = files_of(ENTRIES)
ROOT = tree_hash([leaf_hash(raw) for raw in ENTRIES])
TEXT = checkpoint_text(3, ROOT)
LINE = signature(TEXT)
ROOT64 = base64.b64encode(ROOT).decode()


def sealed(tmp_path: Path, checkpoint: bytes) -> Path:
    """The good bundle under another checkpoint."""
    return write(tmp_path, FILES | {"checkpoint": checkpoint})


def opened(signed: bytes, key: str) -> bytes:
    """The text of a note that is signed rightly and says something else than a checkpoint does."""
    with pytest.raises(VERIFY.VerificationError) as caught:
        VERIFY.open_note(signed, key)
    assert caught.value.check == "checkpoint.text"
    return str(ast.literal_eval(caught.value.found)).encode() + b"\n"


# Signed notes


def test_the_published_example_opens() -> None:
    """The note and key printed in the documentation of the format's first implementation."""
    assert opened(EXAMPLE, EXAMPLE_KEY) == EXAMPLE_TEXT
    name, example_id, key = VERIFY.parse_key(EXAMPLE_KEY)
    assert (name, example_id, len(key)) == ("example.com/foo", "530d903a", 32)


@pytest.mark.parametrize("place", range(len(EXAMPLE)))
def test_attack_a_byte_of_the_published_example_is_changed(place: int) -> None:
    """Nothing in a note with one signature may differ."""
    for flip in (1, 0x20, 0x80):
        with pytest.raises(VERIFY.VerificationError):
            VERIFY.open_note(EXAMPLE[:place] + bytes([EXAMPLE[place] ^ flip]) + EXAMPLE[place + 1 :], EXAMPLE_KEY)


def test_the_last_empty_line_parts_text_from_signatures() -> None:
    """A text may hold empty lines; what is signed reaches to the last one."""
    text = "first\n\n\u2014 looks.like/a-signature AAAAAAAA\n\nlast\n".encode()
    assert opened(note(text), vkey()) == text
    assert opened(note(b"ends with an empty line\n\n"), vkey()) == b"ends with an empty line\n\n"


def test_attack_a_signed_text_is_followed_by_a_second_one(tmp_path: Path) -> None:
    """Split at the first empty line, the true signature would seem to cover the added text."""
    refuse(sealed(tmp_path, TEXT + b"\n" + LINE + b"more\n\n" + LINE), "checkpoint.signature")
    refuse(sealed(tmp_path, TEXT + b"\nmore\n\n" + LINE), "checkpoint.signature")


@pytest.mark.parametrize(
    "checkpoint",
    [
        b"",
        b"\n",
        b"\n\n",
        TEXT,
        TEXT + b"\n",
        TEXT + LINE,
        LINE,
        b"\n" + LINE,
        b"\n\n" + LINE[:-1],
        note(TEXT)[:-1],
        note(TEXT) + b"\n",
        note(TEXT) + b" ",
        TEXT[:-1] + b"\n" + LINE,
        TEXT.replace(b"\n", b"\r\n") + b"\r\n" + LINE,
        TEXT + b"\n" + LINE.replace(b"\n", b"\r\n"),
        TEXT + b"\n" + LINE.replace("\u2014".encode(), b"-"),
        TEXT + b"\n" + LINE.replace("\u2014".encode(), "\u2013".encode()),
        TEXT + b"\n" + LINE.replace("\u2014 ".encode(), "\u2014".encode()),
        TEXT + b"\n" + LINE.replace("\u2014 ".encode(), "\u2014  ".encode()),
        TEXT + b"\n" + LINE.replace(b"\n", b" \n"),
        TEXT + b"\n " + LINE,
        TEXT + b"\n" + LINE.replace(ORIGIN.encode() + b" ", ORIGIN.encode() + b"\t"),
        TEXT + b"\n" + LINE.replace(ORIGIN.encode(), b""),
        TEXT + b"\n" + LINE.replace(ORIGIN.encode(), ORIGIN.encode() + b"+x") + LINE,
        TEXT + b"\n" + LINE.replace(ORIGIN.encode(), ORIGIN.encode() + "\u00a0x".encode()) + LINE,
        TEXT + b"\n" + LINE.replace(ORIGIN.encode(), ORIGIN.encode() + "\u2028x".encode()) + LINE,
        TEXT + b"\n" + LINE.replace(ORIGIN.encode(), ORIGIN.encode() + "\u3000x".encode()) + LINE,
        TEXT + b"\n" + LINE.replace(ORIGIN.encode(), ORIGIN.encode() + b"\x00") + LINE,
        TEXT + b"\n" + "\u2014 other.example/x AAAA\n".encode() + LINE,
        TEXT + b"\n" + "\u2014 other.example/x AAAAAA==\n".encode() + LINE,
        TEXT + b"\n" + "\u2014 other.example/x AAAAAAAAAA\n".encode() + LINE,
        TEXT + b"\n" + "\u2014 other.example/x AAAAAAB=\n".encode() + LINE,
        TEXT + b"\n" + "\u2014 other.example/x AAAAAA\n".encode() + LINE,
        TEXT + b"\n" + "\u2014 other.example/x AAAAAA-_\n".encode() + LINE,
        TEXT + b"\n" + "\u2014 other.example/x \n".encode() + LINE,
        TEXT + b"\n" + b"not a signature\n" + LINE,
        TEXT + b"\n" + LINE + b"not a signature\n",
    ],
)
def test_attack_the_note_is_not_in_its_one_form(checkpoint: bytes, tmp_path: Path) -> None:
    """Strict from the first byte to the last: what parsers forgive differently can show two people two notes."""
    refuse(sealed(tmp_path, checkpoint), "checkpoint.note")


@pytest.mark.parametrize("byte", [*range(0x0A), *range(0x0B, 0x20)])
def test_attack_a_control_character_stands_in_a_signed_text(byte: int) -> None:
    """Even rightly signed: nothing below 0x20 but the line feed."""
    with pytest.raises(VERIFY.VerificationError) as caught:
        VERIFY.open_note(note(b"te" + bytes([byte]) + b"xt\n"), vkey())
    assert caught.value.check == "checkpoint.note"


@pytest.mark.parametrize("data", [b"te\xffxt\n", b"te\xc0\xafxt\n", b"te\xed\xa0\x80xt\n", b"\xff\xfet\x00\n"])
def test_attack_a_signed_text_is_not_utf8(data: bytes) -> None:
    """Replacement characters would make two texts of one, so the bytes themselves are compared."""
    with pytest.raises(VERIFY.VerificationError):
        VERIFY.open_note(note(data), vkey())
    replacement = "te\ufffdxt\n".encode()
    assert opened(note(replacement), vkey()) == replacement
    with pytest.raises(VERIFY.VerificationError):
        VERIFY.open_note(b"te\xffxt\n\n" + signature(replacement), vkey())


def test_attack_one_good_and_one_bad_signature_of_the_known_key(tmp_path: Path) -> None:
    """A line that claims the known key and fails condemns the note, wherever it stands."""
    bad = signature(TEXT + b"x")
    for number, lines in enumerate([[LINE, bad], [bad, LINE], [bad]]):
        refuse(sealed(tmp_path / str(number), note(TEXT, *lines)), "checkpoint.signature")


@pytest.mark.parametrize("length", [1, 63, 65, 128])
def test_attack_a_signature_of_the_known_key_is_too_short_or_too_long(length: int, tmp_path: Path) -> None:
    """Sixty-four bytes after the key id, no more and no fewer."""
    blob = key_id(KEY) + (KEY.sign(TEXT) * 2)[:length]
    line = f"\u2014 {ORIGIN} {base64.b64encode(blob).decode()}\n".encode()
    refuse(sealed(tmp_path, note(TEXT, line)), "checkpoint.signature")


def test_attack_no_line_is_by_the_known_key(tmp_path: Path) -> None:
    """Other names, other ids: none of them vouches for anything."""
    other_name = signature(TEXT, KEY, "other.invalid/" + "5f" * 8)
    other_key = signature(TEXT, NEXT_KEY)
    wrong_id = LINE.replace(
        base64.b64encode(key_id(KEY) + KEY.sign(TEXT)), base64.b64encode(b"\x00\x00\x00\x00" + KEY.sign(TEXT))
    )
    for number, line in enumerate([other_name, other_key, wrong_id]):
        refuse(sealed(tmp_path / str(number), note(TEXT, line)), "checkpoint.signature")


def test_attack_a_hundred_and_one_signatures(tmp_path: Path) -> None:
    """A cap keeps a note from costing the reader more than it may."""
    refuse(sealed(tmp_path, note(TEXT, *[LINE] * 101)), "checkpoint.note")
    assert accept(sealed(tmp_path, note(TEXT, *[LINE] * 100))).others == 0


def test_attack_a_signature_is_spelled_in_base64_that_is_not_canonical(tmp_path: Path) -> None:
    """68 bytes leave two bits of the last character unused: they must be zero, and the padding exact."""
    encoded = base64.b64encode(key_id(KEY) + KEY.sign(TEXT)).decode()
    assert encoded.endswith("=")
    spellings = [encoded[:-2] + chr(ord(encoded[-2]) + step) + "=" for step in (1, 2, 3)]
    for number, other in enumerate([*spellings, encoded[:-1], encoded + "=", encoded[:-1] + "A", encoded + "AAAA"]):
        line = f"\u2014 {ORIGIN} {other}\n".encode()
        with pytest.raises(VERIFY.VerificationError):
            accept(sealed(tmp_path / str(number), note(TEXT, line)))


def test_attack_a_checkpoint_of_two_megabytes(tmp_path: Path) -> None:
    """Signed or not, nothing of that size is read."""
    huge = TEXT + b"x" * 2_000_000 + b"\n"
    refuse(sealed(tmp_path, note(huge, signature(huge))), "checkpoint.file")


@pytest.mark.parametrize("filler", [b"\n", b"x\n", b"\n\xe2\x80\x94 a AAAAAAAA\n", b"x"])
def test_attack_a_million_bytes_of_a_checkpoint_that_is_hard_to_part(filler: bytes, tmp_path: Path) -> None:
    """The cost grows with the bytes that are there, not with the ways to read them."""
    text = (filler * 1_000_000)[:1_000_000] + b"\n"
    refuse(sealed(tmp_path, note(text, signature(text))), "checkpoint.text")


# The text of a checkpoint


@pytest.mark.parametrize(
    "text",
    [
        "\n",
        f"{ORIGIN}\n",
        f"{ORIGIN}\n3\n",
        f"\n3\n{ROOT64}\n",
        f"3\n{ROOT64}\n",
        f"{ORIGIN}\n{ROOT64}\n3\n",
        f"{ORIGIN}\n3\n{ROOT64}\n\n",
        f"{ORIGIN}\n3\n{ROOT64}\nextension\n",
        f"{ORIGIN}\n3\n{ROOT64}\n\n\n",
        f"\n{ORIGIN}\n3\n{ROOT64}\n",
        f"{ORIGIN} \n3\n{ROOT64}\n",
        f"{ORIGIN.upper()}\n3\n{ROOT64}\n",
        f"{ORIGIN}x\n3\n{ROOT64}\n",
        f"{ORIGIN[:-1]}\n3\n{ROOT64}\n",
        f"other.invalid/{ORIGIN[-16:]}\n3\n{ROOT64}\n",
        f"{ORIGIN}\n\n{ROOT64}\n",
        f"{ORIGIN}\n0\n{ROOT64}\n",
        f"{ORIGIN}\n03\n{ROOT64}\n",
        f"{ORIGIN}\n0300\n{ROOT64}\n",
        f"{ORIGIN}\n+3\n{ROOT64}\n",
        f"{ORIGIN}\n-3\n{ROOT64}\n",
        f"{ORIGIN}\n 3\n{ROOT64}\n",
        f"{ORIGIN}\n3 \n{ROOT64}\n",
        f"{ORIGIN}\n3.0\n{ROOT64}\n",
        f"{ORIGIN}\n3_0\n{ROOT64}\n",
        f"{ORIGIN}\n0x3\n{ROOT64}\n",
        f"{ORIGIN}\n\u0663\n{ROOT64}\n",
        f"{ORIGIN}\n\uff13\n{ROOT64}\n",
        f"{ORIGIN}\n\u00b3\n{ROOT64}\n",
        f"{ORIGIN}\n{2**53}\n{ROOT64}\n",
        f"{ORIGIN}\n{2**64}\n{ROOT64}\n",
        f"{ORIGIN}\n{'9' * 5000}\n{ROOT64}\n",
        f"{ORIGIN}\n3\n\n",
        f"{ORIGIN}\n3\n{ROOT.hex()}\n",
        f"{ORIGIN}\n3\n{ROOT64[:-1]}\n",
        f"{ORIGIN}\n3\n{ROOT64}=\n",
        f"{ORIGIN}\n3\n {ROOT64}\n",
        f"{ORIGIN}\n3\n{base64.b64encode(ROOT[:31]).decode()}\n",
        f"{ORIGIN}\n3\n{base64.b64encode(ROOT + b'x').decode()}\n",
        f"{ORIGIN}\n3\n{ROOT64[:-2]}{chr(ord(ROOT64[-2]) + 1)}=\n",
        f"{ORIGIN}\n3\n{'_' * 43}=\n",
        f"{ORIGIN}\n3\n{ROOT64}\u00a0\n",
    ],
)
def test_attack_the_text_of_a_rightly_signed_checkpoint_is_not_three_strict_lines(text: str, tmp_path: Path) -> None:
    """Well-known parsers accept a leading zero, another script's digits or a root of 31 bytes; this one does not."""
    refuse(sealed(tmp_path, note(text.encode(), signature(text.encode()))), "checkpoint.text")


@pytest.mark.parametrize("size", [2**52, 2**53 - 1, 257, 4])
def test_attack_a_rightly_signed_checkpoint_claims_a_size_that_the_files_do_not_have(size: int, tmp_path: Path) -> None:
    """It ends at the first file that is missing, without counting to the claim or holding room for it."""
    text = checkpoint_text(size, ROOT)
    refuse(sealed(tmp_path, note(text, signature(text))), "bundle.file")


def test_attack_a_rightly_signed_checkpoint_of_a_great_size_over_full_bundles(tmp_path: Path) -> None:
    """What is there is checked, and then the first missing file ends it."""
    text = checkpoint_text(2**52, ROOT)
    write(tmp_path, files_of(trail(600)) | {"checkpoint": note(text, signature(text))})
    refuse(tmp_path, "bundle.file")


def test_attack_an_empty_trail_is_sealed(tmp_path: Path) -> None:
    """Size 0 has a root, but no genesis: there is no ledger to vouch for."""
    text = checkpoint_text(0, sha(b""))
    refuse(write(tmp_path, {"checkpoint": note(text, signature(text))}), "checkpoint.text")


def test_attack_the_root_is_another(tmp_path: Path) -> None:
    """Signed rightly, over the true files: the tree alone tells."""
    for number, root in enumerate([bytes(32), sha(ROOT), ROOT[::-1]]):
        text = checkpoint_text(3, root)
        refuse(sealed(tmp_path / str(number), note(text, signature(text))), "root.hash")


def test_attack_an_odd_node_is_doubled_as_in_bitcoin(tmp_path: Path) -> None:
    """Doubling instead of promoting makes trees of different entries share a root."""
    a, b, c = (leaf_hash(raw) for raw in ENTRIES)
    doubled = sha(b"\x01" + sha(b"\x01" + a + b) + sha(b"\x01" + c + c))
    text = checkpoint_text(3, doubled)
    refuse(sealed(tmp_path, note(text, signature(text))), "root.hash")


def test_attack_the_tree_is_hashed_without_prefixes(tmp_path: Path) -> None:
    """Without the bytes 00 and 01 an inner node could be passed off as an entry."""
    a, b, c = (sha(raw) for raw in ENTRIES)
    text = checkpoint_text(3, sha(sha(a + b) + c))
    files = FILES | {"tile/0/000.p/3": a + b + c, "checkpoint": note(text, signature(text))}
    refuse(write(tmp_path, files), "tile.bytes")


# Keys


def forged(name: str, blob: bytes, claimed: str | None = None) -> str:
    """A verifier key with the id that follows from its name and bytes, or a claimed one."""
    true = sha(name.encode() + b"\n" + blob)[:4].hex()
    return f"{name}+{claimed or true}+{base64.b64encode(blob).decode()}"


GOOD_BLOB = b"\x01" + public(KEY)


@pytest.mark.parametrize(
    "key",
    [
        "",
        "+",
        "++",
        ORIGIN,
        vkey().split("+")[0] + "+" + vkey().split("+")[1],
        vkey()[:-1],
        vkey() + "=",
        vkey() + "\n",
        vkey() + " ",
        " " + vkey(),
        vkey().replace("+", "", 1),
        vkey().replace(key_id(KEY).hex(), key_id(KEY).hex().upper()),
        vkey().replace(key_id(KEY).hex(), key_id(KEY).hex()[:-1]),
        vkey().replace(ORIGIN, ORIGIN + "x"),
        vkey().replace(ORIGIN, ""),
        forged(ORIGIN, GOOD_BLOB, "00000000"),
        forged(ORIGIN, b"\x02" + public(KEY)),
        forged(ORIGIN, b"\x04" + public(KEY)),
        forged(ORIGIN, public(KEY)),
        forged(ORIGIN, GOOD_BLOB[:-1]),
        forged(ORIGIN, GOOD_BLOB + b"\x00"),
        forged(ORIGIN, b""),
        forged("a b", GOOD_BLOB),
        forged("a\u00a0b", GOOD_BLOB),
        forged("a\u2003b", GOOD_BLOB),
        forged("a+b", GOOD_BLOB),
        forged("", GOOD_BLOB),
        "\udcff+00000000+" + "A" * 44,
        "PRIVATE+KEY+" + vkey(),
    ],
)
def test_a_key_that_cannot_be_read_is_misuse_and_no_verdict(key: str, tmp_path: Path) -> None:
    """The asker learns what a key looks like, not that the bundle is false."""
    write(tmp_path, FILES)
    with pytest.raises(ValueError, match="the key must read NAME"):
        VERIFY.verify(tmp_path, key)


@pytest.mark.parametrize("size", [2**8, 2**16])
def test_a_key_whose_base64_holds_a_plus_is_split_rightly(size: int) -> None:
    """Split at the first two plus signs only."""
    for seed in range(size):
        blob = b"\x01" + sha(seed.to_bytes(4, "big"))
        if b"+" in base64.b64encode(blob):
            assert VERIFY.parse_key(forged(ORIGIN, blob))[2] == blob[1:]
            return
    pytest.fail("no key with a plus was found")


@pytest.mark.parametrize(
    "key", [vkey(NEXT_KEY), vkey(KEY, "other.invalid/" + ORIGIN[-16:]), forged(ORIGIN, b"\x01" + bytes(32))]
)
def test_attack_the_bundle_is_held_against_another_key(key: str, tmp_path: Path) -> None:
    """Well formed, but not the one that signed."""
    refuse(write(tmp_path, FILES), "checkpoint.signature", key=key)


def test_attack_key_checkpoint_and_signature_bear_a_name_that_the_genesis_does_not(tmp_path: Path) -> None:
    """A whole bundle under another origin: only the genesis inside tells."""
    for number, origin in enumerate(["other.invalid/" + ORIGIN[-16:], "\u00e9.invalid/x", "x"]):
        folder = write(tmp_path / str(number), files_of(ENTRIES, KEY, origin))
        refuse(folder, "ledger.origin", 0, vkey(KEY, origin))


def test_attack_a_genesis_repeats_a_name_that_is_no_origin(tmp_path: Path) -> None:
    """Key, checkpoint and genesis may agree on a name and still not name a ledger by its domain."""
    for number, origin in enumerate(["x", "\u00e9.invalid/" + ORIGIN[-16:], "demo.invalid/" + ORIGIN[-16:].upper()]):
        files = files_of([genesis(origin=origin, vkey=vkey(KEY, origin))], KEY, origin)
        refuse(write(tmp_path / str(number), files), "ledger.origin", 0, vkey(KEY, origin))


def test_a_folder_that_is_not_there_is_misuse(tmp_path: Path) -> None:
    """There is nothing to be true or false."""
    (tmp_path / "file").write_bytes(b"")
    for folder in (tmp_path / "nowhere", tmp_path / "file"):
        with pytest.raises(ValueError, match="there is no folder"):
            VERIFY.verify(folder, vkey())


def test_an_empty_folder_is_a_false_bundle(tmp_path: Path) -> None:
    """A folder was given, and it does not hold what a bundle holds."""
    error: Any = refuse(tmp_path, "checkpoint.file")
    assert "checkpoint" in error.expected
