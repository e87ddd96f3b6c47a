"""`netral monitor`: watch a trail from outside, for an auditor or a newspaper; it needs no ledger."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import orjson
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from api.alarms import Round
from api.fetching import Address
from api.monitoring import Monitor
from api.monitoring import Progress as Told
from ledger.errors import Misconfigured
from ledger.trail.checkpoint import Verifier
from ledger.trail.policy import Policy, parse_policy

app = typer.Typer()
console = Console()


@app.command()
def monitor(
    url: Annotated[str, typer.Argument(help="Where the trail is served, such as https://HOST/v1/trail.")],
    state: Annotated[Path, typer.Option(metavar="DIR", help="What this monitor has seen; made if it is new.")],
    key: Annotated[
        list[str] | None, typer.Option(metavar="VKEY", help="The log's key, or @FILE; again for one that was rotated.")
    ] = None,
    policy: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A policy: the log's keys, witnesses, organisations, quorum.")
    ] = None,
    token: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A file with an auditor's token: entries are hashed again too.")
    ] = None,
    silence: Annotated[
        float, typer.Option(metavar="SECONDS", min=0, help="Raise an alarm where nothing is new for so long; 0: never.")
    ] = 86400.0,
    every: Annotated[
        float | None, typer.Option(metavar="SECONDS", min=1, help="Look again and again. (default: once)")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For a program: one JSON object for each look.")] = False,
) -> None:
    """Look at a trail: exit 0 when all is well, 1 for an alarm, 3 when it cannot be reached."""
    told = None if policy is None else parse_policy(policy.read_bytes())
    keys = _keys(key or [], told)
    with closing(Address(url, None if token is None else token.read_text().strip())) as address:
        watch = Monitor(address, state, keys, entries=token is not None, policy=told, silence=silence, clock=time.time)
        while True:
            with _bar(shown=not as_json) as progress:
                found = watch.round(progress)
            _tell(found, as_json=as_json)
            if every is None or any(each.kind != "unreachable" for each in found.alarms):
                raise typer.Exit(_exit_code(found))
            time.sleep(every)


def _keys(given: list[str], policy: Policy | None) -> list[Verifier]:
    """The log's keys, from the command line and from the policy."""
    texts = [Path(each[1:]).read_text().strip() if each.startswith("@") else each for each in given]
    keys = [*map(Verifier.from_vkey, texts), *(each.verifier for each in (policy.logs if policy else ()))]
    if not keys:
        raise Misconfigured("say whose trail it is: --key VKEY or --policy FILE, from another source than the trail")
    return list(dict.fromkeys(keys))


def _exit_code(found: Round) -> int:
    if not found.alarms:
        return 0
    return 3 if all(each.kind == "unreachable" for each in found.alarms) else 1


@contextmanager
def _bar(*, shown: bool) -> Iterator[Told]:
    """A bar for people, which a program and a pipe do not see."""
    columns = (TextColumn("hashing"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not shown or not console.is_terminal) as progress:
        task = progress.add_task("hash", total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)


def _tell(found: Round, *, as_json: bool) -> None:
    if as_json:
        typer.echo(orjson.dumps({"well": not found.alarms, **asdict(found)}).decode())
        return
    what = "entries" if found.entries else "leaf hashes"
    if found.size:
        typer.echo(f"{found.origin}: size {found.size}, root {found.root}; {found.hashed} {what} hashed")
    if found.cosigned:
        typer.echo(f"cosigned by {', '.join(found.cosigned)}")
    for each in found.alarms:
        typer.echo(f"ALARM {each.kind}: {each.said}")
        if each.evidence:
            typer.echo(f"evidence: {each.evidence}")
    if not found.alarms:
        typer.echo("well")
