"""`make` on a machine that is not ready: one sentence that says what is missing, before anything is made."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.api.commands import ROOT

MAKE = shutil.which("make") or ""
pytestmark = pytest.mark.skipif(not MAKE, reason="make is not installed")

OLD = f"""#!/bin/sh
[ "$1" = -V ] && echo "Python 3.10.9" && exit
exec '{sys.executable}' -c "import sys; sys.version_info = (3, 10, 9); $2"
"""
"""A Python that takes itself for the release before the oldest that we support."""
CHOOSE = "Say which one with: make PYTHON=/path/to/python3"
WITHOUT_VENV = """#!/bin/sh
case "$2" in *venv*) echo "Traceback: No module named venv" >&2; exit 1;; esac
"""
"""A Python that is new enough and has no venv module, as Debian ships it."""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The Makefile in a folder of its own, beside the files that it asks for."""
    folder = tmp_path / "checkout"
    folder.mkdir()
    for name in ("Makefile", "pyproject.toml", "requirements.lock", "requirements-dev.lock"):
        shutil.copy(ROOT / name, folder)
    return folder


def make(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run make as from a shell that has nothing of the make that may run these tests."""
    return subprocess.run(
        [MAKE, *arguments],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )


def script(folder: Path, text: str) -> Path:
    path = folder.parent / "python"
    path.write_text(text)
    path.chmod(0o755)
    return path


def said(done: subprocess.CompletedProcess[str]) -> list[str]:
    """Every line but make's own last word."""
    return [line for line in (done.stdout + done.stderr).splitlines() if not line.startswith("make: ")]


@pytest.mark.parametrize("target", ["run", "test"])
def test_a_python_that_is_too_old_is_named_with_its_version(checkout: Path, target: str) -> None:
    """And how to choose another one."""
    python = script(checkout, OLD)
    done = make(checkout, target, f"PYTHON={python}")
    assert done.returncode != 0
    assert said(done) == [f"Netral needs Python 3.11 or newer; '{python}' is Python 3.10.9. {CHOOSE}"]
    assert not (checkout / ".venv").exists()


def test_a_python_that_is_not_there_is_named(checkout: Path) -> None:
    """Not found is not too old."""
    done = make(checkout, "run", "PYTHON=python-of-nobody")
    assert done.returncode != 0
    assert said(done) == [f"Netral needs Python 3.11 or newer; no 'python-of-nobody' was found. {CHOOSE}"]
    assert not (checkout / ".venv").exists()


def test_a_python_without_venv_says_which_package_brings_it(checkout: Path) -> None:
    """Debian and Ubuntu ship it apart."""
    done = make(checkout, "run", f"PYTHON={script(checkout, WITHOUT_VENV)}")
    assert done.returncode != 0
    assert said(done) == ["Netral needs Python's venv module (on Debian and Ubuntu: apt install python3-venv)."]
    assert not (checkout / ".venv").exists()
