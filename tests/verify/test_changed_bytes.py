"""Attacks on a finished bundle by somebody who does not hold the signing key."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.verify.bundles import (
    KEY,
    NEXT_KEY,
    OFFICE,
    VERIFY,
    accept,
    body,
    complaint,
    digest,
    entry,
    files_of,
    framed,
    instant,
    leaf_hash,
    refuse,
    renumbered,
    tiles,
    trail,
    tree_hash,
    vkey,
    write,
)

SMALL = files_of(trail(3))
WHO = {"office": OFFICE, "role": "intake", "actor": "a1", "who": {"sealed": digest("who")}}
FILED = entry(1, complaint(0), 1, "complaint.filed.v1", instant(1), body("1", by=WHO))
TINY = files_of([*trail(1), FILED])
FLIPS = (*(1 << bit for bit in range(8)), 0xFF)


@pytest.mark.parametrize("name", sorted(TINY))
def test_attack_any_single_byte_of_any_file_is_changed(name: str, tmp_path: Path) -> None:
    """Every byte of every file, under every single bit flip (0x20 changes the case of hex) and all bits at once."""
    write(tmp_path, TINY)
    path, true = tmp_path / name, TINY[name]
    unnoticed = []
    for place in range(len(true)):
        for flip in FLIPS:
            path.write_bytes(true[:place] + bytes([true[place] ^ flip]) + true[place + 1 :])
            try:
                VERIFY.verify(tmp_path, vkey())
            except VERIFY.VerificationError:
                continue
            unnoticed.append((place, flip))
    assert unnoticed == []


@pytest.mark.parametrize("name", sorted(TINY))
def test_attack_a_byte_is_dropped_doubled_or_added(name: str, tmp_path: Path) -> None:
    """Length is part of what is true: at each place one byte less, one byte twice, and one more at the end."""
    write(tmp_path, TINY)
    path, true = tmp_path / name, TINY[name]
    for place in range(len(true)):
        for changed in (true[:place] + true[place + 1 :], true[: place + 1] + true[place:]):
            path.write_bytes(changed)
            with pytest.raises(VERIFY.VerificationError):
                VERIFY.verify(tmp_path, vkey())
    for more in (b"\x00", b"\n", b"\r\n", true):
        path.write_bytes(true + more)
        with pytest.raises(VERIFY.VerificationError):
            VERIFY.verify(tmp_path, vkey())


@pytest.mark.parametrize("name", sorted(files_of(trail(600))))
def test_attack_a_file_is_missing(name: str, tmp_path: Path) -> None:
    """Every file that the checkpoint implies must be there, full and partial, on each level."""
    write(tmp_path, files_of(trail(600)))
    (tmp_path / name).unlink()
    step = "checkpoint" if name == "checkpoint" else "bundle" if "entries" in name else "tile"
    refuse(tmp_path, f"{step}.file")


@pytest.mark.parametrize("name", sorted(set(files_of(trail(257))) - {"checkpoint"}))
def test_attack_a_file_is_cut_short_or_emptied(name: str, tmp_path: Path) -> None:
    """An exact length is implied for each tile: a shorter one is no tile."""
    files = files_of(trail(257))
    step = "bundle" if "entries" in name else "tile"
    for size in {0, 1, 31, len(files[name]) // 2, len(files[name]) - 1}:
        write(tmp_path, files | {name: files[name][:size]})
        refuse(tmp_path, f"{step}.bytes")


@pytest.mark.parametrize(
    "name",
    [
        "tile/0/002",
        "tile/0/001.p/2",
        "tile/0/000.p/256",
        "tile/0/000.p/0",
        "tile/0/000.p/01",
        "tile/0/000.p/300",
        "tile/0/x000/000",
        "tile/0/0000",
        "tile/0/000.p/1.bak",
        "tile/0/.hidden",
        "tile/1/000",
        "tile/1/000.p/2",
        "tile/2/000.p/1",
        "tile/00/000",
        "tile/entries/001",
        "tile/entries/001.p/2",
        "tile/entries/002.p/1",
        "tile/data/000",
        "tile/README",
        "tile/0/caf\u00e9",
    ],
)
def test_attack_a_file_that_the_checkpoint_does_not_imply_stands_among_the_tiles(name: str, tmp_path: Path) -> None:
    """Anything in tile/ could be served to others as part of the trail: it must follow from the checkpoint."""
    files = files_of(trail(257))
    write(tmp_path, files | {name: files["tile/0/000"]})
    refuse(tmp_path, "extra.file")


@pytest.mark.parametrize("level", ["0", "1", "entries"])
def test_attack_an_older_partial_tile_is_not_a_beginning_of_the_true_one(level: str, tmp_path: Path) -> None:
    """A left-over of another history shows that there was one."""
    other = files_of(trail(520, streams=4))
    true = files_of(trail(800))
    name = {"0": "tile/0/002.p/8", "1": "tile/1/000.p/2", "entries": "tile/entries/002.p/8"}[level]
    write(tmp_path, true | {name: other[name]})
    refuse(tmp_path, "bundle.bytes" if level == "entries" else "tile.bytes")


@pytest.mark.parametrize("change", [b"", b"\x00" * 31, b"\x00" * 32])
def test_attack_an_older_partial_tile_has_another_width_than_its_name(change: bytes, tmp_path: Path) -> None:
    """A beginning of the true bytes is not enough: it must be as wide as it says."""
    files = files_of(trail(7))
    write(tmp_path, files | {"tile/0/000.p/2": (files["tile/0/000.p/7"][:64] + change)[len(change) :]})
    if change:
        refuse(tmp_path, "tile.bytes")
    else:
        assert accept(tmp_path).older == 1
    write(tmp_path, {"tile/0/000.p/2": files["tile/0/000.p/7"][:96]})
    refuse(tmp_path, "tile.bytes")


@pytest.mark.parametrize("name", sorted(SMALL))
def test_attack_a_link_a_pipe_or_a_folder_stands_where_a_file_should(name: str, tmp_path: Path) -> None:
    """A link may show another file tomorrow; a pipe would wait for ever."""
    files = dict(SMALL)
    step = "checkpoint" if name == "checkpoint" else "bundle" if "entries" in name else "tile"
    aside = tmp_path / "aside"
    aside.write_bytes(files.pop(name))
    for kind in ("link", "pipe", "folder"):
        path = write(tmp_path / kind, files) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if kind == "link":
            path.symlink_to(aside)
        elif kind == "pipe":
            os.mkfifo(path)
        else:
            path.mkdir()
        refuse(tmp_path / kind, f"{step}.file")


@pytest.mark.parametrize("target", ["/dev/zero", "/", "nowhere", "."])
def test_attack_a_link_stands_among_the_tiles(target: str, tmp_path: Path) -> None:
    """Links are named, not followed: neither out of the bundle nor in a circle."""
    write(tmp_path, SMALL)
    (tmp_path / "tile" / "0" / "link").symlink_to(target)
    refuse(tmp_path, "extra.file")


def test_attack_folders_lie_deeper_than_python_calls_itself(tmp_path: Path) -> None:
    """A tree of folders is untrusted input too: it ends in a verdict."""
    write(tmp_path, SMALL)
    here = os.open(tmp_path / "tile", os.O_RDONLY)
    for _ in range(1500):
        os.mkdir("d", dir_fd=here)
        deeper = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = deeper
    os.close(os.open("file", os.O_CREAT | os.O_WRONLY, dir_fd=here))
    os.close(here)
    try:
        with pytest.raises(VERIFY.VerificationError):
            VERIFY.verify(tmp_path, vkey())
    finally:  # pytest's own cleaning calls itself for each level
        subprocess.run(["/bin/rm", "-rf", str(tmp_path / "tile")], check=True)


# Entries, by somebody without the key and by somebody who holds it


def rearranged() -> Iterator[tuple[str, list[bytes]]]:
    """Every way to drop, swap with its neighbour, or repeat one entry of seven."""
    entries = list(trail(7))
    for place in range(7):
        yield f"entry {place} dropped", entries[:place] + entries[place + 1 :]
        yield f"entry {place} repeated", entries[: place + 1] + entries[place:]
        yield f"entry {place} repeated at the end", [*entries, entries[place]]
        if place:
            yield (
                f"entries {place - 1} and {place} swapped",
                [*entries[: place - 1], entries[place], entries[place - 1], *entries[place + 1 :]],
            )


ARRANGED = dict(rearranged())


@pytest.mark.parametrize("name", ARRANGED)
def test_attack_entries_are_dropped_swapped_or_repeated_and_nothing_is_hashed_again(name: str, tmp_path: Path) -> None:
    """The checkpoint and the hash tiles stay; the entry bundle is another."""
    changed, files = ARRANGED[name], files_of(trail(7))
    write(tmp_path, files | {"tile/entries/000.p/7": framed(changed)})
    with pytest.raises(VERIFY.VerificationError):
        VERIFY.verify(tmp_path, vkey())


@pytest.mark.parametrize("name", ARRANGED)
def test_attack_entries_are_dropped_swapped_or_repeated_and_the_tiles_are_hashed_again(
    name: str, tmp_path: Path
) -> None:
    """All the tiles agree with one another; the signed root does not."""
    changed = ARRANGED[name]
    checkpoint = files_of(trail(7))["checkpoint"]
    write(tmp_path, files_of(changed) | {"checkpoint": checkpoint})
    with pytest.raises(VERIFY.VerificationError):
        VERIFY.verify(tmp_path, vkey())


@pytest.mark.parametrize("name", [name for name in ARRANGED if name != "entry 6 dropped"])
def test_attack_the_holder_of_the_key_drops_swaps_or_repeats_entries(name: str, tmp_path: Path) -> None:
    """Root and signature are true of the false trail: only the rules of order can tell."""
    write(tmp_path, files_of(ARRANGED[name]))
    with pytest.raises(VERIFY.VerificationError) as caught:
        VERIFY.verify(tmp_path, vkey())
    assert caught.value.check in ("order.position", "ledger.opened")


LAST_OF_THEIR_STREAMS = [f"entry {place} dropped" for place in (1, 4, 5, 6)]


@pytest.mark.parametrize("name", [name for name in ARRANGED if name not in LAST_OF_THEIR_STREAMS])
def test_attack_the_holder_of_the_key_writes_the_positions_anew(name: str, tmp_path: Path) -> None:
    """Versions, time, nonces and the genesis still tell."""
    write(tmp_path, files_of(renumbered(ARRANGED[name])))
    with pytest.raises(VERIFY.VerificationError) as caught:
        VERIFY.verify(tmp_path, vkey())
    assert caught.value.check in ("order.version", "order.at", "ledger.opened")


@pytest.mark.parametrize("name", LAST_OF_THEIR_STREAMS)
def test_what_the_holder_of_the_key_leaves_out_at_the_end_of_a_stream_is_not_seen(name: str, tmp_path: Path) -> None:
    """No Merkle log shows what was never sealed: receipts and kept checkpoints do, and the report says so."""
    report = accept(write(tmp_path, files_of(renumbered(ARRANGED[name]))))
    assert "acts never recorded" in report.text()


def test_dropping_the_newest_entries_verifies_and_the_report_says_that_it_cannot_know(tmp_path: Path) -> None:
    """A shorter trail is a true older one: only a checkpoint kept elsewhere contradicts it."""
    report = accept(write(tmp_path, files_of(trail(6))))
    assert "an older bundle verifies too" in report.text()


def test_attack_an_entry_is_changed_in_every_file_but_the_signed_one(tmp_path: Path) -> None:
    """Tiles that follow from changed entries do not lead to the signed root."""
    entries = list(trail(3))
    entries[2] = entries[2].replace(b"online", b"onlime")
    write(tmp_path, files_of(entries) | {"checkpoint": SMALL["checkpoint"]})
    refuse(tmp_path, "root.hash")


def test_attack_the_hash_tiles_are_those_of_other_entries(tmp_path: Path) -> None:
    """A true root beside false tiles: whoever proves from the tiles would prove what is not there."""
    other = [leaf_hash(raw) for raw in trail(7, streams=2)]
    write(tmp_path, files_of(trail(7)) | tiles(other))
    refuse(tmp_path, "tile.bytes")


def test_attack_another_key_of_the_same_name_signs(tmp_path: Path) -> None:
    """The key id differs, so the line is one by an unknown key, and no known key signed."""
    refuse(write(tmp_path, files_of(trail(3), NEXT_KEY)), "checkpoint.signature", key=vkey(KEY))


def test_attack_the_checkpoint_of_another_size_is_put_beside_these_tiles(tmp_path: Path) -> None:
    """Both are true; they are not of the same tree size."""
    for size in (1, 2, 4, 7):
        folder = write(tmp_path / str(size), SMALL | {"checkpoint": files_of(trail(size))["checkpoint"]})
        refuse(folder, "bundle.file")


def test_attack_a_forked_trail_of_the_same_size_is_put_below_the_checkpoint(tmp_path: Path) -> None:
    """Two histories of one length have two roots."""
    fork = trail(7, streams=2)
    assert tree_hash([leaf_hash(raw) for raw in fork]) != tree_hash([leaf_hash(raw) for raw in trail(7)])
    write(tmp_path, files_of(fork) | {"checkpoint": files_of(trail(7))["checkpoint"]})
    refuse(tmp_path, "root.hash")
