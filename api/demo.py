"""`netral demo`: one real case through the whole house, each step shown, nothing faked.

The folder is remade at each run, with a new ledger, origin and key; the genesis entry says that the clock is simulated.
"""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

import orjson
from rich.console import Console, Group
from rich.panel import Panel
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text

import ledger.verify
from api import auth
from api.chronicles import k4, register
from api.reading import CaseOut, Reader
from api.wiring import VKEY, House, create_house, open_house
from ledger.clock import SimulatedClock, real_clock
from ledger.errors import Broken, Misconfigured
from ledger.itself.facts import ClockKind
from ledger.trail.sealer import export
from ledger.values import Actor, Role, Staff, StreamId

DOMAIN: Final = "demo.invalid"
STEPS: Final = 21
BUNDLE: Final = "bundle"
TOKENS: Final = "tokens.json"
MARKER: Final = "netral-demo"
VERIFIER: Final = Path(ledger.verify.__file__).with_name("verify.py")


def run_demo(folder: Path, console: Console) -> House:
    """Remake the folder and play the demo; returns the ledger, open on the real clock."""
    _remake(folder)
    clock = SimulatedClock(register.instant("2024-05-02T01:00:00"))
    house = create_house(folder, domain=DOMAIN, kind=ClockKind.SIMULATED, operator=register.OPERATOR, clock=clock)
    try:
        complaint, offices = _record(house, clock, console)
        sealed = house.sealer.seal()
        export(house.trail, folder / BUNDLE)
        console.print(f"[green]✓[/] Disegel · Sealed: {sealed.size} entri/entries, akar/root {sealed.root.hex()}")
        _verify(folder, console)
        _rebuild(house, console)
        case = Reader(house.views).case(complaint).answer
        _write_tokens(house, offices)
    finally:
        house.close()
    _summary(folder, house, case, offices, console)
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


def _record(house: House, clock: SimulatedClock, console: Console) -> tuple[StreamId, register.Register]:
    progress = Progress(
        TextColumn("Mencatat · Recording"), BarColumn(), MofNCompleteColumn(), console=console, transient=True
    )
    with progress:
        task = progress.add_task("record", total=STEPS)

        def tell(step: register.Step) -> None:
            first = step.receipt.entries[0]
            progress.console.print(
                f"[dim]{first.position:>3}  {first.at[:10]}[/]  {step.id}\n{'':17}[dim]{step.en}[/]", soft_wrap=True
            )
            progress.advance(task)

        scribe = register.Scribe(house.registrar, clock, house.stream, tell)
        offices = register.record_register(scribe)
        complaint = k4.record_k4(scribe, offices)
        register.end_kasn(scribe, offices)
    return complaint, offices


def _verify(folder: Path, console: Console) -> None:
    """Run the verifier as an auditor would: another process, isolated, with nothing of ours on its path."""
    found = subprocess.run(  # noqa: S603 (our own file, our own arguments)
        [sys.executable, "-I", str(VERIFIER), str(folder / BUNDLE), "--key", f"@{folder / VKEY}"],
        capture_output=True,
        text=True,
        check=False,
    )
    title = "python -I verify.py (proses terpisah · a separate process)"
    said = Text(found.stdout.strip() or found.stderr.strip())
    console.print(Panel(said, title=title, border_style="dim"))
    if found.returncode != 0:
        raise Broken("the verifier refused the bundle that was just made")


def _rebuild(house: House, console: Console) -> None:
    """Throw every projection away, make it again from the entries, and compare."""
    house.follower.catch_up()
    for name in house.views.projections:
        live = house.views.root(name)
        again = house.follower.rebuild(name)
        if live != again:
            raise Broken(f"the projection {name} is not what its entries make")
        console.print(
            f"[green]✓[/] Proyeksi · Projection {name}: dibangun ulang = hidup · rebuilt = live ({live[:16]}…)"
        )


def people(house: House, offices: register.Register) -> dict[str, Actor]:
    """Who may try the demo's API, each with a token of their own office and role."""
    return {
        "intake": Actor(offices.bawaslu, Role.INTAKE, k4.INTAKE),
        "examiner": Actor(offices.bawaslu, Role.EXAMINER, k4.EXAMINER),
        "plenary": Actor(offices.bawaslu, Role.PLENARY, k4.SECRETARY),
        "bkn": Actor(offices.bkn, Role.INTAKE, Staff("penerima.bkn", "Citra Penelaah")),
        "auditor": Actor(house.stream, Role.AUDITOR, Staff("auditor.demo", "Auditor Contoh")),
        "registry": register.by_registry(house.stream),
    }


def _write_tokens(house: House, offices: register.Register) -> None:
    tokens = {name: auth.issue(house.keys, actor) for name, actor in people(house, offices).items()}
    path = house.folder / TOKENS
    path.touch(mode=0o600)
    path.write_bytes(orjson.dumps(tokens, option=orjson.OPT_INDENT_2))


def _summary(folder: Path, house: House, case: CaseOut, offices: register.Register, console: Console) -> None:
    names = {offices.bawaslu: "Bawaslu Kota Jambi", offices.kasn: "KASN", offices.bkn: "BKN"}
    table = Table(title=f"{case.complaint}  ·  {case.stage}", title_justify="left")
    for heading in ("dugaan\nallegation", "terlapor\nrespondent", "kategori\ncategory", "keadaan\nstanding"):
        table.add_column(heading)
    table.add_column("pemegang\nholder")
    table.add_column("sejak\nsince")
    for allegation in case.allegations:
        table.add_row(
            str(allegation.allegation),
            f"{allegation.respondent} ({allegation.class_})",
            allegation.category,
            f"{allegation.standing} ({allegation.track}, #{allegation.referral})",
            names.get(StreamId(allegation.holder), allegation.holder),
            allegation.since,
        )
    referrals = Table(title="penerusan · referrals", title_justify="left")
    for heading in ("#", "kepada · to", "kajian · study", "tidak lazim · irregular", "keadaan · standing"):
        referrals.add_column(heading)
    for referral in case.referrals:
        referrals.add_row(
            str(referral.referral),
            names.get(StreamId(referral.to), referral.to),
            "ya · yes" if referral.study_attached else "tidak · no",
            ", ".join(referral.irregular) or "–",
            referral.standing + (f" ({referral.return_reason})" if referral.return_reason else ""),
        )
    bundle, key = shlex.quote(str(folder / BUNDLE)), shlex.quote(f"@{folder / VKEY}")
    where = "\n".join(
        (
            f"pemilik · owner      {names[StreamId(case.owner)]}",
            f"ledger               {house.ledger.origin}  (jam simulasi · simulated clock)",
            f"data                 {folder}/  (ledger.db, keys.db, lock/, trail/, bundle/, trail.vkey, tokens.json)",
            f"verifikasi · verify  python ledger/verify/verify.py {bundle} --key {key}",
            f"kasus · case         GET /v1/cases/{case.complaint}",
        )
    )
    console.print(Group(table, referrals))
    console.print(where, soft_wrap=True, markup=False, highlight=False)
