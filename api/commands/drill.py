"""`netral drill`: attack a copy of a ledger, and show who notices what."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import orjson
import typer
from rich.console import Console
from rich.table import Table

from api.drill.detectors import DETECTORS
from api.drill.matrix import ATTACKS, Result, markdown
from api.drill.matrix import drill as run_drill
from api.opened import require_file
from ledger.settings import read_settings

app = typer.Typer()
console = Console()


@app.command()
def drill(
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="[DIR]", help="A ledger to copy, which is not changed. (default: one made for it)"),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For a program: one JSON object.")] = False,
    as_markdown: Annotated[bool, typer.Option("--markdown", help="The page docs/drill.md.")] = False,
) -> None:
    """Attack a copy of a ledger in every known way; exit 0 if each attack is noticed or in the documented residue."""
    if folder is not None:
        require_file(read_settings(folder), "the drill attacks a copy of SQLite files")
    results: list[Result] = []
    with console.status("") as status:
        for each in run_drill(folder, lambda attack: status.update(f"{len(results) + 1}/{len(ATTACKS)} {attack.name}")):
            results.append(each)  # noqa: PERF402 (each is told as it comes)
    if as_json:
        typer.echo(orjson.dumps({"attacks": [each.told() for each in results]}).decode())
    elif as_markdown:
        typer.echo(markdown(results), nl=False)
    else:
        _show(results)
    raise typer.Exit(0 if all(each.as_documented for each in results) else 1)


def _show(results: list[Result]) -> None:
    table = Table(title="Who notices which attack")
    for name in ("attack", "attacker", *DETECTORS):
        table.add_column(name)
    for each in results:
        if each.tried:
            marks = ["x" if name in each.detected_by else "" for name in DETECTORS]
            table.add_row(each.attack.name, each.attack.attacker, *marks)
    console.print(table)
    for each in results:
        if each.attack.residue:
            console.print(f"undetected: {each.attack.name}: {each.attack.residue}", markup=False)
        if not each.as_documented:
            console.print(f"NOT AS DOCUMENTED: {each.attack.name}: {each.detected_by}", markup=False)
