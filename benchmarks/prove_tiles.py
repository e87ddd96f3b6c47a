"""How the price of a proof grows with the trail: proofs made from tiles on disk, at 10^4, 10^6 and 10^7 leaves.

All sizes are asked in turn, one proof after another, each read from disk anew; what counts is the ratio of the medians.
At 10^5 leaves pymerkle's tree in SQLite proves the same leaves beside ours, twice: where neither remembers anything of
the proof before, as in a process that has just begun, and where both have what they keep (ours 4 MiB, pymerkle 1 GiB).
Run from the repository: `python -m benchmarks.prove_tiles [--quick]`.
"""

from __future__ import annotations

import argparse
import importlib.util
import multiprocessing
import random
import resource
import statistics
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.progress import Progress, track

from benchmarks.outcome import Row, at_least, at_most, tell, write
from ledger.trail import tiles
from ledger.trail.merkle import (
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    root_at,
    root_of,
    verify_consistency,
    verify_inclusion,
)
from ledger.trail.tiles import WIDTH, Tile, TileFolder

SMALL, MIDDLE, GREAT, PEER = 10_000, 1_000_000, 10_000_000, 100_000
QUICK: Final = {MIDDLE: 100_000, GREAT: 1_000_000}
KINDS: Final = ("inclusion", "consistency")
PEERS: Final = {"new": "nothing remembered", "warm": "both remembering"}
MISSING: Final = "pymerkle is not installed, so nothing stands beside ours: .venv/bin/python -m pip install '.[bench]'"


def entry(position: int) -> bytes:
    """The cheapest entry that differs from all others; a proof depends on its hash alone."""
    return position.to_bytes(8, "big")


def write_tiles(folder: Path, size: int, told: Callable[[int], None]) -> None:
    """The hash tiles of a trail, without bundles; memory is one hash for each 256 leaves."""
    row: list[bytes] = []
    (folder / "tile").mkdir(parents=True)
    for first in range(0, size, WIDTH):
        leaves = [leaf_hash(entry(position)) for position in range(first, min(first + WIDTH, size))]
        _put(folder, Tile(0, first // WIDTH, len(leaves)), leaves)
        if len(leaves) == WIDTH:
            row.append(root_of(leaves))
        told(len(leaves))
    level = 1
    while row:
        above = []
        for first in range(0, len(row), WIDTH):
            hashes = row[first : first + WIDTH]
            _put(folder, Tile(level, first // WIDTH, len(hashes)), hashes)
            if len(hashes) == WIDTH:
                above.append(root_of(hashes))
        row, level = above, level + 1


def _put(folder: Path, tile: Tile, hashes: list[bytes]) -> None:
    path = folder / tile.path
    if tile.width < WIDTH or not tile.index % 1000:
        path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"".join(hashes))


class Ours:
    """Proofs from tiles, by a reader of its own for each, as a request is answered."""

    def __init__(self, folder: Path, size: int) -> None:
        self._folder = folder
        self.size = size

    def inclusion(self, index: int) -> list[bytes]:
        """The proof of one leaf."""
        return inclusion_proof(index, self.size, TileFolder(self._folder).hash_at(self.size))

    def consistency(self, first: int) -> list[bytes]:
        """The proof from a smaller size."""
        return consistency_proof(first, self.size, TileFolder(self._folder).hash_at(self.size))

    def root(self, size: int) -> bytes:
        """The root at a size."""
        return root_at(size, TileFolder(self._folder).hash_at(self.size))

    def check(self, number: int) -> None:
        """One proof of each kind proves what it is said to."""
        root = self.root(self.size)
        verify_inclusion(leaf_hash(entry(number)), number, self.size, self.inclusion(number), root)
        verify_consistency(number + 1, self.size, self.root(number + 1), root, self.consistency(number + 1))


def peer_tree(path: Path, size: int, *, remembers: bool) -> Any:
    """pymerkle's tree of the same leaves in SQLite."""
    tree = importlib.import_module("pymerkle").SqliteTree(str(path), disable_cache=not remembers)
    if tree.get_size() < size:
        tree.append_entries(map(entry, range(size)))
    return tree


Asked = tuple[str, str, Callable[[int], object], int]
"""Who is asked, for which kind of proof, by what, and below which number."""


def asked_of_ours(label: str, ours: Ours) -> Iterator[Asked]:
    """Both kinds of proof."""
    yield label, "inclusion", ours.inclusion, ours.size
    yield label, "consistency", lambda number: ours.consistency(number + 1), ours.size


def asked_of_the_peer(label: str, tree: Any) -> Iterator[Asked]:
    """Both kinds of proof; its leaves are counted from one."""
    yield label, "inclusion", lambda number: tree.prove_inclusion(number + 1), PEER
    yield label, "consistency", lambda number: tree.prove_consistency(number + 1), PEER


def medians(
    asked: list[Asked], rounds: int, console: Console, forget: Callable[[], None] = lambda: None
) -> dict[tuple[str, str], float]:
    """The median in microseconds of each, asked in turn with a number drawn anew; the first tenth is not counted."""
    chance = random.Random(1)  # noqa: S311 (the same questions on every machine)
    times: dict[tuple[str, str], list[float]] = {(who, kind): [] for who, kind, _, _ in asked}
    for turn in track(range(rounds + rounds // 10), "proofs in turn", console=console, transient=True):
        chance.shuffle(asked)
        for who, kind, prove, below in asked:
            number = chance.randrange(below)
            forget()
            begin = time.perf_counter()
            prove(number)
            spent = time.perf_counter() - begin
            if turn >= rounds // 10:
                times[who, kind].append(spent * 1e6)
    return {each: statistics.median(spent) for each, spent in times.items()}


def beside_the_peer(label: str, path: Path, ours: Ours, rounds: int, console: Console) -> dict[tuple[str, str], float]:
    """The medians of both at one size."""
    with console.status("writing the peer's tree"):
        tree = peer_tree(path, ours.size, remembers=label == "warm")
    if tree.get_root() != ours.root(ours.size):
        raise SystemExit("the peer has another root for the same leaves: the two cannot be compared")
    asked = [*asked_of_ours(label, ours), *asked_of_the_peer(f"pymerkle {label}", tree)]
    if label == "warm":
        return medians(asked, rounds, console)
    return medians(asked, rounds // 20, console, tiles._rows_above.cache_clear)


def held(folder: Path, size: int, proofs: int) -> tuple[float, float]:
    """In KiB: the most that Python's own objects took while so many proofs of each kind were made, and all that the
    process ever had, before the counting of its objects began.
    """
    ours, chance = Ours(folder, size), random.Random(2)  # noqa: S311
    for _ in range(proofs):
        ours.inclusion(chance.randrange(size))
        ours.consistency(chance.randrange(size) + 1)
    resident = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    tiles._rows_above.cache_clear()
    tracemalloc.start()
    for _ in range(proofs):
        ours.inclusion(chance.randrange(size))
        ours.consistency(chance.randrange(size) + 1)
    return tracemalloc.get_traced_memory()[1] / 1024, float(resident)


def memory(folder: Path, sizes: Iterable[int], proofs: int) -> dict[int, tuple[float, float]]:
    """`held` at each size, each in a new process."""
    begun = multiprocessing.get_context("spawn")
    found = {}
    for size in sizes:
        with begun.Pool(1) as pool:
            found[size] = pool.apply(held, (folder / f"{size}", size, proofs))
    return found


def rows_of(
    times: dict[tuple[str, str], float], peaks: dict[int, tuple[float, float]], middle: int, great: int
) -> list[Row]:
    """Growth with the size, then beside the peer."""
    rows = []
    for kind in KINDS:
        small = times[f"{SMALL}", kind]
        rows.append(Row(f"{kind}, {middle:,} leaves beside {SMALL:,}, µs", *_pair(times[f"{middle}", kind], small)))
        rows.append(at_most(f"{kind}, {great:,} leaves beside {SMALL:,}, µs", times[f"{great}", kind], small, 2))
    name = f"memory of the process, {great:,} leaves beside {SMALL:,}, KiB"
    rows.append(at_most(name, peaks[great][1], peaks[SMALL][1], 1.1))
    for label, said in PEERS.items():
        for kind in KINDS:
            name, ours = f"{kind}, {PEER:,} leaves beside pymerkle, {said}, µs", times[f"{PEER}", kind]
            beside = times.get((f"pymerkle {label}", kind))
            if beside is None:
                rows.append(Row(name, ours, None, None, None, None))
            elif label == "new":
                rows.append(at_least(name, times[label, kind], beside, 10))
            else:
                rows.append(Row(name, times[label, kind], beside, beside / times[label, kind], None, None))
    return rows


def _pair(ours: float, beside: float) -> tuple[float, float, float, None, None]:
    return ours, beside, ours / beside, None, None


def main() -> None:
    """Write the trails, ask all in turn, print the table and write it down."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the leaves, 200 rounds")
    parser.add_argument("--rounds", type=int, default=None)
    asked_for = parser.parse_args()
    middle, great = (QUICK[size] if asked_for.quick else size for size in (MIDDLE, GREAT))
    rounds = asked_for.rounds or (200 if asked_for.quick else 1000)
    console = Console()
    with tempfile.TemporaryDirectory() as name:
        folder, trails = Path(name), {}
        with Progress(console=console, transient=True) as progress:
            for size in dict.fromkeys((SMALL, PEER, middle, great)):
                bar = progress.add_task(f"writing the tiles of {size:,} leaves", total=size)
                write_tiles(folder / f"{size}", size, partial(progress.advance, bar))
                trails[size] = Ours(folder / f"{size}", size)
        asked = [each for size, ours in trails.items() for each in asked_of_ours(f"{size}", ours)]
        for size, ours in trails.items():
            ours.check(size // 3)
        with console.status("asking how much memory that takes, each size in a new process"):
            peaks = memory(folder, (SMALL, middle, great), rounds)
        times = medians(asked, rounds, console)
        if importlib.util.find_spec("pymerkle") is None:
            console.print(MISSING, markup=False)
        for label in PEERS if importlib.util.find_spec("pymerkle") else ():
            times |= beside_the_peer(label, folder / "pymerkle.db", trails[PEER], rounds, console)
    rows = rows_of(times, peaks, middle, great)
    tell(console, f"{rounds} proofs of each kind in turn, medians", rows)
    objects = ", ".join(f"{peaks[size][0]:,.0f} KiB at {size:,} leaves" for size in peaks)
    console.print(f"Python's objects took at most, while {2 * rounds} proofs were made: {objects}.")
    console.print(f"Written to {write('prove_tiles', rows)}.")


if __name__ == "__main__":
    main()
