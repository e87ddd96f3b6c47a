"""The README's snippets, run as a newcomer would: a demo served from an empty folder, and every `sh` block in order."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SNIPPET = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CURL = '''#!{python}
"""What the snippets use of curl, for a machine without it."""
import sys, urllib.error, urllib.request
arguments, headers, method, data, url = iter(sys.argv[1:]), {{}}, None, None, ""
for argument in arguments:
    if argument == "-H":
        name, _, value = next(arguments).partition(": ")
        headers[name] = value
    elif argument == "-X":
        method = next(arguments)
    elif argument == "-d":
        data = next(arguments).encode()
    elif argument != "-sS":
        url = argument
try:
    answer = urllib.request.urlopen(urllib.request.Request(url, data, headers, method=method), timeout=300)
except urllib.error.HTTPError as error:
    answer = error
sys.stdout.buffer.write(answer.read())
'''


@contextmanager
def served(folder: Path) -> Iterator[int]:
    """A demo in a folder, served on a free port until the block ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    command = [sys.executable, "-m", "api", "demo", "--port", str(port), "--data", str(folder / "var" / "demo")]
    with (folder / "served.log").open("w") as log:
        server = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT)
        try:
            while True:
                assert server.poll() is None, (folder / "served.log").read_text()
                try:
                    urllib.request.urlopen(f"http://127.0.0.1:{port}/v1/trail/checkpoint", timeout=60).close()
                    break
                except OSError:
                    time.sleep(0.1)
            yield port
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(timeout=600)


@pytest.fixture
def newcomers_folder(tmp_path: Path) -> Path:
    """What a clone after `make run` looks like, in so far as the snippets see it."""
    (tmp_path / "ledger").symlink_to(ROOT / "ledger")
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    for name, start in (("python", ""), ("netral", " -m api")):
        script = tmp_path / ".venv" / "bin" / name
        script.write_text(f'#!/bin/sh\nexec "{sys.executable}"{start} "$@"\n')
        script.chmod(0o755)
    if shutil.which("curl") is None:
        script = tmp_path / ".venv" / "bin" / "curl"
        script.write_text(CURL.format(python=sys.executable))
        script.chmod(0o755)
    return tmp_path


def test_the_snippets_of_the_readme_do_what_it_says(newcomers_folder: Path) -> None:
    """Each block runs to its end, and the answers are the ones that the text promises."""
    snippets = SNIPPET.findall((ROOT / "README.md").read_text())
    assert len(snippets) >= 2
    with served(newcomers_folder) as port:
        script = "\n".join(snippets).replace("127.0.0.1:8000", f"127.0.0.1:{port}")
        path = os.pathsep.join((os.environ["PATH"], str(newcomers_folder / ".venv" / "bin")))
        ran = subprocess.run(
            ["/bin/sh", "-eu"],
            input=script,
            cwd=newcomers_folder,
            env={"PATH": path, "PYTHONPATH": str(ROOT), "HOME": str(newcomers_folder)},
            capture_output=True,
            text=True,
            check=False,
            timeout=1_800,
        )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert ran.stderr == ""
    for promised in ("on_track", "complaint.referral_returned.v1", "netral-entry/v1", '"hashes":', "demo.invalid/"):
        assert promised in ran.stdout
    assert '"rule":"stage' in ran.stdout
    assert ran.stdout.count("11 root: recomputed from the entries") == 2
    assert "Sari" not in ran.stdout
