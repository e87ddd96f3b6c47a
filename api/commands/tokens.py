"""`netral token`: a development token for one person of one office in one role."""

from __future__ import annotations

from typing import Annotated, Final

import typer
from rich.console import Console

from api import auth
from api.commands.asked import Folder, opened, staff
from api.registry import find_office
from ledger.values import Actor, Role

LEDGER: Final = "ledger"
app = typer.Typer()


@app.command()
def token(
    folder: Folder = None,
    *,
    account: Annotated[str, typer.Option(help="Their account: lowercase letters, digits and . _ @ -")],
    name: Annotated[str, typer.Option(help="Their name; it is sealed where they record.")],
    office: Annotated[
        str, typer.Option(help=f"Their office, by stream or name; or {LEDGER}: the registry, auditors, operators.")
    ],
    role: Annotated[Role, typer.Option(help="As what they record or ask.")],
) -> None:
    """Print a development token: who asks, for which office, in which role. It is taken on this machine only."""
    with opened(folder) as (house, _):
        stream = house.stream if office == LEDGER else find_office(house, office)
        made = auth.issue(house.keys, Actor(stream, role, staff("--account", account, name)))
    # The token alone goes to the standard output, so that a shell can take it into a variable.
    print(made)
    hours = int(auth.LIFETIME.total_seconds() // 3600)
    Console(stderr=True).print(
        f"valid for {hours} hours, as: Authorization: Bearer …", soft_wrap=True, markup=False, highlight=False
    )
