"""How fast verify.py reads an exported year, beside a bare loop that only reads the bundle and hashes each entry once.

Both run in this process, in turn, on the same files; what counts is the ratio of their medians. The bare loop is the
limit: it believes everything. Run from the repository: `python -m benchmarks.verify_year [--quick]`.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import track
from rich.table import Table

from benchmarks.year import write_bundle
from ledger.trail.tiles import Tile

VERIFIER = Path(__file__).resolve().parents[1] / "ledger" / "verify" / "verify.py"


def load() -> Any:
    """verify.py by its path, as the one file that it is."""
    spec = importlib.util.spec_from_file_location("verifier", VERIFIER)
    assert spec is not None  # noqa: S101
    assert spec.loader is not None  # noqa: S101
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def bare(folder: Path, size: int) -> None:
    """Read every entry bundle and hash every entry, and check nothing."""
    for start in range(0, size, 256):
        data, place = (folder / Tile(None, start // 256, min(256, size - start)).path).read_bytes(), 0
        while place < len(data):
            end = place + 2 + int.from_bytes(data[place : place + 2], "big")
            hashlib.sha256(b"\x00" + data[place + 2 : end]).digest()
            place = end


def timed(run: Callable[[], object]) -> float:
    """Seconds of the wall clock."""
    begin = time.perf_counter()
    run()
    return time.perf_counter() - begin


def main() -> None:
    """Make a year, run both in turn, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="20,000 entries, three repeats")
    parser.add_argument("--entries", type=int, default=None)
    parser.add_argument("--repeats", type=int, default=None)
    asked = parser.parse_args()
    size = asked.entries or (20_000 if asked.quick else 300_000)
    repeats = asked.repeats or (3 if asked.quick else 5)
    console, verifier = Console(), load()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with console.status(f"making a year of {size:,} entries"):
            key = write_bundle(folder, size)
        runs: dict[str, Callable[[], object]] = {
            "bare loop": lambda: bare(folder, size),
            "verify.py": lambda: verifier.verify(folder, key),
        }
        for run in runs.values():  # the first reading is the file system's
            run()
        seconds: dict[str, list[float]] = {label: [] for label in runs}
        for _ in track(range(repeats), "in turn", console=console, transient=True):
            for label, run in runs.items():
                seconds[label].append(timed(run))
    medians = {label: statistics.median(each) for label, each in seconds.items()}
    table = Table(title=f"{size:,} entries, {repeats} repeats in turn, medians")
    for column in ("", "ratio to the bare loop", "entries a second", "spread"):
        table.add_column(column, justify="left" if not column else "right")
    for label, median in medians.items():
        spread = f"{min(seconds[label]) / median:.2f} to {max(seconds[label]) / median:.2f}"
        table.add_row(label, f"{medians['bare loop'] / median:.3f}", f"{size / median:,.0f}", spread)
    console.print(table)
    console.print("The goal is a ratio of at least 0.4; one process, nothing beside the standard library.")


if __name__ == "__main__":
    main()
