"""docs/hand-overs.md is true: its code makes the digest of a manifest from the names of the files."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import api
from api.wiring import House
from ledger.clock import SimulatedClock
from ledger.handover.facts import HandoverOffered
from tests.flow.archive import Archive

PAGE = Path(api.__file__).parents[1] / "docs" / "hand-overs.md"


def test_the_pages_code_makes_a_manifests_digest(house: House, clock: SimulatedClock) -> None:
    """From the files in any order; and what it hashes are the very bytes of the items in the entry."""
    (code,) = re.findall(r"```python\n(.*?)```", PAGE.read_text(), re.DOTALL)
    told: dict[str, Any] = {}
    exec(code, told)  # noqa: S102 (the page's own code is what is tested)
    archive = Archive.of(house, clock, 12)
    position = archive.hand_over().first
    (recorded,) = house.store.read_from(position, 1)
    assert isinstance(recorded.fact, HandoverOffered)
    pile = [{"complaint": each, "allegation": 1, "referral": 2} for each in archive.complaints]
    assert told["digest"](pile) == told["digest"](pile[::-1]) == recorded.fact.digest
    entry = house.store.entry(position)
    assert entry is not None
    items = re.search(rb'"items":(\[.*?\])', entry.body)
    assert items is not None
    assert told["hashlib"].sha256(items[1]).hexdigest() == recorded.fact.digest
