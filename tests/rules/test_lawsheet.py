"""docs/law.md is what the shipped law says."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.lawsheet import page
from ledger.rulebook.state import Placed
from ledger.rulefiles import shipped_law

ROOT = Path(__file__).parents[2]
LAW = shipped_law()
PAGE = page()


def test_the_page_of_the_law_is_current() -> None:
    """A changed rule that did not write its page again would tell readers another law than the ledger goes by."""
    assert (ROOT / "docs" / "law.md").read_text("utf-8") == PAGE, "write it again: python -m api.lawsheet"


@pytest.mark.parametrize("placed", list(LAW.rulebook().placed()), ids=lambda placed: placed.rule.id)
def test_a_rule_stands_there_with_article_unit_and_mark(placed: Placed) -> None:
    """In the table of all, in one row."""
    row = next(
        line for line in PAGE.splitlines() if line.startswith(f"| `{placed.rule.id}` |") and placed.basis in line
    )
    assert row.endswith("| ✓ |" if placed.rule.verified else "| ✗ |")
    assert placed.rule.unit.partition("_")[0] in row


def test_whatever_has_a_code_stands_there() -> None:
    """Kinds, sanctions, outcomes, tracks, regulations: none is left out of the page."""
    for regulation in LAW.regulations:
        assert f"| `{regulation.code}` |" in PAGE
        for held in (regulation.kinds, regulation.sanctions, regulation.outcomes, regulation.categories):
            assert all(f"| `{each.code}` |" in PAGE for each in held)
        assert all(f"| `{each.track}` |" in PAGE for each in regulation.competences)
        assert all(f"- `{each.body}` may not act" in PAGE for each in regulation.successions)
