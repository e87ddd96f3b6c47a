"""`netral prove-clean`: whether anyone with a conflict of interest acted in a complaint, with positions."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any, Final

import orjson
import typer
from rich.table import Table

from api.cleanness import prove_clean
from api.commands.asked import console, ledger_folder, say
from api.opened import database_of
from ledger.clock import real_clock
from ledger.complaint.cleanness import As, Cleanness, InConflict, When
from ledger.errors import Invalid, NetralError
from ledger.settings import LEDGER
from ledger.speech import Language, Said
from ledger.values import STREAM, StreamId

app = typer.Typer()

CLEAN, NOT_CLEAN, MISUSED = 0, 1, 2

WORDS: Final = {
    When.AFTER: Said("AFTER on record", "SETELAH tercatat"),
    When.BEFORE: Said("before on record", "sebelum tercatat"),
    When.BEFORE_NAMED: Said("before the naming", "sebelum disebut"),
    As.RECORDER: Said("recorded", "mencatat"),
    As.VOTER: Said("voted", "memberi suara"),
    As.OFFICE: Said("acted as an office", "bertindak sebagai lembaga"),
}
HEAD_CONFLICTS: Final = (
    Said("who", "siapa"),
    Said("respondent", "terlapor"),
    Said("on record in", "tercatat di"),
)
HEAD_ACTS: Final = (
    Said("version", "versi"),
    Said("position", "posisi"),
    Said("fact, who, towards whom, as", "fakta, siapa, terhadap, sebagai"),
    Said("when", "kapan"),
)
SHORT: Final = 18
"""Characters of an office's stream that tell offices apart."""
VERDICTS: Final = {
    True: Said(
        "clean: nobody acted on a respondent towards whom they have a conflict of interest",
        "bersih: tidak ada yang bertindak atas terlapor yang dengannya ia berbenturan kepentingan",
    ),
    False: Said(
        "NOT CLEAN: acts by somebody with a conflict of interest: {count}",
        "TIDAK BERSIH: tindakan oleh yang berbenturan kepentingan: {count}",
    ),
}


@app.command(name="prove-clean")
def prove(
    complaint: Annotated[str, typer.Argument(metavar="COMPLAINT", help="The complaint's stream: complaint-….")],
    data: Annotated[
        Path | None, typer.Option(metavar="DIR", help=f"The ledger's folder. (default: NETRAL_DATA, else {LEDGER})")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For a program: one JSON object.")] = False,
    language: Annotated[Language | None, typer.Option(help="id or en. (default: both)", show_default=False)] = None,
) -> None:
    """Replay a complaint and say whether anyone conflicted acted; exit 0 clean, 1 not clean, 2 if it cannot be said."""
    try:
        if not STREAM.fullmatch(complaint) or not complaint.startswith("complaint-"):
            raise Invalid("COMPLAINT", f"{complaint!r} is no complaint's stream: complaint- and 32 hex digits are")
        place, settings = ledger_folder(data)
        found = prove_clean(place, StreamId(complaint), real_clock, database_of(settings))
    except (NetralError, OSError) as error:
        typer.echo(f"netral: {error}", err=True)
        raise typer.Exit(MISUSED) from error
    if as_json:
        say(orjson.dumps(told(StreamId(complaint), found)).decode())
    else:
        _show(complaint, found, language)
    raise typer.Exit(CLEAN if found.clean else NOT_CLEAN)


def told(complaint: StreamId, found: Cleanness) -> dict[str, Any]:
    """The proof as JSON; where the register of officials alone says so, there is no version to name."""
    return {
        "complaint": complaint,
        "version": found.version,
        "clean": found.clean,
        "conflicts": [_conflict(each) for each in found.conflicts],
        "acts": [
            _conflict(each.conflict) | {name: held for name, held in asdict(each).items() if name != "conflict"}
            for each in found.acts
        ],
    }


def _conflict(conflict: InConflict) -> dict[str, Any]:
    """Who and towards whom; the position of a relation in the register would link its official to this case."""
    recorded = {} if conflict.version is None else {"recorded_version": conflict.version}
    return {"who": conflict.who, "respondent": conflict.respondent, "in_complaint": bool(recorded), **recorded}


def _show(complaint: str, found: Cleanness, language: Language | None) -> None:
    conflicts = _table(Said("conflicts of interest", "benturan kepentingan"), language, HEAD_CONFLICTS)
    for each in found.conflicts:
        conflicts.add_row(_who(each), each.respondent, _in(_where(each), language, "\n"))
    acts = _table(Said("acts of theirs", "tindakan mereka"), language, HEAD_ACTS)
    for act in found.acts:
        acts.add_row(
            str(act.version),
            str(act.position),
            f"{act.topic}\n{_who(act.conflict)} → {act.conflict.respondent}: {_in(WORDS[act.acted], language, ' · ')}",
            _in(WORDS[act.when], language, "\n"),
            end_section=True,
        )
    say(f"{complaint}  ({found.version})")
    for table in (conflicts, acts):
        if table.row_count:
            console.print(table)
    count = sum(each.when is not When.BEFORE_NAMED for each in found.acts)
    verdict = VERDICTS[found.clean]
    say(_in(Said(verdict.en.format(count=count), verdict.id.format(count=count)), language, "\n"))


def _table(title: Said, language: Language | None, headings: tuple[Said, ...]) -> Table:
    table = Table(title=_in(title, language, " · "), title_justify="left")
    for heading in headings:
        table.add_column(_in(heading, language, "\n"), overflow="fold")
    return table


def _who(conflict: InConflict) -> str:
    """A member of staff by handle; an office by as much of its stream as tells offices apart."""
    return conflict.who if len(conflict.who) < SHORT else f"{conflict.who[:SHORT]}…"


def _where(conflict: InConflict) -> Said:
    """Where a conflict is on record."""
    if conflict.version is None:
        return Said("the register of officials alone", "daftar pejabat saja")
    version = conflict.version
    return Said(f"the complaint, version {version}", f"perkara ini, versi {version}")


def _in(said: Said, language: Language | None, between: str) -> str:
    """One language, or both with the law's own first."""
    return f"{said.id}{between}{said.en}" if language is None else said.in_language(language)
