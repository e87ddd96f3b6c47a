"""A policy: strict to read, and counted by organisation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.trail.checkpoint import NoteInvalid, SigningKey
from ledger.trail.cosignature import CosigningKey
from ledger.trail.policy import Policy, PolicyInvalid, parse_policy

LOG = SigningKey.from_seed("test.invalid/0123456789abcdef", b"\x01" * 32)
KEYS = [CosigningKey.from_seed(f"w{number}.invalid/w", bytes([number]) * 32) for number in range(2, 7)]
A, B, C, D, E = (f"witness {name} {key.cosigner.vkey}" for name, key in zip("abcde", KEYS, strict=True))
HEAD = f"# who is believed\n\nlog {LOG.vkey}\n"
LONG = (
    f"{HEAD}{A} https://a.invalid/w\n{B}\n{C}\n{D}\n"
    "group one any a b\ngroup two all c\ngroup three all d\ngroup quorum 2 one two three\nquorum quorum\n"
)


def policy(text: str) -> Policy:
    return parse_policy(text.encode())


def test_a_policy_names_the_log_the_witnesses_and_their_organisations() -> None:
    """An address is for whoever asks the witnesses; a verifier needs none."""
    read = policy(LONG)
    assert [each.verifier.vkey for each in read.logs] == [LOG.vkey]
    assert [(each.name, each.url) for each in read.members] == [
        ("a", "https://a.invalid/w"),
        ("b", ""),
        ("c", ""),
        ("d", ""),
    ]
    assert ([each.name for each in read.organisations], read.least) == (["one", "two", "three"], 2)


@pytest.mark.parametrize(
    ("names", "enough"),
    [("", False), ("ab", False), ("c", False), ("ac", True), ("bd", True), ("cd", True), ("abcd", True)],
)
def test_two_keys_of_one_organisation_are_one_word(names: str, *, enough: bool) -> None:
    """However many an organisation runs."""
    assert policy(LONG).satisfied_by(names) is enough


def test_a_policy_may_ask_for_no_witness() -> None:
    """They are known, and their lines must be true; none is needed."""
    read = policy(f"{HEAD}{A}\ngroup one any a\nquorum none\n")
    assert read.satisfied_by("")
    assert [each.name for each in read.members] == ["a"]


def test_a_false_line_by_a_known_witness_condemns_the_note() -> None:
    """As a false line by the log would."""
    read = policy(f"{HEAD}{A}\n{B}\nquorum none\n")
    text = b"test.invalid/0123456789abcdef\n1\nbjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=\n"
    note = LOG.sign(text)
    assert read.cosigned(note + KEYS[0].cosign(text, 7)) == {"a": 7}
    with pytest.raises(NoteInvalid, match="is false"):
        read.cosigned(note + KEYS[0].cosign(b"another\n", 7))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no line was a log"),
        (HEAD, "no line was the quorum"),
        (f"{HEAD}quorum none", "does not end in a newline"),
        (f"{HEAD}{A}\nquorum a\n", "no group of an earlier line"),
        (f"{HEAD}{A}\n{B}\ngroup g any a\nquorum g\n", "counts for nothing"),
        (f"{HEAD}{A}\ngroup g 2 a\nquorum g\n", "neither all, any, nor a number from 1 to 1"),
        (f"{HEAD}{A}\ngroup g 0 a\nquorum g\n", "neither all, any"),
        (f"{HEAD}{A}\ngroup g any a a\nquorum g\n", "a member already"),
        (f"{HEAD}{A}\n{A}\nquorum none\n", "is taken"),
        (f"{HEAD}{A}\n{A.replace('witness a', 'witness b')}\nquorum none\n", "a key has one owner"),
        (f"{HEAD}{A}\ngroup none any a\nquorum none\n", "is taken"),
        (f"{HEAD}{A}\n{B}\ngroup g any a\ngroup h any g b\nquorum h\n", "nothing else"),
        (f"{HEAD}quorum none\nquorum none\n", "none of: log"),
        (f"{HEAD}witness a {LOG.vkey}\nquorum none\n", "whose type is 04"),
        (f"log {KEYS[0].cosigner.vkey}\nquorum none\n", "whose type is 01"),
        (f"{HEAD}quorum\xa0none\n", "printable ASCII"),
        (f"{HEAD}quorum none\r\n", "control character"),
    ],
)
def test_a_policy_that_cannot_be_meant_is_refused_with_its_line(text: str, words: str) -> None:
    """Whoever misreads a policy believes what nobody vouched for."""
    with pytest.raises(PolicyInvalid, match=words) as refused:
        policy(text)
    assert "line" in str(refused.value)


@given(st.one_of(st.binary(max_size=200), st.text(alphabet="loguwitnesrp anym012#\n+/=", max_size=200).map(str.encode)))
def test_any_bytes_are_a_policy_or_refused(data: bytes) -> None:
    """Never another error."""
    try:
        parse_policy(data)
    except PolicyInvalid:
        return
    pytest.fail("no log's key can be guessed")
