"""`netral witness`: a small independent witness, which an agency runs for the trail of another."""

from __future__ import annotations

import socket
import time
from pathlib import Path
from typing import Annotated

import typer

from api.witnessing import serve_witness
from ledger.trail.checkpoint import Verifier
from ledger.trail.witness import Witness, WitnessUnready, read_or_make_key

app = typer.Typer(no_args_is_help=True, help="A witness for the trail of others: it needs no ledger.")

State = Annotated[Path, typer.Option(metavar="DIR", help="Where its key and its memory lie; made if it is new.")]
Name = Annotated[
    str | None,
    typer.Option(help="What it is called, for ever: a domain of yours and a path. (default: made from its key)"),
]


@app.command()
def serve(
    state: State,
    log: Annotated[list[str], typer.Option(metavar="VKEY", help="The key of a log to watch; again for each.")],
    port: Annotated[int, typer.Option(min=0, max=65535, help="0: any that is free.")] = 8010,
    host: Annotated[
        str, typer.Option(help="The address to listen at; elsewhere than here behind a proxy.")
    ] = "127.0.0.1",
    name: Name = None,
) -> None:
    """Cosign each checkpoint that continues the one before it, and never one that does not."""
    witness = Witness.open(state, name, [Verifier.from_vkey(each) for each in log], time.time)
    with listening(host, port) as opened:
        where = opened.getsockname()
        typer.echo(f"witness: {witness.vkey}\nlistening: http://{where[0]}:{where[1]}  (Ctrl-C to stop)")
        try:
            serve_witness(witness, opened)
        finally:
            witness.close()


@app.command()
def new(state: State, name: Name = None) -> None:
    """Make a witness's key, unless there is one, and print what others put into their policies."""
    typer.echo(read_or_make_key(state, name).cosigner.vkey)


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens; WitnessUnready when it cannot."""
    try:
        return socket.create_server((host, port))
    except OSError as error:
        raise WitnessUnready(f"{host}:{port} cannot be listened at: {error.strerror}") from error
