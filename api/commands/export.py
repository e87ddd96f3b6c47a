"""`netral export`: what an auditor is handed."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated

import typer

from api.commands.asked import say
from api.wiring import TRAIL, VKEY
from ledger.errors import Missing
from ledger.settings import DEMO, read_settings
from ledger.trail.export import export

app = typer.Typer()


@app.command(name="export")
def export_bundle(
    destination: Annotated[Path, typer.Argument(help="A folder that is new, or that holds an earlier export.")],
    data: Annotated[Path | None, typer.Option(help=f"The ledger's folder. (default: NETRAL_DATA, else {DEMO})")] = None,
) -> None:
    """Write a bundle for an auditor: checkpoint, entries and hashes, as `verify.py` and others' tools read them."""
    folder = data or read_settings(data).data or DEMO
    if not (folder / TRAIL / "checkpoint").is_file():
        raise Missing(f"there is no sealed trail in {folder}: name the ledger's folder with --data")
    export(folder / TRAIL, destination)
    key = shlex.quote(f"@{folder / VKEY}")
    say(f"bundle: {destination}\nverify: python ledger/verify/verify.py {shlex.quote(str(destination))} --key {key}")
