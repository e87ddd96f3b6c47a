"""Ours beside its peers in one run: a table, and benchmarks/out/latest.json. `python -m benchmarks [--quick]`."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.table import Table

from benchmarks import appends, growth, http, importing, loading, postgres, rebuilding, uma
from benchmarks.measuring import Row

OUT: Final = Path(__file__).parent / "out" / "latest.json"
FAMILIES: Final[dict[str, Callable[..., Iterator[Row]]]] = {
    "appends": appends.appends,
    "batches": appends.batches,
    "importing": importing.importing,
    "loading": loading.loading,
    "rebuilding": rebuilding.rebuilding,
    "http": http.http,
    "growth": growth.growth,
    "postgres": postgres.appends,
    "umadb": uma.appends,
}


def main() -> None:
    """Run the families that are asked for, all of them by default."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="smaller sizes and fewer repeats: about two minutes")
    parser.add_argument("families", nargs="*", help=f"only these: {', '.join(FAMILIES)}")
    asked = parser.parse_args()
    console, rows = Console(), list[Row]()
    for name in asked.families or FAMILIES:
        with tempfile.TemporaryDirectory() as folder, console.status(name):
            rows += FAMILIES[name](Path(folder), quick=asked.quick)
    console.print(table(rows))
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps({**where(), "rows": [row.as_json() for row in rows]}, indent=1) + "\n")


def table(rows: list[Row]) -> Table:
    """The rows for people."""
    made = Table(title="interleaved, medians; units a second unless the name says cost or memory")
    for column in ("name", "ours", "peer", "ratio", "goal", "met"):
        made.add_column(column, justify="left" if column == "name" else "right")
    for row in rows:
        goal = "" if row.goal is None else f"{'≤' if row.at_most else '≥'} {row.goal:g}"
        met = {None: "", True: "[green]yes[/]", False: "[red]no[/]"}[row.met]
        made.add_row(row.name, f"{row.ours:,.0f}", f"{row.peer:,.0f}", f"{row.ratio:.2f}", goal, met)
    return made


def where() -> dict[str, object]:
    """On what, and of which commit."""
    head = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=False)  # noqa: S607
    machine = {
        "cpus": os.cpu_count(),
        "processor": platform.processor() or platform.machine(),
        "system": platform.platform(),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "load": os.getloadavg()[0],
    }
    return {"machine": machine, "commit": head.stdout.strip()}


if __name__ == "__main__":
    main()
