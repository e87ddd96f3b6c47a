"""`netral generate` and `netral import`: commands made by chance and a seed, and a file of commands recorded."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, Final

import orjson
import typer
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from api.commands.asked import Folder, console, opened, say, settle
from api.generating import generate as lines_of

if TYPE_CHECKING:
    from api.importing import Rejected, Tally

SOME_REJECTED: Final = 3
app = typer.Typer()


@app.command()
def generate(
    cases: Annotated[int, typer.Option(min=0, help="How many cases, of 5 to 35 facts each.")],
    seed: Annotated[int, typer.Option(min=0, help="The same seed gives the same bytes on every machine.")] = 1,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="A new file. (default: the standard output)")] = None,
) -> None:
    """Make commands by chance, as often and as long as real cases are: a file for `netral import`."""
    if out is None:
        for line in lines_of(cases, seed):
            sys.stdout.buffer.write(orjson.dumps(line) + b"\n")
        return
    with out.open("xb") as file:
        for line in lines_of(cases, seed):
            file.write(orjson.dumps(line) + b"\n")


@app.command(name="import")
def import_commands(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Commands, one JSON object a line.")],
    folder: Folder = None,
) -> None:
    """Record a file of commands, each once however often this runs: what was interrupted is begun again.

    What is refused stands with its reason in FILE.rejects.ndjson, and the exit code is 3; 1 where the ledger failed.
    """
    from api.importing import Importer

    rejects = file.with_suffix(".rejects.ndjson")
    with file.open("rb") as source, opened(folder) as (house, _):
        with _Rejects(rejects) as told:
            importer = Importer(house, told.add)
            try:
                importer.run(_shown(source, file, importer.tally))
            finally:
                settle(house)
        _summary(importer.tally, rejects)
    raise typer.Exit(SOME_REJECTED if importer.tally.rejected else 0)


class _Rejects:
    """The file of rejects, made anew by each run where there are any; its owner's alone, for it holds names."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[bytes] | None = None

    def __enter__(self) -> _Rejects:
        self._path.unlink(missing_ok=True)
        return self

    def add(self, rejected: Rejected) -> None:
        """One line more, which is in the file when this returns."""
        if self._file is None:
            self._file = os.fdopen(os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
        self._file.write(rejected.as_line())
        self._file.flush()

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()


def _shown(source: IO[bytes], file: Path, tally: Tally) -> Iterator[bytes]:
    """The lines, while a bar shows how far they are read."""
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("importing", total=file.stat().st_size)
        for line in source:
            yield line
            progress.update(task, advance=len(line), description=f"{tally.lines} lines, {tally.facts} facts")


def _summary(tally: Tally, rejects: Path) -> None:
    say(
        f"{tally.recorded} commands recorded, {tally.facts} facts; {tally.known} were recorded before; "
        f"{tally.rejected} rejected" + (f", with reasons: {rejects}" if tally.rejected else "")
    )
