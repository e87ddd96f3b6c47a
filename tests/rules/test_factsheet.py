"""docs/facts.md is what the catalogue says."""

from pathlib import Path

from api.factsheet import page
from ledger.catalogue import CATALOGUE

ROOT = Path(__file__).parents[2]


def test_the_page_of_facts_is_current() -> None:
    """A changed catalogue that did not write its page again would tell readers another law of the house."""
    assert (ROOT / "docs" / "facts.md").read_text() == page(), "write it again: python -m api.factsheet"


def test_every_topic_has_a_schema_of_its_whole_body() -> None:
    """Clients check what they read against it: the envelope, and every member of the fact."""
    for row in CATALOGUE.values():
        assert set(row.schema["properties"]) == {"act", "by", "fact", "nonce"}
        assert set(row.schema["properties"]["fact"]["properties"]) == {each.name for each in row.members}
