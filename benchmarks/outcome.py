"""What a benchmark found: a table for people, and one file for machines, written below benchmarks/out."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "benchmarks" / "out"


@dataclass(frozen=True)
class Row:
    """One comparison: two figures of the same unit, their ratio, and whether it reaches its goal; None without one."""

    name: str
    ours: float
    peer: float | None
    ratio: float | None
    goal: str | None
    met: bool | None


def at_most(name: str, ours: float, peer: float, limit: float) -> Row:
    """Ours over the other's, which must not be more than a limit."""
    return Row(name, ours, peer, ours / peer, f"at most {limit:g}", ours / peer <= limit)


def at_least(name: str, ours: float, peer: float, times: float) -> Row:
    """How many times ours is below the other's, which must not be less than a number of times."""
    return Row(name, ours, peer, peer / ours, f"at least {times:g}", peer / ours >= times)


def tell(console: Console, title: str, rows: list[Row]) -> None:
    """Print the table."""
    table = Table(title=title)
    for column in ("", "ours", "beside", "ratio", "goal", "met"):
        table.add_column(column, justify="right" if column in ("ours", "beside", "ratio") else "left")
    for row in rows:
        met = {None: "", True: "yes", False: "[red]no[/red]"}[row.met]
        table.add_row(row.name, _figure(row.ours), _figure(row.peer), _figure(row.ratio), row.goal or "", met)
    console.print(table)


def write(name: str, rows: list[Row]) -> Path:
    """Write benchmarks/out/<name>.json: the machine, the commit and the rows."""
    OUT.mkdir(exist_ok=True)
    path = OUT / f"{name}.json"
    outcome = {"machine": _machine(), "commit": _commit(), "rows": [asdict(row) for row in rows]}
    path.write_text(json.dumps(outcome, indent=2) + "\n", "utf-8")
    return path


def _figure(value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:,.0f}" if value >= 100 else f"{value:.2f}"


def _machine() -> str:
    return f"{platform.machine()}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"


def _commit() -> str:
    """The commit that was measured, with a plus where the tree was changed since."""
    asked = ["git", "-C", str(ROOT), "describe", "--always", "--abbrev=12", "--dirty=+", "--exclude=*"]
    found = subprocess.run(asked, capture_output=True, text=True, check=False)  # noqa: S603 (fixed words)
    return found.stdout.strip() or "unknown"
