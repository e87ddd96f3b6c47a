"""`netral rules`: the law as data. Which rules there are, what one says, when a limit is over; and its adoption."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import orjson
import typer
from rich.markup import escape
from rich.table import Table

from api.clocks import replayed
from api.commands.asked import Folder, OperatorAccount, OperatorName, console, ledger_folder, recording, say, tell
from api.explaining import line_in
from api.opened import database_of
from api.rulings import editions_of, reckon, rulebook_in, span, start_of, store_in
from api.words import word
from ledger.adoption import adopt as adopt_law
from ledger.clock import real_clock
from ledger.errors import Invalid
from ledger.rulebook.law import Rule, Trigger
from ledger.rulebook.state import Placed, Rulebook
from ledger.rulefiles import SHIPPED, read_law
from ledger.settings import read_settings
from ledger.shape import instant_asked, instant_text
from ledger.speech import Language, Said
from ledger.values import STREAM, StreamId, Zone

app = typer.Typer(no_args_is_help=True, help="The law as data: list, show, due, adopt, explain.")

Data = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="The law that this ledger adopted. (default: the law that this release brings)"),
]
NOTHING_RUNS: Final = Said("No time limit ever started.", "Tidak ada batas waktu yang pernah mulai.")
RuleName = Annotated[str, typer.Argument(metavar="ID", help="The rule's id, such as pk.handle.")]


def _rulebook(data: Path | None) -> Rulebook:
    """The law that a ledger adopted, or without a folder the law that this release brings."""
    return rulebook_in(data, None if data is None else database_of(read_settings(data)))


@app.command(name="list")
def list_rules(data: Data = None) -> None:
    """Every rule with its limit, its legal basis, and whether its figure was verified."""
    rulebook = _rulebook(data)
    table = Table(title="aturan · rules", title_justify="left")
    table.add_column("aturan\nrule", no_wrap=True)
    table.add_column("batas, diperiksa?\nlimit, verified?", no_wrap=True)
    table.add_column("perihal, dasar\nmatter, basis", overflow="fold")
    for placed in sorted(rulebook.placed(), key=lambda each: (each.rule.id, each.rule.from_)):
        rule = placed.rule
        table.add_row(
            rule.id,
            f"{rule.limit} {word(rule.unit).id}\n{rule.limit} {word(rule.unit).en}\n{_mark(rule)}",
            escape(f"{rule.title_id}\n{rule.title_en}\n{placed.basis}\n{span(placed).id} · {span(placed).en}"),
            end_section=True,
        )
    console.print(table)


@app.command()
def show(rule: RuleName, data: Data = None) -> None:
    """One rule in all its editions: what starts, meets and ends its clock, who must act, and what follows otherwise."""
    for number, placed in enumerate(editions_of(_rulebook(data), rule)):
        if number:
            say("")
        _show(placed)


@app.command()
def due(
    rule: RuleName,
    start: Annotated[str, typer.Argument(metavar="START", help="The date or the instant at which the clock starts.")],
    zone: Annotated[Zone, typer.Option(help="Where the acting office's clocks stand.")] = Zone.WIB,
    as_json: Annotated[bool, typer.Option("--json", help="For a program: one JSON object.")] = False,
    data: Data = None,
) -> None:
    """When a limit that starts then is over, with the arithmetic written out. The due instant itself is too late."""
    found = reckon(_rulebook(data), rule, start_of(start), zone)
    placed, due_at = found.placed, instant_text(found.due.at)
    if as_json:
        told = {"rule": placed.rule.id, "due_at": due_at, "verified": found.verified, "trace": list(found.due.trace)}
        say(orjson.dumps(told).decode())
        return
    say(f"{placed.rule.id}: {placed.rule.title_id}\n{placed.rule.title_en}\n{placed.basis}\n")
    say("\n".join(f"  {line}" for line in found.due.trace))
    local = found.due.at.astimezone(zone.offset).strftime("%Y-%m-%d %H:%M")
    say(f"\nbatas · due  {due_at}  ({local} {word(zone).id})")
    if not found.verified:
        say("BELUM DIPERIKSA · NOT VERIFIED")
        if placed.rule.note_id and not placed.rule.verified:
            say(f"  {placed.rule.note_id}\n  {placed.rule.note_en}")
        if not found.due.verified:
            say("  Kalender tahun itu belum diperiksa.\n  The calendar of that year is not verified.")


@app.command()
def explain(
    complaint: Annotated[str, typer.Argument(metavar="COMPLAINT", help="The case, such as complaint-0f4c….")],
    folder: Annotated[
        Path | None, typer.Option("--data", metavar="DIR", help="The ledger. (default: NETRAL_DATA, else var)")
    ] = None,
    at: Annotated[str | None, typer.Option(metavar="INSTANT", help="As it stood then. (default: now)")] = None,
    language: Annotated[Language, typer.Option(help="Indonesian or English.")] = Language.ID,
    as_json: Annotated[bool, typer.Option("--json", help="For a program: one JSON object.")] = False,
) -> None:
    """Each time limit of a case in sentences, with its legal basis and arithmetic, read from the entries alone."""
    if not STREAM.fullmatch(complaint) or not complaint.startswith("complaint-"):
        raise Invalid("COMPLAINT", f"{complaint!r} is no case such as complaint- and 32 hex digits")
    instant = real_clock() if at is None else instant_asked("--at", at)
    place, settings = ledger_folder(folder)
    with store_in(place, database_of(settings)) as store:
        found = replayed(store, StreamId(complaint), instant)
    if as_json:
        say(orjson.dumps([each.model_dump(mode="json") for each in found]).decode())
        return
    if not found:
        say(NOTHING_RUNS.in_language(language))
    for each in found:
        told = Said(each.told.en, each.told.id).in_language(language)
        say(f"{each.deadline}. {each.rule}: {word(each.state).in_language(language)}\n   {told}")
        say("".join(f"      {line_in(line, language)}\n" for line in each.trace))


@app.command()
def adopt(
    folder: Folder = None,
    law: Annotated[
        Path,
        typer.Option("--from", metavar="DIR", help="A folder with rules/ and calendars/. (default: the shipped law)"),
    ] = SHIPPED,
    operator_account: OperatorAccount = None,
    operator_name: OperatorName = None,
) -> None:
    """Put the law into force in a ledger, whole, as facts; what is in force already is not recorded again."""
    told = read_law(law)
    with recording(folder, operator_account, operator_name) as (house, by, act):
        receipt = adopt_law(house.registrar, told, act=act, by=by)
    held = f"{len(told.regulations)} regulations, {len(told.years)} calendars"
    if receipt is None:
        say(f"exactly this law is in force already ({held}): nothing was recorded")
    else:
        say(f"the law is in force: {held}; entries {receipt.first} to {receipt.last}")


def _show(placed: Placed) -> None:
    rule = placed.rule
    say(f"{rule.id}: {rule.title_id}\n{rule.title_en}\n")
    rows = [
        ("dasar · basis", placed.basis),
        ("berlaku · in force", f"{span(placed).id} · {span(placed).en}"),
        ("rezim · regime", word(rule.regime).id),
        ("batas · limit", f"{rule.limit} {word(rule.unit).id} · {rule.limit} {word(rule.unit).en}"),
        ("dihitung · counted", _counted(rule)),
        ("dimulai · started by", _triggers(rule.started_by)),
        ("dipenuhi · met by", _triggers(rule.met_by)),
        ("berakhir · ended by", _triggers(rule.ended_by)),
        ("mengganti · replaces", rule.replaces or "-"),
        ("pelaku · who acts", f"{word(rule.doer).id} · {word(rule.doer).en}"),
        ("akibat · effect", rule.effect_id),
        ("", rule.effect_en),
        ("diperiksa · verified", _mark(rule)),
    ]
    if rule.note_id and rule.note_en:
        rows += [("catatan · note", rule.note_id), ("", rule.note_en)]
    tell(*rows, ("peraturan · regulation", f"{placed.regulation.code} {placed.digest}"))


def _mark(rule: Rule) -> str:
    return "✓ ya · yes" if rule.verified else "✗ BELUM · NO"


def _counted(rule: Rule) -> str:
    day = f"from {rule.counted_from or 'the act'}, by its {rule.start}"
    counting = rule.counting
    return f"{day}; first day: {counting.first_day}; last day: {counting.last_day}"


def _triggers(triggers: tuple[Trigger, ...]) -> str:
    return ", ".join(_trigger(each) for each in triggers) or "-"


def _trigger(trigger: Trigger) -> str:
    guards = [
        f"{trigger.member} = {' or '.join(sorted(trigger.among))}" if trigger.member else "",
        f"track {trigger.track}" if trigger.track else "",
        f"at {trigger.office}" if trigger.office else "",
        f"when {trigger.when}" if trigger.when else "",
    ]
    told = "; ".join(each for each in guards if each)
    return f"{trigger.topic} ({told})" if told else trigger.topic
