"""The page that names a test for each thing that the trail refuses."""

from __future__ import annotations

import re
from pathlib import Path

import tests

ROOT = Path(tests.__file__).parent


def test_every_test_that_the_page_names_is_there() -> None:
    """A refusal whose test was renamed or removed would stay on the page as a promise that nothing keeps."""
    named = set(re.findall(r"`(test_\w+)`", (ROOT.parent / "docs" / "assurance.md").read_text("utf-8")))
    written = {
        name
        for path in ROOT.rglob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", path.read_text("utf-8"), re.M)
    }
    assert len(named) > 60
    assert named - written == set()
