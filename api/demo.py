"""`netral demo`: real cases through the whole house, each step shown, nothing faked.

The folder is remade at each run, with a new ledger, origin and key; the genesis entry says that the clock is simulated.
"""

from __future__ import annotations

import shlex
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import orjson
from rich.console import Console
from rich.panel import Panel
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.text import Text

from api import auth
from api.auditing import verdict_on
from api.chronicles import people, register, together
from api.chronicles.places import record_places
from api.chronicles.play import Happened, by_registrar, instant, play
from api.chronicles.register import Register
from api.desks import desk
from api.reading import CaseOut, Reader
from api.showing import cases_table, desks_table, referrals_table
from api.wiring import VKEY, House, create_house, open_house
from ledger.clock import SimulatedClock, real_clock
from ledger.errors import Broken, Misconfigured
from ledger.itself.facts import ClockKind
from ledger.registrar import Receipt
from ledger.trail.export import export
from ledger.values import Actor, Role, Staff, StreamId

DOMAIN: Final = "demo.invalid"
STEPS: Final = 503
FILES: Final = 10
"""How many of K3's four hundred are told: a demo should not take a minute."""
BUNDLE: Final = "bundle"
TOKENS: Final = "tokens.json"
MARKER: Final = "netral-demo"


@dataclass(frozen=True, slots=True)
class Told:
    """What the demo recorded: the register and its names, complaints by their chronicles, and K3's hand-over."""

    offices: Register
    names: dict[StreamId, str]
    complaints: dict[str, StreamId]
    handover: StreamId


def run_demo(folder: Path, console: Console) -> House:
    """Remake the folder and play the demo; returns the ledger, open on the real clock."""
    _remake(folder)
    clock = SimulatedClock(instant("2024-05-02T01:00:00"))
    house = create_house(folder, domain=DOMAIN, kind=ClockKind.SIMULATED, operator=register.OPERATOR, clock=clock)
    try:
        told = _record(house, clock, console)
        sealed = house.sealer.seal()
        export(house.trail, folder / BUNDLE)
        console.print(f"[green]✓[/] Disegel · Sealed: {sealed.size} entri/entries, akar/root {sealed.root.hex()}")
        _verify(folder, console)
        _rebuild(house, console)
        _write_tokens(house, told.offices)
        _summary(folder, house, told, console)
    finally:
        house.close()
    # From here on people record what happens now: a simulated ledger may be told any time, so it takes the machine's.
    return open_house(folder, clock=real_clock)


def _remake(folder: Path) -> None:
    """Empty a demo's folder; a folder that no demo made is left alone."""
    if folder.exists() and any(folder.iterdir()) and not (folder / MARKER).exists():
        raise Misconfigured(f"{folder} holds something that no demo made: name another folder with --data")
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    (folder / MARKER).write_text("This folder is remade by every `netral demo`.\n")


def _record(house: House, clock: SimulatedClock, console: Console) -> Told:
    progress = Progress(
        TextColumn("Mencatat · Recording"), BarColumn(), MofNCompleteColumn(), console=console, transient=True
    )
    submit = by_registrar(house.registrar, clock)
    with progress:
        task = progress.add_task("record", total=STEPS)

        def tell(happened: Happened) -> None:
            progress.console.print(_line(happened), soft_wrap=True)
            progress.advance(task)

        law = register.adopt_law(house.registrar, house.stream)
        progress.console.print(_adopted(law), soft_wrap=True)
        offices, entered = register.record_register(house.stream, submit)
        places, more = record_places(offices, submit)
        for step in (*entered, *more):
            progress.console.print(f"[dim]  –  {step.at[:10]}[/]  {step.id} [dim]· {step.en}[/]", soft_wrap=True)
            progress.advance(task)
        told = together.chronicles(offices, places, FILES)
        streams = dict(zip(told, play(list(told.values()), submit, tell), strict=True))
        progress.update(task, total=progress.tasks[0].completed)
    names = {**offices.names, **places.names}
    return Told(offices, names, {name: streams[name] for name in together.CASES}, streams["K3"])


def _adopted(law: Receipt) -> str:
    held, at = f"{len(law.entries) - 1}", law.entries[0].at[:10]
    return (
        f"[dim]{law.first:>3}  {at}[/]  Hukum diadopsi: {held} peraturan dan kalender "
        f"[dim]· The law is adopted: {held} regulations and calendars[/]"
    )


def _line(happened: Happened) -> str:
    step = happened.step
    if happened.refusal is not None:
        said = f"[red]ditolak[/]: {happened.refusal.because.id} [dim]· refused: {happened.refusal.because.en}[/]"
        return f"[red]  ✗[/]  [dim]{step.at[:10]}[/]  {step.id} — {said}"
    position = happened.receipt.first if happened.receipt else 0
    return f"[dim]{position:>3}  {step.at[:10]}[/]  {step.id} [dim]· {step.en}[/]"


def _verify(folder: Path, console: Console) -> None:
    """Run the verifier as an auditor would, and show what it says."""
    verdict = verdict_on(folder / BUNDLE, folder / VKEY)
    title = "python -I verify.py (proses terpisah · a separate process)"
    console.print(Panel(Text(verdict.said), title=title, border_style="dim"))
    if not verdict.true:
        raise Broken("the verifier refused the bundle that was just made")


def _rebuild(house: House, console: Console) -> None:
    """Throw every projection away, make it again from the entries, and compare."""
    house.follower.catch_up()
    lives = {name: house.views.root(name) for name in house.views.projections}
    rebuilt = house.follower.rebuild_all(list(lives))
    for name, live in lives.items():
        if live != rebuilt[name]:
            raise Broken(f"the projection {name} is not what its entries make")
        console.print(
            f"[green]✓[/] Proyeksi · Projection {name}: dibangun ulang = hidup · rebuilt = live ({live[:16]}…)"
        )


def actors(house: House, offices: Register) -> dict[str, Actor]:
    """Who may try the demo's API, each with a token of their own office and role."""
    jambi, penuh = people.JAMBI, people.SUNGAI_PENUH
    return {
        "intake": Actor(offices.bawaslu_jambi, Role.INTAKE, jambi.intake),
        "examiner": Actor(offices.bawaslu_jambi, Role.EXAMINER, jambi.examiner),
        "plenary": Actor(offices.bawaslu_jambi, Role.PLENARY, jambi.secretary),
        "sungai_penuh_intake": Actor(offices.bawaslu_sungai_penuh, Role.INTAKE, penuh.intake),
        "sungai_penuh_examiner": Actor(offices.bawaslu_sungai_penuh, Role.EXAMINER, penuh.examiner),
        "kpu": Actor(offices.kpu_sungai_penuh, Role.INTAKE, people.KPU_CLERK),
        "archivist": Actor(offices.bkn, Role.HOLDER, people.KASN_ARCHIVIST),
        "bkn": Actor(offices.bkn, Role.INTAKE, people.BKN_CLERK),
        "bkn_holder": Actor(offices.bkn, Role.HOLDER, people.BKN_CLERK),
        "protection_officer": Actor(house.stream, Role.PROTECTION_OFFICER, Staff("pdp1.demo", "Petugas Pelindungan 1")),
        "second_officer": Actor(house.stream, Role.PROTECTION_OFFICER, Staff("pdp2.demo", "Petugas Pelindungan 2")),
        "auditor": Actor(house.stream, Role.AUDITOR, Staff("auditor.demo", "Auditor Contoh")),
        "registry": register.by_registry(house.stream),
    }


def _write_tokens(house: House, offices: Register) -> None:
    tokens = {name: auth.issue(house.keys, actor) for name, actor in actors(house, offices).items()}
    path = house.folder / TOKENS
    path.touch(mode=0o600)
    path.write_bytes(orjson.dumps(tokens, option=orjson.OPT_INDENT_2))


def _summary(folder: Path, house: House, told: Told, console: Console) -> None:
    reader, names = Reader(house.views), {str(office): name for office, name in told.names.items()}
    cases: dict[str, CaseOut] = {name: reader.case(stream).answer for name, stream in told.complaints.items()}
    console.print(cases_table(cases, names))
    console.print(referrals_table(cases["K4"], names))
    desks = [desk(house.views, office, house.clock()).answer for office in told.names]
    console.print(desks_table([each for each in desks if each.waiting], names))
    bundle, key = shlex.quote(str(folder / BUNDLE)), shlex.quote(f"@{folder / VKEY}")
    where = (
        f"ledger               {house.ledger.origin}  (jam simulasi · simulated clock)",
        f"data                 {folder}/  (ledger.db, keys.db, lock/, trail/, bundle/, trail.vkey, tokens.json)",
        f"verifikasi · verify  python ledger/verify/verify.py {bundle} --key {key}",
        *(f"perkara · case {name}    GET /v1/cases/{stream}" for name, stream in told.complaints.items()),
        f"serah terima · K3    GET /v1/handovers/{told.handover}",
        "meja · desk          GET /v1/offices/{office}/desk",
    )
    console.print("\n".join(where), soft_wrap=True, markup=False, highlight=False)
