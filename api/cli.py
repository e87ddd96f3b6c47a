"""The command line: `netral demo` shows the whole house, `netral export` writes a bundle for an auditor."""

from __future__ import annotations

import io
import shlex
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from api.demo import run_demo
from api.serving import port_is_free, serve
from api.wiring import TRAIL, VKEY
from ledger.errors import NetralError
from ledger.settings import read_settings
from ledger.trail.sealer import export

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)
console = Console()


@app.callback()
def about() -> None:
    """Netral: a ledger of neutrality complaints that nobody can rewrite and anybody can check."""


@app.command()
def demo(
    once: Annotated[bool, typer.Option("--once", help="Stop after the summary instead of serving the API.")] = False,
    data: Annotated[Path | None, typer.Option(help="The folder, remade at each run. [default: var/demo]")] = None,
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="The API's port. [default: 8000]")] = None,
) -> None:
    """Open a simulated ledger, record a real case, seal it, verify it from outside, and serve the API."""
    settings = read_settings()
    port = port or settings.port
    if not once and not port_is_free(port):
        raise typer.Exit(
            _fail(f"port {port} of 127.0.0.1 is taken: stop what listens there, or choose another: --port")
        )
    house = run_demo(data or settings.data, console)
    try:
        if not once:
            serve(house, port, settings.follow_seconds, console, settings.max_body)
    finally:
        house.close()


@app.command(name="export")
def export_bundle(
    destination: Annotated[Path, typer.Argument(help="A folder that is new, or that holds an earlier export.")],
    data: Annotated[Path | None, typer.Option(help="The ledger's folder. [default: var/demo]")] = None,
) -> None:
    """Write a bundle: checkpoint, entry bundles and hash tiles, as `verify.py` and other makers' tools read them."""
    folder = data or read_settings().data
    if not (folder / TRAIL / "checkpoint").is_file():
        raise typer.Exit(_fail(f"there is no sealed trail in {folder}"))
    export(folder / TRAIL, destination)
    key = shlex.quote(f"@{folder / VKEY}")
    verify = f"python ledger/verify/verify.py {shlex.quote(str(destination))} --key {key}"
    console.print(f"bundle: {destination}\nverify: {verify}", soft_wrap=True, markup=False, highlight=False)


def main() -> None:
    """Run the command line; the ledger's errors and the file system's end in one sentence, never in a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal whose encoding lacks a letter shows another in its place.
            stream.reconfigure(errors="replace")
    try:
        app()
    except (NetralError, OSError) as error:
        sys.exit(_fail(_sentence(error)))


def _sentence(error: Exception) -> str:
    if isinstance(error, OSError) and error.filename is not None:
        return f"{error.filename}: {error.strerror}"
    return str(error)


def _fail(sentence: str) -> int:
    Console(stderr=True).print(f"netral: {sentence}", style="red", soft_wrap=True, markup=False, highlight=False)
    return 1
