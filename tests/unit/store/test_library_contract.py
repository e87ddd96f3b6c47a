"""The event store library's own tests of a recorder, run against ours: where they pass, its readers may trust it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from unittest import TestCase
from uuid import uuid4

import pytest
from eventsourcing.persistence import StoredEvent

# The module and not its classes: pytest would run the abstract ones too.
from eventsourcing.tests import persistence as library

from ledger.clock import real_clock
from ledger.store.group import GroupCommit
from ledger.store.opening import Where, open_store
from ledger.store.recorder import LedgerRecorder
from ledger.store.rows import Append, Appended, new_event


class OurRecorder(TestCase):
    """What the library's tests ask for: a new recorder for each test, and stream ids as strings."""

    where: Where

    def create_recorder(self) -> LedgerRecorder:
        store = open_store(self.where, real_clock)
        self.addCleanup(store.close)
        return store.recorder

    def new_originator_id(self) -> str:
        return str(uuid4())


class OnSQLite(OurRecorder):
    """A file of one's own."""

    @pytest.fixture(autouse=True)
    def _file(self, tmp_path_factory: pytest.TempPathFactory) -> None:
        self.where = tmp_path_factory.mktemp("library") / "ledger.db"


class OnPostgreSQL(OurRecorder):
    """A database of one's own."""

    @pytest.fixture(autouse=True)
    def _database(self, request: pytest.FixtureRequest) -> None:
        self.where = request.getfixturevalue("database")


class Grouped(OurRecorder):
    """Its appends in groups, as the store asks it."""

    def create_recorder(self) -> LedgerRecorder:
        recorder = super().create_recorder()
        grouped = GroupCommit(recorder.insert_group)

        def insert_events(stored_events: Sequence[StoredEvent]) -> Appended:
            return grouped.append(Append(tuple(map(new_event, stored_events))))

        recorder.insert_events = insert_events  # type: ignore[method-assign, assignment]
        return recorder


class NobodySubscribes:
    """The one exception to what a recorder of an application does, and its test is optional in the library too."""

    create_recorder: Callable[[], LedgerRecorder]

    def test_nobody_subscribes(self) -> None:
        """Readers pull, nothing is pushed."""
        with pytest.raises(NotImplementedError, match="readers pull"):
            self.create_recorder().subscribe(gt=None)


class TestApplicationRecorder(OnSQLite, NobodySubscribes, library.ApplicationRecorderTestCase[LedgerRecorder]):
    """What a recorder of an application does; positions are contiguous."""


class TestApplicationRecorderOnPostgreSQL(
    OnPostgreSQL, NobodySubscribes, library.ApplicationRecorderTestCase[LedgerRecorder]
):
    """The same."""


class TestGroupedApplicationRecorder(
    Grouped, OnSQLite, NobodySubscribes, library.ApplicationRecorderTestCase[LedgerRecorder]
):
    """Where concurrent appends share transactions."""


class TestGroupedApplicationRecorderOnPostgreSQL(
    Grouped, OnPostgreSQL, NobodySubscribes, library.ApplicationRecorderTestCase[LedgerRecorder]
):
    """The same."""


class TestNotificationIds(OnSQLite, library.NonInterleavingNotificationIDsBaseCase):
    """The events of one append stand together, whoever else appends."""


class TestNotificationIdsOnPostgreSQL(OnPostgreSQL, library.NonInterleavingNotificationIDsBaseCase):
    """The same."""


class TestGroupedNotificationIds(Grouped, OnSQLite, library.NonInterleavingNotificationIDsBaseCase):
    """The events of one append stand together, also in a group."""


class TestGroupedNotificationIdsOnPostgreSQL(Grouped, OnPostgreSQL, library.NonInterleavingNotificationIDsBaseCase):
    """The same."""
