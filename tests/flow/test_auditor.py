"""The auditor of these tests: who passes it has passed verify.py."""

from __future__ import annotations

import pytest

from api.chronicles.register import Register
from api.wiring import House
from tests.auditor import audit


def test_the_auditor_refuses_a_changed_entry_and_goes_on_to_the_next_trail(house: House, offices: Register) -> None:
    """One process judges all trails of a run: none of its verdicts may stick to the next."""
    assert offices.ledger == house.stream
    audit(house)
    bundle = house.trail / "tile" / "entries" / "000.p" / str(house.store.size())
    whole = bundle.read_bytes()
    bundle.write_bytes(whole.replace(b'"kind":"bawaslu"', b'"kind":"bawastu"', 1))
    with pytest.raises(AssertionError, match="FALSE: step 10"):
        audit(house)
    bundle.write_bytes(whole)
    audit(house)
