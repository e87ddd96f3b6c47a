"""What the auditor's verifier accepts, and what it says of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.verify import bundles
from tests.verify.bundles import (
    CORRECTED,
    HOME,
    KEY,
    NEXT_KEY,
    OFFICE,
    ORIGIN,
    PUBLISHED,
    ROTATED,
    THIRD_KEY,
    VERIFY,
    accept,
    body,
    checkpoint_text,
    complaint,
    digest,
    entry,
    files_of,
    genesis,
    home_body,
    instant,
    key_id,
    leaf_hash,
    note,
    refuse,
    signature,
    tile_path,
    tiles,
    trail,
    tree_hash,
    vkey,
    with_body,
    write,
)

EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def rotation(position: int, version: int, retired: str, successor: str, from_size: int) -> bytes:
    fact = {"retired_key_id": retired, "vkey": successor, "from_size": from_size}
    return entry(position, HOME, version, ROTATED, instant(position), home_body(str(position), fact))


# Trees


@pytest.mark.parametrize("size", range(9))
def test_the_published_roots_are_those_of_the_verifier_and_of_the_tests_own_tree(size: int) -> None:
    """Eight published leaf inputs fix the hashing: prefixes, promotion of an odd node, the empty tree."""
    leaves = [leaf_hash(bytes.fromhex(data)) for data, _ in PUBLISHED[:size]]
    published = PUBLISHED[size - 1][1] if size else EMPTY
    assert VERIFY.fold(leaves).hex() == published
    assert tree_hash(leaves).hex() == published


@pytest.mark.parametrize("size", [*range(1, 66), 255, 256, 257, 511, 512, 513, 1000, 70_000])
def test_folding_neighbours_gives_the_root_of_the_recursive_definition(size: int) -> None:
    """Level by level or split at the largest power of two: the same tree."""
    leaves = [leaf_hash(place.to_bytes(4, "big")) for place in range(size)]
    assert VERIFY.fold(leaves) == tree_hash(leaves)


@pytest.mark.parametrize(
    ("index", "width", "name"),
    [
        (0, 256, "tile/0/000"),
        (0, 1, "tile/0/000.p/1"),
        (999, 256, "tile/0/999"),
        (1000, 255, "tile/0/x001/000.p/255"),
        (1234067, 256, "tile/0/x001/x234/067"),
        (1000000, 256, "tile/0/x001/x000/000"),
    ],
)
def test_tiles_are_named_in_groups_of_three_digits(index: int, width: int, name: str) -> None:
    """All groups but the last begin with an x; a partial tile says its width."""
    assert VERIFY.tile_name("0", index, width) == name == tile_path("0", index, width)


# Bundles


@pytest.mark.parametrize("size", [1, 2, 3, 7, 255, 256, 257, 600])
def test_a_true_bundle_verifies_at_sizes_around_the_tile_width(size: int, tmp_path: Path) -> None:
    """One entry, full tiles, full tiles and one more: every shape that a bundle has below level 2."""
    entries = trail(size)
    files = files_of(entries)
    report = accept(write(tmp_path, files))
    assert report.size == size
    assert report.root == tree_hash([leaf_hash(raw) for raw in entries]).hex()
    assert report.bundles + report.tiles == len(files) - 1
    assert (report.others, report.older, report.known, report.when) == (0, 0, 1, "never")


def test_a_tree_of_seventy_thousand_has_the_tiles_that_the_specification_counts() -> None:
    """Level 0: 273 full and one of 112. Level 1: one full and one of 17. Level 2: one of 1."""
    leaves = [leaf_hash(place.to_bytes(4, "big")) for place in range(70_000)]
    names = tiles(leaves).keys()
    assert len(names) == 277
    assert {"tile/0/272", "tile/0/273.p/112", "tile/1/000", "tile/1/001.p/17", "tile/2/000.p/1"} <= names
    assert all(VERIFY.tile_name("0", place, 256) in names for place in range(273))


@pytest.mark.slow
def test_a_true_bundle_of_seventy_thousand_entries_verifies(tmp_path: Path) -> None:
    """Three levels of tiles, each recomputed from the entries."""
    report = accept(write(tmp_path, files_of(trail(70_000, streams=5000))))
    assert (report.size, report.bundles, report.tiles) == (70_000, 274, 277)


def test_the_report_tells_what_was_counted(tmp_path: Path) -> None:
    """Numbers are the auditor's first cross-check against what they know of the ledger."""
    report = accept(write(tmp_path, files_of(trail(7))))
    assert (report.origin, report.home, report.clock) == (ORIGIN, HOME, "simulated")
    assert (report.streams, report.sealed) == (5, 4)


def test_older_partial_tiles_may_lie_beside_the_true_ones(tmp_path: Path) -> None:
    """A publisher may leave what earlier checkpoints implied, as long as it is a beginning of what is true."""
    entries = trail(600)
    names: set[str] = set()
    for size in (1, 200, 257, 300, 512, 599, 600):
        files = files_of(entries[:size])
        write(tmp_path, files)
        names |= files.keys()
    assert accept(tmp_path).older == len(names - files.keys()) == 11


def test_what_lies_beside_the_checkpoint_and_the_tiles_is_named_and_not_looked_at(tmp_path: Path) -> None:
    """Notes and proofs may be kept in the folder; the verdict says that it is not about them."""
    write(tmp_path, files_of(trail(3)) | {"proofs/4": b"x", "notes.txt": b"y", "caf\u00e9": b""})
    assert accept(tmp_path).beside == "'caf\\xe9', 'notes.txt', 'proofs'"


def test_empty_folders_inside_tile_are_no_files(tmp_path: Path) -> None:
    """Some archives keep folders whose last partial tile is gone."""
    write(tmp_path, files_of(trail(3)))
    (tmp_path / "tile" / "0" / "001.p").mkdir()
    assert accept(tmp_path).size == 3


def test_lines_of_other_keys_are_counted_and_not_believed(tmp_path: Path) -> None:
    """Witness cosignatures need a policy that this tool does not have: it says how many it did not check."""
    entries = trail(3)
    text = checkpoint_text(3, tree_hash([leaf_hash(raw) for raw in entries]))
    lines = [signature(text, NEXT_KEY, "witness.example/w1"), signature(text), signature(text, NEXT_KEY)]
    report = accept(write(tmp_path, files_of(entries) | {"checkpoint": note(text, *lines)}))
    assert report.others == 2


def test_a_hundred_signatures_are_still_read(tmp_path: Path) -> None:
    """At least sixteen must be; a hundred are the cap."""
    entries = trail(1)
    text = checkpoint_text(1, tree_hash([leaf_hash(raw) for raw in entries]))
    lines = [signature(text), *(signature(text, NEXT_KEY, f"witness.example/{place}") for place in range(99))]
    assert accept(write(tmp_path, files_of(entries) | {"checkpoint": note(text, *lines)})).others == 99


# Entries


@pytest.mark.parametrize(
    ("moment", "act"),
    [
        ("2024-10-05T14:59:59Z", {"on": "2024-10-05"}),
        ("2024-10-05T15:00:00Z", {"on": "2024-10-06"}),
        ("2024-12-31T23:59:59Z", {"on": "2025-01-01"}),
        ("2024-10-05T14:59:59Z", {"at": "2024-10-05T14:59:59Z"}),
        ("2028-02-29T00:00:00Z", {"on": "2028-02-29"}),
        ("9999-12-31T23:59:59Z", {"on": "9999-12-31"}),
        ("9999-12-31T23:59:59Z", {"on": "0001-01-01"}),
    ],
)
def test_an_act_may_lie_on_the_day_of_its_recording_where_that_day_is_latest(
    moment: str, act: dict[str, str], tmp_path: Path
) -> None:
    """A date is local and names no zone: at UTC+9 the next day begins at 15:00 UTC."""
    content = body("act", act={"office": OFFICE, "source": "letter"} | act)
    late = entry(2, complaint(0), 1, "complaint.filed.v1", moment, content)
    assert accept(write(tmp_path, files_of([*trail(2), late]))).size == 3


@pytest.mark.parametrize(
    "fact",
    [
        {"n": 2**53 - 1, "m": 1 - 2**53, "z": 0},
        {"yes": True, "no": False},
        {"deep": [[[[[[1]]]]]]},
        {"text": 'quote " backslash \\ slash / tilde ~ \u00a0 \u00e9 e\u0301 \U0001f5f3 \ue000 \uffff'},
        {"list": [], "object": {}, "empty": ""},
        {"who": {"name": {"sealed": digest("name")}, "nip": {"sealed": digest("nip")}}},
        {"list": [{"sealed": digest("one")}, {"sealed": digest("two")}]},
        {"handle": {"sealed": digest("nonce n")}},
    ],
)
def test_bodies_up_to_every_limit_are_read(fact: dict[str, object], tmp_path: Path) -> None:
    """The limits are inclusive: 2^53 - 1, eight levels, any code point that is not forbidden, in any normal form."""
    entries = [*trail(2), with_body(trail(3)[2], body("limits", fact=fact))]
    assert accept(write(tmp_path, files_of(entries))).size == 3


def test_a_body_of_exactly_the_greatest_length_is_read(tmp_path: Path) -> None:
    """65,023 bytes of body and the longest header fit one framed entry."""
    room = 65_023 - len(bundles.canonical(body("long", fact={"text": ""})))
    long = with_body(trail(3)[2], body("long", fact={"text": "x" * room}))
    assert len(long.partition(b"\n\n")[2]) == 65_023
    assert accept(write(tmp_path, files_of([*trail(2), long]))).size == 3


@pytest.mark.parametrize("kind", ["complaint", "official", "rulebook", "handover"])
@pytest.mark.parametrize("topic", ["a.b.v1", "a.b.c_9.v9999", "a." + "b" * 93 + ".v123"])
def test_streams_and_topics_that_keep_the_grammar_are_read_though_unknown(
    kind: str, topic: str, tmp_path: Path
) -> None:
    """The verifier knows no catalogue: a topic added later is still an entry."""
    raw = entry(2, f"{kind}-{'ab' * 16}", 1, topic, instant(2), body("topic"))
    assert accept(write(tmp_path, files_of([*trail(2), raw]))).streams == 3


def test_a_ledger_that_follows_another_names_it(tmp_path: Path) -> None:
    """The predecessor's origin, size and root stand in the genesis; here only their form can be checked."""
    before = {"origin": "netral.example/0123456789abcdef", "size": 2**53 - 1, "root": "ab" * 32}
    assert accept(write(tmp_path, files_of([genesis(predecessor=before, clock="real")]))).clock == "real"


# Time


def test_time_may_step_back_at_an_announced_correction_which_is_told(tmp_path: Path) -> None:
    """Only the correction itself may step back; what follows is held against it."""
    fact = {"from": "2024-10-05T00:00:00Z", "reason": "clock_ahead"}
    entries = [
        *trail(2),
        entry(2, HOME, 2, CORRECTED, "2024-10-01T06:00:00Z", home_body("step", fact)),
        entry(3, complaint(0), 1, "complaint.filed.v1", "2024-10-01T06:00:00Z", body("after")),
    ]
    report = accept(write(tmp_path, files_of(entries)))
    assert report.when == "2024-10-02T00:00:01Z to 2024-10-01T06:00:00Z at entry 2"


# Keys


def test_after_a_rotation_the_new_key_signs_from_the_size_that_the_ledger_says(tmp_path: Path) -> None:
    """The old key vouches below that size, the new one from it on, each for the same entries."""
    entries = [*trail(2), rotation(2, 2, key_id(KEY).hex(), vkey(NEXT_KEY), 4), *trail(5)[3:]]
    for size, key in ((3, KEY), (4, NEXT_KEY), (5, NEXT_KEY)):
        folder = write(tmp_path / str(size), files_of(entries[:size], key))
        assert accept(folder, vkey(key)).known == 2


def test_keys_may_be_rotated_again(tmp_path: Path) -> None:
    """Each rotation retires the key that was last."""
    entries = [
        *trail(2),
        rotation(2, 2, key_id(KEY).hex(), vkey(NEXT_KEY), 3),
        rotation(3, 3, key_id(NEXT_KEY).hex(), vkey(THIRD_KEY), 4),
    ]
    assert accept(write(tmp_path, files_of(entries, THIRD_KEY)), vkey(THIRD_KEY)).known == 3


def test_attack_a_retired_key_signs_a_size_that_is_not_its_own(tmp_path: Path) -> None:
    """A stolen retired key makes true signatures; the ledger's own facts say that they come too late."""
    entries = [*trail(2), rotation(2, 2, key_id(KEY).hex(), vkey(NEXT_KEY), 3)]
    refuse(write(tmp_path, files_of(entries, KEY)), "ledger.current", key=vkey(KEY))


def test_attack_the_next_key_signs_before_its_turn(tmp_path: Path) -> None:
    """A key that the ledger announced signs nothing below the size that was announced."""
    entries = [*trail(2), rotation(2, 2, key_id(KEY).hex(), vkey(NEXT_KEY), 4)]
    refuse(write(tmp_path, files_of(entries, NEXT_KEY)), "ledger.current", key=vkey(NEXT_KEY))
