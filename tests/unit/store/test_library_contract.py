"""The event store library's own tests of a recorder, run against ours: where they pass, its readers may trust it."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from unittest import TestCase
from uuid import uuid4

import pytest
from eventsourcing.persistence import StoredEvent

# The module and not its classes: pytest would run the abstract ones too.
from eventsourcing.tests import persistence as library

from ledger.clock import real_clock
from ledger.store.group import GroupCommit
from ledger.store.opening import open_store
from ledger.store.pool import LedgerDatastore
from ledger.store.rows import Append, Appended, new_event
from ledger.store.sqlite import Recorder


class OurRecorder(TestCase):
    """What the library's tests ask for: a new recorder for each test, and stream ids as strings."""

    def create_recorder(self) -> Recorder:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        store = open_store(Path(folder.name) / "ledger.db", real_clock)
        self.addCleanup(store.close)
        return store.recorder

    def new_originator_id(self) -> str:
        return str(uuid4())


class TestApplicationRecorder(OurRecorder, library.ApplicationRecorderTestCase[Recorder]):
    """What a recorder of an application does; positions are contiguous."""

    def test_nobody_subscribes(self) -> None:
        """The one exception, whose test is optional in the library too: readers pull, nothing is pushed."""
        with pytest.raises(NotImplementedError, match="readers pull"):
            self.create_recorder().subscribe(gt=None)


class TestNotificationIds(OurRecorder, library.NonInterleavingNotificationIDsBaseCase):
    """The events of one append stand together, whoever else appends."""


class GroupedRecorder(Recorder):
    """The recorder with its appends in groups, as the store asks it."""

    def insert_events(self, stored_events: Sequence[StoredEvent]) -> Appended:  # type: ignore[override]
        return self.grouped.append(Append(tuple(map(new_event, stored_events))))

    @cached_property
    def grouped(self) -> GroupCommit:
        return GroupCommit(self.insert_group)


class OurGroupedRecorder(OurRecorder):
    """The same recorder, in groups."""

    def create_recorder(self) -> Recorder:
        datastore = super().create_recorder().datastore
        assert isinstance(datastore, LedgerDatastore)
        return GroupedRecorder(datastore, real_clock)


class TestGroupedApplicationRecorder(OurGroupedRecorder, library.ApplicationRecorderTestCase[Recorder]):
    """What a recorder of an application does, where concurrent appends share transactions."""

    def test_nobody_subscribes(self) -> None:
        """As above."""
        with pytest.raises(NotImplementedError, match="readers pull"):
            self.create_recorder().subscribe(gt=None)


class TestGroupedNotificationIds(OurGroupedRecorder, library.NonInterleavingNotificationIDsBaseCase):
    """The events of one append stand together, also in a group."""
