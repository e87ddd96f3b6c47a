"""The drill's matrix: every attack is noticed by somebody, or stands in the documented residue with its reason."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import api
from api.drill.attack import ADMINISTRATOR, SIGNER, body_with, of_topic
from api.drill.detectors import DETECTORS
from api.drill.matrix import ATTACKS, Result, drill, markdown
from api.drill.world import NotHere
from ledger.codec import Entry
from tests.api.commands import files_below
from tests.cli.conftest import Netral

PAGE = Path(api.__file__).parents[1] / "docs" / "drill.md"


@pytest.fixture(scope="module")
def results() -> list[Result]:
    """One drill over a ledger made for it."""
    return list(drill())


@pytest.mark.slow
def test_no_attack_goes_unnoticed_that_the_documents_do_not_name(results: list[Result]) -> None:
    """And none is called unnoticed that somebody notices by now."""
    assert [each.told() for each in results if not each.as_documented or not each.tried] == []


@pytest.mark.slow
def test_the_page_is_what_a_drill_finds(results: list[Result]) -> None:
    """Make it anew: netral drill --markdown > docs/drill.md."""
    assert markdown(results) == PAGE.read_text()


def test_every_attack_has_a_name_of_its_own_and_both_attackers_have_many() -> None:
    """At least 25, as two kinds of insiders."""
    assert len({each.name for each in ATTACKS}) == len(ATTACKS) >= 25
    assert {each.attacker for each in ATTACKS} == {ADMINISTRATOR, SIGNER}


@pytest.mark.slow
def test_every_detector_earns_its_column(results: list[Result]) -> None:
    """A witness, a verifier and a monitor that notice nothing would be decoration; so would a store."""
    seen = {name for each in results for name in each.detected_by}
    assert seen >= set(DETECTORS) - {"sealer"}


def test_a_ledger_of_ones_own_is_drilled_and_left_as_it_is(
    netral: Netral, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program reads who noticed; what the ledger holds nothing for is not tried."""
    few = tuple(each for each in ATTACKS if each.name in ("edit a calendar", "go silent", "edit an entry"))
    monkeypatch.setattr("api.drill.matrix.ATTACKS", few)
    before = files_below(folder)
    done = netral("drill", folder, "--json")
    assert done.exit_code == 0
    told = {each["name"]: each for each in json.loads(done.output)["attacks"]}
    assert told["edit an entry"]["detected_by"] == ["store"]
    assert told["go silent"]["detected_by"] == ["monitor"]
    assert told["go silent"]["expected"] == "detected"
    assert told["edit a calendar"]["tried"] is False
    assert files_below(folder) == before


def test_what_an_insider_changes_is_spelt_as_the_codec_spells() -> None:
    """An attack that is noticed for its spelling would tell nothing."""
    entry = Entry(0, "ledger-" + "0" * 32, 1, "ledger.opened.v1", "2024-05-02T01:00:00Z", b'{"a":1,"nonce":"x"}')
    assert body_with(entry, nonce="y").body == b'{"a":1,"nonce":"y"}'
    with pytest.raises(NotHere):
        of_topic([entry], "complaint.filed")
