"""`netral serve`: the API over a ledger that exists."""

from __future__ import annotations

import signal
import socket
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from api.commands.asked import Folder, console, ledger_folder, say
from api.opened import open_as_set
from api.serving import HOST, listening_on, require_free_port
from api.serving import serve as serve_house
from api.workers import serve_with_workers
from ledger.errors import Invalid
from ledger.settings import read_settings

app = typer.Typer()


@app.command()
def serve(
    folder: Folder = None,
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="The API's port. (default: NETRAL_PORT, else 8000)")
    ] = None,
    host: Annotated[
        str, typer.Option(help=f"{HOST} and nothing else: development tokens are taken there only.")
    ] = HOST,
    workers: Annotated[int, typer.Option(min=1, max=64, help="How many processes serve; one of them seals.")] = 1,
) -> None:
    """Serve the API of a ledger on this machine, and seal and project what is recorded."""
    if host != HOST:
        raise Invalid(
            "--host",
            f"only {HOST} is served: development tokens are taken on loopback only. Put a proxy that knows its users "
            "before it on this machine",
        )
    place, settings = ledger_folder(folder)
    port = port or settings.port
    require_free_port(port)
    house = open_as_set(place, settings)
    try:
        say(f"{house.ledger.origin}, {house.store.size()} entries, in {place}\ntokens: netral token {place} --help")
        if workers == 1:
            serve_house(house, port, settings, console)
    finally:
        house.close()
    if workers > 1:
        with closing(listening_on(port)) as listening:
            told = f"API: http://{HOST}:{port}/docs  ({workers} workers, Ctrl-C to stop)"
            serve_with_workers(place, listening, workers, lambda: say(told))


@app.command(name="serve-worker", hidden=True)
def serve_worker(folder: Path, listening: int, alive: int) -> None:
    """One of the processes of `netral serve --workers`."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    settings = read_settings(folder)
    house = open_as_set(folder, settings)
    try:
        with socket.socket(fileno=listening) as shared:
            serve_house(house, settings.port, settings, console, (shared, alive))
    finally:
        house.close()
