"""`netral serve`: the API over a ledger that exists."""

from __future__ import annotations

from typing import Annotated

import typer

from api.commands.asked import Folder, console, ledger_folder, say
from api.opened import open_as_set
from api.serving import HOST, require_free_port
from api.serving import serve as serve_house
from ledger.errors import Invalid

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
        serve_house(house, port, settings, console)
    finally:
        house.close()
