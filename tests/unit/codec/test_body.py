"""Attacks on the body as JSON: one value has one spelling, and whatever decodes to the same value is refused."""

from __future__ import annotations

from typing import Any

import pytest

from ledger.codec import MAX_BODY, MAX_DEPTH, canonical, parse_canonical
from ledger.errors import Invalid
from tests.unit.codec.entries import ESTABLISHED, body, changed, read, refuse, settle, spelled, with_body, with_header
from tests.unit.codec.golden import golden

TEXT = body(ESTABLISHED)
"""Holds `"kind":"bawaslu","level":"regency"`, `"seats":5` and a name."""
FILED = golden("complaint.filed.v1")


def test_the_body_that_the_attacks_start_from_is_good() -> None:
    """Otherwise the cases below would prove nothing."""
    assert read(with_body(ESTABLISHED, TEXT)).fact.seats == 5
    for part in (b'"kind":"bawaslu"', b'"level":"regency"', b'"seats":5', b'"zone":"wita"'):
        assert TEXT.count(part) == 1


NOT_JSON = {
    "empty": b"",
    "an open brace": b"{",
    "two values": TEXT + TEXT,
    "not UTF-8": TEXT.replace(b'"Kantor', b'"\xff'),
    "overlong UTF-8": TEXT.replace(b'"Kantor', b'"\xc0\xaf'),
    "half a character": TEXT.replace(b'"Kantor', b'"\xc3'),
    "a raw control character": TEXT.replace(b'"Kantor', b'"\t'),
    "a byte order mark": b"\xef\xbb\xbf" + TEXT,
    "UTF-16": TEXT.decode().encode("utf-16"),
    "UTF-32 without a mark": TEXT.decode().encode("utf-32-be"),
    "a leading zero": TEXT.replace(b":5", b":05"),
    "a plus": TEXT.replace(b":5", b":+5"),
    "a bare fraction": TEXT.replace(b":5", b":.5"),
    "a bare point": TEXT.replace(b":5", b":5."),
    "hexadecimal": TEXT.replace(b":5", b":0x5"),
    "full-width digits": TEXT.replace(b":5", ":\uff15".encode()),
    "NaN": TEXT.replace(b":5", b":NaN"),
    "Infinity": TEXT.replace(b":5", b":Infinity"),
    "minus Infinity": TEXT.replace(b":5", b":-Infinity"),
    "True": TEXT.replace(b":5", b":True"),
    "undefined": TEXT.replace(b":5", b":undefined"),
    "a comma too many": TEXT.replace(b":5", b":5,"),
    "a comma at the end": TEXT[:-1] + b",}",
    "single quotes": TEXT.replace(b'"seats"', b"'seats'"),
    "no quotes": TEXT.replace(b'"seats"', b"seats"),
    "a comment": TEXT.replace(b":5", b":5/* five */"),
    "an unknown escape": TEXT.replace(b'"Kantor', b'"\\x4b'),
    "a short escape": TEXT.replace(b'"Kantor', b'"\\u00'),
    "half a surrogate pair escaped": TEXT.replace(b'"Kantor', b'"\\ud800'),
    "the other half escaped": TEXT.replace(b'"Kantor', b'"\\udfff'),
    "a pair the wrong way round": TEXT.replace(b'"Kantor', b'"\\udc00\\ud800'),
    "half a pair and a letter": TEXT.replace(b'"Kantor', b'"\\ud800K'),
    "a surrogate in three bytes": TEXT.replace(b'"Kantor', b'"\xed\xa0\x80'),
    "arrays 5000 deep": TEXT.replace(b":5", b":" + b"[" * 5000 + b"]" * 5000),
    "an opening without end": b"[" * 65_000,
}
NOT_CANONICAL = {
    "a space before the body": b" " + TEXT,
    "a tab before the body": b"\t" + TEXT,
    "a line feed after it": TEXT + b"\n",
    "a space after a colon": TEXT.replace(b'"seats":', b'"seats": '),
    "a space after a comma": TEXT.replace(b',"seats"', b', "seats"'),
    "a space inside braces": TEXT[:-1] + b" }",
    "a line feed between members": TEXT.replace(b',"seats"', b',\n"seats"'),
    "a member twice": TEXT.replace(b'"seats":5', b'"seats":5,"seats":5'),
    "a member twice, the last one true": TEXT.replace(b'"seats":5', b'"seats":6,"seats":5'),
    "a member twice, the first one true": TEXT.replace(b'"seats":5', b'"seats":5,"seats":6'),
    "a member twice at the top": TEXT.replace(b'"nonce":', b'"nonce":"' + b"0" * 32 + b'","nonce":'),
    "members in another order": TEXT.replace(
        b'"kind":"bawaslu","level":"regency"', b'"level":"regency","kind":"bawaslu"'
    ),
    "an escaped letter": TEXT.replace(b'"Kantor', b'"\\u004bantor'),
    "an escaped letter in capitals": TEXT.replace("é".encode(), b"\\u00E9"),
    "an escaped letter in small": TEXT.replace("é".encode(), b"\\u00e9"),
    "an escaped slash": TEXT.replace(b"/luar", b"\\/luar"),
    "an escaped quotation mark": TEXT.replace(b'\\"', b"\\u0022"),
    "an escaped backslash": TEXT.replace(b"\\\\", b"\\u005c"),
    "an escaped key": TEXT.replace(b'"seats"', b'"\\u0073eats"'),
    "an escaped emoji": TEXT.replace("\U0001f5f3".encode(), b"\\ud83d\\uddf3"),
    "an escaped code": TEXT.replace(b'"bawaslu"', b'"\\u0062awaslu"'),
    "minus zero": TEXT.replace(b":5", b":-0"),
    "a whole fraction": TEXT.replace(b":5", b":5.0"),
    "one point nought": TEXT.replace(b":5", b":1.0"),
    "an exponent": TEXT.replace(b":5", b":1e3"),
    "a great exponent": TEXT.replace(b":5", b":5E0"),
    "a fraction": TEXT.replace(b":5", b":0.5"),
    "a number beyond every float": TEXT.replace(b":5", b":1e400"),
    "null": TEXT.replace(b":5", b":null"),
    "2^53": TEXT.replace(b":5", b":9007199254740992"),
    "minus 2^53": TEXT.replace(b":5", b":-9007199254740992"),
    "2^64": TEXT.replace(b":5", b":18446744073709551616"),
    "a number of 5000 digits": TEXT.replace(b":5", b":" + b"1" * 5000),
    "a key in capitals": TEXT.replace(b'"seats"', b'"Seats"'),
    "a key with a hyphen": TEXT.replace(b'"seats"', b'"se-ats"'),
    "a key with an accent": TEXT.replace(b'"seats"', '"séats"'.encode()),
    "a key with a full-width letter": TEXT.replace(b'"seats"', '"\uff53eats"'.encode()),
    "an empty key": TEXT.replace(b'"seats"', b'""'),
    "a key that begins with a digit": TEXT.replace(b'"seats"', b'"1seats"'),
    "a key that begins with an underscore": TEXT.replace(b'"seats"', b'"_seats"'),
    "a key that ends in a line feed": TEXT.replace(b'"seats"', b'"seats\\n"'),
}


@pytest.mark.parametrize("content", NOT_JSON.values(), ids=NOT_JSON)
def test_attack_a_body_is_no_json(content: bytes) -> None:
    """Whatever it is instead, and whatever the parser thinks of it, it ends in the one name."""
    assert content != TEXT
    refuse(with_body(ESTABLISHED, content), "^position 1, office.established.v1: ")


@pytest.mark.parametrize("content", NOT_CANONICAL.values(), ids=NOT_CANONICAL)
def test_attack_a_body_is_spelled_otherwise(content: bytes) -> None:
    """Two readers could see two acts in the same bytes, or two leaves could hold one act."""
    assert content != TEXT
    refuse(with_body(ESTABLISHED, content), "^position 1, office.established.v1: .*not canonical|1e400|number")


@pytest.mark.parametrize("value", [[], {}, "x", 1, 0, -1, True, False, ["act", "by", "fact", "nonce"], [{}]])
def test_attack_a_body_is_another_value_than_an_object(value: Any) -> None:
    """It would say nothing of whose act it is."""
    refuse(with_body(ESTABLISHED, spelled(value)), "exactly the members act, by, fact and nonce")


@pytest.mark.parametrize("name", ["act", "by", "fact", "nonce"])
def test_attack_a_body_lacks_one_of_its_four_members(name: str) -> None:
    """And none can be replaced by another name."""
    for content in (TEXT.replace(b'"%s":' % name.encode(), b'"%ss":' % name.encode(), 1), spelled({name: 1})):
        refuse(with_body(ESTABLISHED, content), "office.established.v1: ")


@pytest.mark.parametrize("name", ["salt", "signature", "at", "position", "zzz"])
def test_attack_a_body_has_a_fifth_member(name: str) -> None:
    """What no reader knows is not carried along."""
    refuse(changed(ESTABLISHED, (name,), "x"), "exactly the members")


@pytest.mark.parametrize(
    "nonce",
    ["", "ab" * 15, "ab" * 17, "AB" * 16, "ag" * 16, "a" * 31 + "\uff11", "0x" + "ab" * 15, " " * 32, 1, [], {}],
)
def test_attack_a_nonce_is_no_nonce(nonce: Any) -> None:
    """32 lowercase hex digits, in a string."""
    refuse(changed(ESTABLISHED, ("nonce",), nonce), "nonce: 32 lowercase hex digits")


def deep(levels: int, inner: Any = 1) -> Any:
    """Objects and arrays in turn, as many as are asked for."""
    for level in range(levels):
        inner = [inner] if level % 2 else {"a": inner}
    return inner


def test_eight_levels_are_written_and_nine_are_not() -> None:
    """The body is the first level; a text or a number is none."""
    assert parse_canonical(canonical(deep(MAX_DEPTH))) == deep(MAX_DEPTH)
    for value in (deep(MAX_DEPTH + 1), deep(MAX_DEPTH, {}), deep(MAX_DEPTH, []), deep(200)):
        with pytest.raises(Invalid, match="deeper than 8"):
            canonical(value)


@pytest.mark.parametrize("levels", [7, 8, 100])
def test_attack_a_body_is_nested_too_deep(levels: int) -> None:
    """`fact` is the second level, what stands in its member the third."""
    refuse(changed(ESTABLISHED, ("fact", "seats"), deep(levels)), "office.established.v1: ")
    assert "deeper than 8" not in refuse(changed(ESTABLISHED, ("fact", "seats"), deep(6)))
    assert "deeper than 8" in refuse(changed(ESTABLISHED, ("fact", "seats"), deep(7)))


def sized(length: int) -> bytes:
    """A good body of `complaint.studied.v1` of exactly so many bytes: as many allegations as make it so."""
    entry = golden("complaint.studied.v1")
    bare = len(body(changed(entry, ("fact", "allegations"), [])))
    many, first = divmod(length - bare, 16)  # 15 digits and a comma each, and one short number before them
    numbers = [10 ** (first or 16) // 10, *(10**14 + each for each in range(1, many + (first != 0)))]
    made = body(changed(entry, ("fact", "allegations"), sorted(numbers)))
    assert len(made) == length
    return made


def test_the_longest_body_is_read_and_one_byte_more_is_not() -> None:
    """65,023 bytes: with the longest header it still fits a bundle."""
    entry = golden("complaint.studied.v1")
    assert MAX_BODY == 65_023
    for length in range(MAX_BODY - 16, MAX_BODY + 1):
        settle(with_body(entry, sized(length)))
        assert read(with_body(entry, sized(length))).fact.study == 1
    for length in range(MAX_BODY + 1, MAX_BODY + 17):
        refuse(with_body(entry, sized(length)), f"the body has {length} bytes, more than 65023")


def test_attack_a_long_body_is_measured_in_characters() -> None:
    """The limit counts bytes."""
    refuse(changed(ESTABLISHED, ("fact", "name"), "投" * 21_675), "the body has")


def test_an_entry_is_read_as_the_topic_that_it_names() -> None:
    """The same body under another topic says something else, and is refused."""
    refuse(with_header(ESTABLISHED, "topic", "office.ended.v1"), "office.ended.v1: ")
    refuse(with_header(FILED, "topic", "complaint.hearing_held.v1"), "complaint.hearing_held.v1: ")
