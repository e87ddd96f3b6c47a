"""`netral demo`: the whole house with real cases, in a folder that is remade at each run."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.commands.asked import console
from api.demo import run_demo
from api.opened import require_file
from api.serving import require_free_port, serve
from ledger.settings import DEMO, read_settings

app = typer.Typer()


@app.command()
def demo(
    once: Annotated[bool, typer.Option("--once", help="Stop after the summary instead of serving the API.")] = False,
    data: Annotated[Path | None, typer.Option(help=f"The folder, remade at each run. (default: {DEMO})")] = None,
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="The API's port. (default: 8000)")] = None,
) -> None:
    """Show the whole house: record real cases in a simulated ledger, seal, verify, and serve them."""
    settings = read_settings(data)
    require_file(settings, "the demo is remade at each run, which a PostgreSQL trail never is")
    port = port or settings.port
    if not once:
        require_free_port(port)
    house = run_demo(data or settings.data or DEMO, console)
    try:
        if not once:
            serve(house, port, settings, console)
    finally:
        house.close()
