"""A key store of a test's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.keystore import KeyStore


@pytest.fixture
def keys(tmp_path: Path) -> Iterator[KeyStore]:
    """A new key store in keys.db."""
    store = KeyStore(tmp_path / "keys.db")
    try:
        yield store
    finally:
        store.close()
