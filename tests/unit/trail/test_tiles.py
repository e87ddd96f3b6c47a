"""Tiles: names, bundles, and hashes that are read from them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.errors import Diverged, Unreadable
from ledger.trail.edge import Edge, edge_at
from ledger.trail.merkle import inclusion_proof, root_at, root_of, verify_inclusion
from ledger.trail.tiles import (
    PATH,
    Tile,
    TileFolder,
    bundle_path,
    decode_bundle,
    encode_bundle,
    implied_files,
    tile_path,
)
from tests.unit.trail.trails import complete, entry, expected_files, expected_root, leaf


def write(folder: Path, size: int) -> TileFolder:
    """The tiles of a size, as the auditor makes them."""
    for name, data in expected_files(size).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return TileFolder(folder)


def test_an_index_is_written_in_groups_of_three_digits() -> None:
    """The published example, and the borders of the groups."""
    assert tile_path(0, 1234067, 256) == "tile/0/x001/x234/067"
    assert bundle_path(1234067, 8) == "tile/entries/x001/x234/067.p/8"
    assert [tile_path(1, index, 256) for index in (0, 7, 999, 1000, 999_999, 1_000_000)] == [
        "tile/1/000",
        "tile/1/007",
        "tile/1/999",
        "tile/1/x001/000",
        "tile/1/x999/999",
        "tile/1/x001/x000/000",
    ]


def test_size_256_implies_a_full_tile_and_one_hash_above_it() -> None:
    """The published example: nothing partial below, width 1 above."""
    assert [tile.path for tile in implied_files(256)] == ["tile/entries/000", "tile/0/000", "tile/1/000.p/1"]


def test_size_70000_implies_three_levels() -> None:
    """The published example: 273 full and 112, one full and 17, one."""
    tiles = list(implied_files(70_000))
    level = {each: [tile for tile in tiles if tile.level == each] for each in (None, 0, 1, 2)}
    assert [tile.width for tile in level[None]] == [256] * 273 + [112]
    assert [tile.width for tile in level[0]] == [256] * 273 + [112]
    assert level[1] == [Tile(1, 0, 256), Tile(1, 1, 17)]
    assert level[2] == [Tile(2, 0, 1)]
    assert len(tiles) == 274 + 274 + 2 + 1


def test_an_empty_trail_implies_nothing() -> None:
    """There are no empty tiles."""
    assert list(implied_files(0)) == []


@pytest.mark.parametrize("size", [1, 2, 255, 256, 257, 511, 512, 513, 600])
def test_the_implied_files_are_those_that_hold_the_trail(size: int) -> None:
    """As the auditor counts them."""
    assert {tile.path for tile in implied_files(size)} == set(expected_files(size))


@given(level=st.one_of(st.none(), st.integers(0, 63)), index=st.integers(0, 2**45), width=st.integers(1, 256))
@settings(deadline=None)
def test_every_name_keeps_the_grammar(level: int | None, index: int, width: int) -> None:
    """What is written can be recognised again as a tile's name."""
    assert PATH.fullmatch(Tile(level, index, width).path)


@pytest.mark.parametrize(("index", "width"), [(-1, 256), (0, 0), (0, 257), (0, -1)])
def test_a_tile_that_cannot_be_has_no_name(index: int, width: int) -> None:
    """No negative places, no empty tiles, none wider than 256."""
    with pytest.raises(ValueError, match="no tile"):
        tile_path(0, index, width)
    with pytest.raises(ValueError, match="no tile"):
        bundle_path(index, width)
    with pytest.raises(ValueError, match="no level"):
        tile_path(64, 0, 1)


@given(st.lists(st.binary(max_size=300), max_size=256))
@settings(deadline=None)
def test_a_bundle_gives_its_entries_back(entries: list[bytes]) -> None:
    """Also empty ones, and also none."""
    assert decode_bundle(encode_bundle(entries)) == entries


@given(st.lists(st.binary(min_size=1, max_size=9), min_size=1, max_size=9), st.integers(1, 9))
@settings(deadline=None)
def test_attack_a_bundle_was_cut_off(entries: list[bytes], lost: int) -> None:
    """A last entry that is shorter than it says is none."""
    lost = min(lost, len(entries[-1]) + 1)
    with pytest.raises(Unreadable):
        decode_bundle(encode_bundle(entries)[:-lost])


def test_a_bundle_holds_entries_of_at_most_65535_bytes() -> None:
    """Two bytes of length."""
    longest = b"x" * 65_535
    assert decode_bundle(encode_bundle([longest])) == [longest]
    with pytest.raises(Unreadable, match="65536"):
        encode_bundle([longest + b"x"])


def test_a_bundle_holds_at_most_256_entries() -> None:
    """More are another bundle's."""
    with pytest.raises(Unreadable):
        decode_bundle(b"\x00\x00" * 257)


@pytest.mark.parametrize("size", [1, 2, 3, 255, 256, 257, 512, 600, 65_536, 65_537, 70_000])
def test_a_root_over_tiles_is_the_root_over_leaves(size: int, tmp_path: Path) -> None:
    """Whatever is combined inside a tile and across levels."""
    tiles = write(tmp_path, size)
    assert root_at(size, tiles.hash_at(size)) == expected_root(size)
    assert root_at(size, tiles.hash_at(size)) == root_of([leaf(position) for position in range(size)])


def test_every_complete_subtree_can_be_read_from_tiles(tmp_path: Path) -> None:
    """Each level and index that a size of 600 has."""
    hash_at = write(tmp_path, 600).hash_at(600)
    for level in range(10):
        for index in range(600 >> level):
            assert hash_at(level, index) == complete(level, index)
        with pytest.raises(ValueError, match="not complete"):
            hash_at(level, 600 >> level)


def test_the_tiles_of_a_size_answer_for_every_earlier_one(tmp_path: Path) -> None:
    """Auditors ask from where they stood; the wider tiles begin with the narrower ones."""
    tiles = write(tmp_path, 600)
    for size in range(1, 601):
        assert root_at(size, tiles.hash_at(600)) == root_at(size, tiles.hash_at(size)) == expected_root(size)
    proof = inclusion_proof(300, 301, tiles.hash_at(301))
    verify_inclusion(leaf(300), 300, 301, proof, expected_root(301))


@pytest.mark.parametrize("name", ["tile/0/000", "tile/1/000", "tile/1/001.p/17", "tile/2/000.p/1"])
def test_attack_a_tile_is_changed_between_two_proofs(name: str, tmp_path: Path) -> None:
    """What is kept of the upper tiles is found by their bytes: the next proof is made from what the disk holds now."""
    size, positions = 70_000, (0, 255, 300, 66_000, 69_999)
    tiles = write(tmp_path, size)
    before = [inclusion_proof(position, size, tiles.hash_at(size)) for position in positions]
    true = expected_files(size)[name]
    (tmp_path / name).write_bytes(bytes(32) + true[32:-32] + bytes(32) if len(true) > 32 else bytes(32))
    assert [inclusion_proof(position, size, tiles.hash_at(size)) for position in positions] != before
    (tmp_path / name).write_bytes(true)
    assert [inclusion_proof(position, size, tiles.hash_at(size)) for position in positions] == before


def test_every_entry_can_be_read(tmp_path: Path) -> None:
    """From full bundles and from the partial one."""
    tiles = write(tmp_path, 600)
    assert [tiles.entry(position) for position in range(600)] == [entry(position) for position in range(600)]
    with pytest.raises(Diverged):
        tiles.entry(600)


def test_a_wider_file_answers_for_a_narrower_one(tmp_path: Path) -> None:
    """A partial file may go once the full one is there, or be overtaken by a wider partial one."""
    write(tmp_path, 40)
    for name in ("12", "040", "41.new", "x"):
        (tmp_path / "tile/0/000.p" / name).write_bytes(b"")
    tiles = TileFolder(tmp_path)
    assert tiles.hashes(0, 0, 20) == [leaf(position) for position in range(20)]
    assert tiles.bundle(0, 20) == [entry(position) for position in range(20)]
    write(tmp_path, 256)
    assert tiles.hashes(0, 0, 41) == [leaf(position) for position in range(41)]


def test_one_folder_lies_over_another(tmp_path: Path) -> None:
    """While a seal is staged, what is not staged is read from what is published."""
    write(tmp_path / "published", 300)
    staged = tmp_path / "staged"
    for name in ("tile/entries/001.p/45", "tile/0/001.p/45"):
        (staged / name).parent.mkdir(parents=True)
        (staged / name).write_bytes(expected_files(301)[name])
    tiles = TileFolder(staged, tmp_path / "published")
    assert root_at(301, tiles.hash_at(301)) == expected_root(301)
    assert tiles.entry(300) == entry(300)
    assert tiles.entry(0) == entry(0)


def test_a_missing_tile_is_told_by_its_name(tmp_path: Path) -> None:
    """What a checkpoint implies must be there; the message says what to put back."""
    with pytest.raises(Diverged, match=r"tile/0/000\.p/3 .* put it back"):
        write(tmp_path, 2).hashes(0, 0, 3)


@pytest.mark.parametrize("cut", [1, 32])
def test_attack_a_hash_tile_was_cut_off(cut: int, tmp_path: Path) -> None:
    """A tile holds as many hashes as its name promises."""
    tiles = write(tmp_path, 256)
    (tmp_path / "tile/0/000").write_bytes(expected_files(256)["tile/0/000"][:-cut])
    with pytest.raises(Unreadable):
        tiles.hashes(0, 0, 10)


@pytest.mark.parametrize("entries", [[], [entry(0)], [entry(position) for position in range(4)]])
def test_attack_a_bundle_holds_more_or_fewer_entries_than_its_name_promises(
    entries: list[bytes], tmp_path: Path
) -> None:
    """Also none at all: there are no empty bundles."""
    tiles = write(tmp_path, 3)
    (tmp_path / "tile/entries/000.p/3").write_bytes(encode_bundle(entries))
    with pytest.raises(Unreadable, match="promises 3"):
        tiles.entry(0)


@pytest.mark.parametrize("size", [1, 255, 257, 65_535, 65_537])
def test_what_is_incomplete_is_never_hashed_upward(size: int) -> None:
    """A hash above a partial tile would have to change when the tile grows."""
    above = [tile for tile in implied_files(size) if tile.level and not tile.index]
    assert sum(tile.width for tile in above if tile.level == 1) == min(size // 256, 256)
    assert sum(tile.width for tile in above if tile.level == 2) == size // 65_536
    assert all(tile.width for tile in implied_files(size))


@pytest.mark.parametrize("size", [0, 256, 512, 1024, 65_536, 65_792])
def test_an_edge_read_from_tiles_goes_on_like_one_that_never_stopped(size: int, tmp_path: Path) -> None:
    """Growing from what is on the disk gives the roots and files of growing from nothing."""
    edge = edge_at(size, write(tmp_path, size))
    assert edge.root() == (expected_root(size) if size else root_of([]))
    made: dict[str, bytes] = {}
    for position in range(size, size + 300):
        made |= {tile.path: data for tile, data in edge.add(entry(position))}
    made |= {tile.path: data for tile, data in edge.partial_files()}
    wanted = expected_files(size + 300)
    assert edge.root() == expected_root(size + 300)
    assert made.items() <= wanted.items()
    assert wanted.keys() - made.keys() <= expected_files(size).keys()


def test_an_edge_has_the_root_of_every_size() -> None:
    """What is incomplete rises to the level above, never doubled."""
    edge = Edge()
    for position in range(600):
        edge.add(entry(position))
        assert edge.root() == expected_root(position + 1)


def test_an_edge_begins_between_bundles() -> None:
    """Half a bundle could not be written again: its entries are not known."""
    with pytest.raises(ValueError, match="begun"):
        Edge(3)
