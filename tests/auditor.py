"""The auditor: verify.py over a whole trail, in a process of its own, with nothing but the bundle and the key."""

from __future__ import annotations

import atexit
import json
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any, Final

import ledger.verify
from api.wiring import House
from ledger.trail.export import export

VERIFIER = Path(ledger.verify.__file__).with_name("verify.py")
SITTING: Final = """
import contextlib, importlib.util, io, json, sys
spec = importlib.util.spec_from_file_location("verifier", sys.argv[1])
verifier = importlib.util.module_from_spec(spec)
spec.loader.exec_module(verifier)
for line in sys.stdin:
    with contextlib.redirect_stdout(io.StringIO()) as told, contextlib.redirect_stderr(told):
        status = verifier.main(json.loads(line))
    print(json.dumps([status, told.getvalue()]), flush=True)
"""
"""One auditor who is handed one bundle after another: starting Python costs more than verifying a small trail."""


def verify(bundle: Path, key: str) -> subprocess.CompletedProcess[str]:
    """Run the verifier, isolated from the environment and from our packages."""
    command = [sys.executable, "-I", str(VERIFIER), str(bundle), "--key", key]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=1_200)


def audit(house: House) -> None:
    """Seal what is recorded, export it, and have the verifier accept it; an assertion error carries what it said."""
    house.sealer.seal()
    with tempfile.TemporaryDirectory() as folder:
        bundle = Path(folder) / "bundle"
        export(house.trail, bundle)
        status, told = _judged([str(bundle), "--key", house.signing.verifiers()[-1].vkey])
    assert status == 0, told


def _judged(words: list[str]) -> tuple[int, str]:
    auditor = _auditor()
    assert auditor.stdin is not None
    assert auditor.stdout is not None
    auditor.stdin.write(json.dumps(words) + "\n")
    auditor.stdin.flush()
    answer = auditor.stdout.readline()
    assert answer, f"the verifier ended by itself: {auditor.wait()}"
    status, told = json.loads(answer)
    return status, told


@cache
def _auditor() -> subprocess.Popen[str]:
    command: list[Any] = [sys.executable, "-I", "-c", SITTING, VERIFIER]
    auditor = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    atexit.register(_dismiss, auditor)
    return auditor


def _dismiss(auditor: subprocess.Popen[str]) -> None:
    auditor.communicate()  # the end of what it is handed ends it
