"""The command line as a user has it: the installed `netral`, in a folder of its own, on a terminal of 80 columns."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import api

ROOT = Path(api.__file__).parents[1]
NETRAL = Path(sys.executable).with_name("netral")


def environment(**more: str) -> dict[str, str]:
    """Nothing of the tests' own environment but where programs and this code are."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return {"PATH": path, "PYTHONPATH": str(ROOT), "COLUMNS": "80", "LANG": "C.UTF-8", **more}


def netral(folder: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run one command to its end."""
    return subprocess.run(
        [NETRAL, *arguments],
        cwd=folder,
        env=environment(**more),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=1_800,
    )


def serving(folder: Path, port: int) -> subprocess.Popen[str]:
    """Start the demo and leave it running; an interrupt reaches it as it would from a keyboard."""
    return subprocess.Popen(
        [NETRAL, "demo", "--port", str(port)],
        cwd=folder,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        # A shell that runs the tests in the background has them ignore interrupts, and children inherit that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )


def free_port() -> int:
    """A port that nobody listens on, most likely also in a moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def files_below(folder: Path) -> dict[str, bytes]:
    """Every file of a folder with its bytes."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
