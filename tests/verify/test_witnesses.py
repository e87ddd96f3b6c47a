"""A policy of witnesses: who must have cosigned, counted by organisation, and what a cosignature must be."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from tests.verify.bundles import (
    KEY,
    NEXT_KEY,
    ORIGIN,
    VERIFY,
    WITNESSES,
    checkpoint_text,
    condemned,
    cosignature,
    files_of,
    leaf_hash,
    note,
    policy,
    proof_file,
    sealed_note,
    sha,
    signature,
    trail,
    tree_hash,
    vkey,
    witness_vkey,
    write,
)

ENTRIES = trail(3)
FILES = files_of(ENTRIES)
TEXT = checkpoint_text(3, tree_hash([leaf_hash(raw) for raw in ENTRIES]))
ALL = [cosignature(TEXT, number) for number in range(5)]
TWO_ORGANISATIONS = policy("group bkn any w0 w1", "group kpk any w2 w3", "group both all bkn kpk", "quorum both")


def bundle(folder: Path, *lines: bytes) -> Path:
    """The good bundle with cosignatures below the operator's line."""
    return write(folder, FILES | {"checkpoint": note(TEXT, signature(TEXT), *lines)})


def test_a_quorum_of_organisations_is_counted_and_told(tmp_path: Path) -> None:
    """Who cosigned, when by their own clocks, which organisations that makes, and what then is still not shown."""
    told = VERIFY.verify(bundle(tmp_path, ALL[1], ALL[2]), vkey(), TWO_ORGANISATIONS).text()
    assert "13 witness: ['bkn', 'both', 'kpk']" in told
    assert "'w1': '2024-10-27T03:33:20Z'" in told
    assert "not witnessed" not in told
    assert "if enough of the same organisations cosigned it too" in told
    assert "0 other lines not checked" in told


@pytest.mark.parametrize(
    ("ending", "enough", "short"),
    [
        (["group g any w0 w1", "group h any w2 w3", "group q all g h", "quorum q"], [0, 3], [0, 1]),
        (["group g all w0 w1", "group h all w2 w3", "group q any g h", "quorum q"], [2, 3], [0, 2]),
        (["group g 2 w0 w1 w2 w3", "quorum g"], [1, 3], [2]),
        (["group g 4 w0 w1 w2 w3", "quorum g"], [0, 1, 2, 3], [0, 1, 2]),
        (["group g 1 w0 w1 w2 w3", "quorum g"], [3], []),
        (["group a any w0", "group b any w1", "group c any w2 w3", "group q 2 a b c", "quorum q"], [1, 2], [2, 3]),
    ],
)
def test_a_group_is_an_organisation_and_counts_once(
    ending: list[str], enough: list[int], short: list[int], tmp_path: Path
) -> None:
    """Two keys of one organisation are one voice: a quorum of both needs somebody of each."""
    rule = policy(*ending)
    assert VERIFY.verify(bundle(tmp_path / "enough", *(ALL[n] for n in enough)), vkey(), rule).size == 3
    condemned("witness.quorum", bundle(tmp_path / "short", *(ALL[n] for n in short)), policy=rule)


def test_without_a_policy_or_with_one_that_asks_for_nobody_the_trail_is_called_not_witnessed(tmp_path: Path) -> None:
    """Lines that nobody asked for prove nothing to the reader, and the verdict says so."""
    folder = bundle(tmp_path, ALL[0], ALL[4])
    for rule in (None, policy("quorum none")):
        told = VERIFY.verify(folder, vkey(), rule).text()
        assert "operator's key only, not witnessed" in told
        assert "13 witness" not in told
    assert VERIFY.verify(folder, vkey()).others == 2
    assert VERIFY.verify(folder, vkey(), policy("quorum none")).others == 1


def test_a_policy_holds_for_a_receipt_alone() -> None:
    """A single entry is witnessed by the checkpoint in its proof file."""
    entry, leaves = trail(1)[0], [leaf_hash(trail(1)[0])]
    text = checkpoint_text(1, leaves[0])
    proofs = [proof_file(0, [], note(text, signature(text), cosignature(text, n))) for n in (0, 4)]
    rule = policy("group g any w0 w1 w2 w3", "quorum g")
    assert VERIFY.verify(None, vkey(), rule, proof=proofs[:1], entry=[entry]).size == 1
    condemned("witness.quorum", None, policy=rule, proof=proofs[1:], entry=[entry])


def test_a_policy_may_hold_comments_blank_lines_tabs_and_addresses(tmp_path: Path) -> None:
    """The sealer's file and the auditor's are one: where somebody answers is not the verifier's business."""
    text = (
        f"# kebijakan saksi \u2014 policy\n\n  \t\nlog\t{vkey()} https://trail.example/\nlog {vkey(NEXT_KEY)}\n"
        f"witness   w0 {witness_vkey(0)} https://w0.example/add\n\tgroup g any w0 \n#quorum none\nquorum g"
    )
    assert VERIFY.verify(bundle(tmp_path, ALL[0]), vkey(), text.encode()).size == 3


def test_a_later_cosignature_by_the_same_witness_is_the_one_that_is_told(tmp_path: Path) -> None:
    """A witness may sign again, with a time of its own, which may lie beyond every calendar."""
    rule = policy("group g any w0 w1 w2 w3", "quorum g")
    for number, (times, told) in enumerate(
        [
            ((5, 1_730_000_000, 7), "2024-10-27T03:33:20Z"),
            ((2**63 - 1, 1), "9999-12-31T23:59:59Z"),
            ((0,), "1970-01-01"),
        ]
    ):
        folder = bundle(tmp_path / str(number), *(cosignature(TEXT, 0, time) for time in times))
        assert told in VERIFY.verify(folder, vkey(), rule).text()


# Cosignatures that are none

KEY_ID = bytes.fromhex(witness_vkey(0).split("+")[1])
NAME = witness_vkey(0).split("+")[0]
RULE = policy("group g 2 w0 w1 w2 w3", "quorum g")


def line(blob: bytes) -> bytes:
    return f"\u2014 {NAME} ".encode() + base64.b64encode(KEY_ID + blob) + b"\n"


def signed(head: bytes, text: bytes = TEXT) -> bytes:
    return WITNESSES[0].sign(head + text)


FALSE_LINES = {
    "a time is another than the one signed": (
        "witness.signature",
        (8).to_bytes(8, "big") + signed(b"cosignature/v1\ntime 7\n"),
    ),
    "the text is another": ("witness.signature", (7).to_bytes(8, "big") + signed(b"cosignature/v1\ntime 7\n", b"x\n")),
    "the text alone was signed": ("witness.signature", (7).to_bytes(8, "big") + signed(b"")),
    "the head is another": ("witness.signature", (7).to_bytes(8, "big") + signed(b"cosignature/v2\ntime 7\n")),
    "the time has a leading zero": ("witness.signature", (7).to_bytes(8, "big") + signed(b"cosignature/v1\ntime 07\n")),
    "the time is 2^63": ("witness.form", (2**63).to_bytes(8, "big") + signed(b"cosignature/v1\ntime %d\n" % 2**63)),
    "there is no time": ("witness.form", signed(b"cosignature/v1\ntime 7\n")),
    "there is a byte too many": ("witness.form", (7).to_bytes(8, "big") + signed(b"cosignature/v1\ntime 7\n") + b"x"),
    "there is one byte": ("witness.form", b"x"),
}


@pytest.mark.parametrize("name", FALSE_LINES)
def test_attack_one_good_and_one_bad_cosignature_of_known_witnesses(name: str, tmp_path: Path) -> None:
    """A line that claims a known witness and is false condemns the note, though the quorum is there without it."""
    check, blob = FALSE_LINES[name]
    condemned(check, bundle(tmp_path / "after", ALL[1], ALL[2], line(blob)), policy=RULE)
    condemned(check, bundle(tmp_path / "before", line(blob), ALL[1], ALL[2]), policy=RULE)


def test_attack_a_witness_line_is_stripped_or_doubled(tmp_path: Path) -> None:
    """Two lines of one witness are one voice."""
    condemned("witness.quorum", bundle(tmp_path / "stripped", ALL[1]), policy=RULE)
    condemned("witness.quorum", bundle(tmp_path / "doubled", ALL[1], cosignature(TEXT, 1, 9)), policy=RULE)


def test_attack_an_unknown_witness_or_the_operator_stands_in(tmp_path: Path) -> None:
    """Neither a stranger's cosignature nor the log's own key, signing as a witness would, makes an organisation."""
    own = KEY.sign(b"cosignature/v1\ntime 7\n" + TEXT)
    blob = b"\x04" + KEY.public_key().public_bytes_raw()
    key_id = sha(ORIGIN.encode() + b"\n" + blob)[:4]
    operator = f"\u2014 {ORIGIN} ".encode() + base64.b64encode(key_id + (7).to_bytes(8, "big") + own) + b"\n"
    condemned("witness.quorum", bundle(tmp_path / "stranger", ALL[1], ALL[4]), policy=RULE)
    condemned("witness.quorum", bundle(tmp_path / "operator", ALL[1], operator), policy=RULE)


def test_attack_the_cosignatures_of_an_older_checkpoint_are_put_below_a_newer_one(tmp_path: Path) -> None:
    """A cosignature is over the whole text, its size and its root."""
    older = [cosignature(sealed_note(ENTRIES[:2]).partition(b"\n\n")[0] + b"\n", n) for n in (0, 1)]
    condemned("witness.signature", bundle(tmp_path, *older), policy=RULE)


def test_attack_only_witnesses_signed(tmp_path: Path) -> None:
    """Without the operator's own line there is no checkpoint to have witnessed."""
    folder = write(tmp_path, FILES | {"checkpoint": note(TEXT, *ALL)})
    condemned("checkpoint.signature", folder, policy=RULE)


# Policies that are none

GROUP, QUORUM = "group g any w0 w1", "quorum g"
BAD_POLICIES = {
    "no quorum": policy(GROUP),
    "two quorums": policy(GROUP, QUORUM, QUORUM),
    "a quorum and none": policy(GROUP, QUORUM, "quorum none"),
    "a quorum that nothing is named": policy(GROUP, "quorum h"),
    "a quorum of two words": policy(GROUP, "quorum g g"),
    "no log": b"".join(policy(GROUP, QUORUM).splitlines(keepends=True)[1:]),
    "a word that is no kind": policy(GROUP, QUORUM, "witnesses w0"),
    "a kind in capitals": policy(GROUP, QUORUM.upper()),
    "a group of nobody": policy("group g any", QUORUM),
    "a group of none of its members": policy("group g 0 w0 w1", QUORUM),
    "a group of a negative number": policy("group g -1 w0 w1", QUORUM),
    "a number with a leading zero": policy("group g 01 w0 w1", QUORUM),
    "a number of another script": policy("group g \u0661 w0 w1", QUORUM),
    "a group of some": policy("group g some w0 w1", QUORUM),
    "a member that nothing is named": policy("group g any w0 w9", QUORUM),
    "a member twice": policy("group g 2 w0 w0", QUORUM),
    "a member of two groups": policy(GROUP, "group h any w1 w2", "group q all g h", "quorum q"),
    "a group of itself": policy("group g any g w0", QUORUM),
    "two groups of each other": policy("group g any h", "group h any g", QUORUM),
    "a group named none": policy("group none any w0", "quorum none"),
    "a name twice": policy("group w0 any w1", "quorum w0"),
    "a group twice": policy(GROUP, "group g any w2", QUORUM),
    "a witness under two names": policy(f"witness w8 {witness_vkey(0)}", "group g 2 w0 w8", QUORUM),
    "a log twice": policy(GROUP, QUORUM, logs=[vkey(), vkey()]),
    "a log with the key of a witness": policy(GROUP, QUORUM, logs=[vkey(), witness_vkey(4)]),
    "a witness with the key of a log": policy("witness w8 " + witness_vkey(4, b"\x01"), "group g any w8", QUORUM),
    "a witness whose id is another": policy(f"witness w8 {witness_vkey(4)[:-4]}AAA=", "group g any w8", QUORUM),
    "a witness without a key": policy("witness w8", GROUP, QUORUM),
    "a key without a name": policy(f"witness {witness_vkey(4)}", GROUP, QUORUM),
    "another line end": policy(GROUP, QUORUM).replace(b"\n", b"\r\n"),
    "a name in another script": policy("group \u043a any w0", "quorum \u043a"),
    "bytes that are no text": policy(GROUP, QUORUM) + b"\xff\n",
    "another trail's log": policy(GROUP, QUORUM, logs=[vkey(NEXT_KEY)]),
    "nothing but a comment": b"# nobody\n",
    "nothing": b"",
}


@pytest.mark.parametrize("name", BAD_POLICIES)
def test_a_policy_that_could_be_read_in_two_ways_is_misuse_and_no_verdict(name: str, tmp_path: Path) -> None:
    """It is the asker's own file: they are told, and nothing is called false."""
    with pytest.raises(ValueError, match=r"policy|the key must read"):
        VERIFY.verify(bundle(tmp_path, *ALL), vkey(), BAD_POLICIES[name])
