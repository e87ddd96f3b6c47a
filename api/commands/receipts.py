"""`netral receipt`: one entry's receipt, to be printed and kept."""

from __future__ import annotations

from typing import Annotated

import typer

from api.commands.asked import Folder, opened, say
from api.receipts import receipt_text

app = typer.Typer()


@app.command()
def receipt(
    position: Annotated[
        int, typer.Argument(min=0, help="The entry's place in the trail, as the receipt of a command has it.")
    ],
    folder: Folder = None,
) -> None:
    """Print the receipt of one entry: what was recorded, when, by whom, and the proof that it is sealed."""
    with opened(folder) as (house, _):
        say(receipt_text(house, position).removesuffix("\n"))
