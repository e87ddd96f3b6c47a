"""Who may know whom: the direction of every dependency, read from the imports."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.rules.sources import (
    HOUSE,
    Module,
    Rule,
    all_of,
    breaks,
    importing,
    importing_other_than,
    keep,
    named,
)

UPWARDS = importing("api", "projections", "tests")
SIDEWAYS = importing("api", "tests")
TRAIL = importing_other_than("ledger.trail", "ledger.errors")
WITNESS = importing_other_than("ledger.trail", "api.witnessing")
MONITOR = importing_other_than("ledger.trail", "ledger.errors", "api.monitoring", "api.fetching", "api.alarms")
STORE = importing_other_than(
    "ledger.store", "ledger.clock", "ledger.codec", "ledger.errors", "ledger.shape", "ledger.speech", "ledger.values"
)
LIBRARY = importing("eventsourcing")
ENVIRONMENT = all_of(named("environ", "environb", "getenv", "putenv"), importing("pydantic_settings", "dotenv"))
HTTP = all_of(
    importing("fastapi", "starlette", "uvicorn", "http", "httpx", "httpx2", "urllib", "requests", "aiohttp"),
    named("status_code", "HTTPStatus", "HTTPException"),
)
SEALED = all_of(
    importing("ledger.vault", "ledger.keystore", "ledger.preparation"),
    named("sealed_value", "unseal", "subject_key", "Opened"),
)
VERIFIER = importing("ledger.verify.verify")
SQLITE = importing("sqlite3")
POSTGRES = importing("psycopg", "psycopg_pool")
CORE = importing("sqlalchemy")
HIDDEN = all_of(importing("importlib", "runpy"), named("__import__", "exec", "eval", "import_module"))


def writing(module: Module) -> Iterator[tuple[int, str]]:
    """Appending to a store, or calling its recorder."""
    for node in module.nodes:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value
            name = owner.attr if isinstance(owner, ast.Attribute) else owner.id if isinstance(owner, ast.Name) else ""
            to_the_store = node.func.attr == "append" and name.lstrip("_") == "store"
            if to_the_store or node.func.attr in ("insert_events", "insert_group"):
                yield node.lineno, f"writes by {ast.unparse(node.func)}"


def test_the_ledger_knows_neither_the_api_nor_the_projections() -> None:
    """What is recorded for ever must not depend on who asks for it, or on how it is shown this year."""
    keep(UPWARDS, "ledger")


def test_the_projections_do_not_know_the_api() -> None:
    """A view is a function of the facts; who reads it, and over which protocol, is the window's concern."""
    keep(SIDEWAYS, "projections")


def test_the_house_does_not_import_its_tests() -> None:
    """What is installed is what runs; the tests stay at home."""
    keep(importing("tests"), *HOUSE)


def test_the_trail_sees_bytes_and_never_complaints() -> None:
    """A tree that knew a concept could treat one entry otherwise than another."""
    keep(TRAIL, "ledger/trail")


def test_a_witness_knows_no_ledger() -> None:
    """An agency runs it for another's trail: what it could know of a ledger, it could be made to overlook."""
    keep(WITNESS, "api/witnessing.py", "api/commands/witness.py")


def test_a_monitor_knows_no_ledger() -> None:
    """It stands outside, with nothing but a key and an address."""
    keep(MONITOR, "api/monitoring.py", "api/fetching.py", "api/commands/monitor.py")


def test_the_store_knows_entries_and_no_concept() -> None:
    """It keeps what it is given: a rule of the domain in the store would be enforced by nobody else."""
    keep(STORE, "ledger/store")


def test_the_event_store_library_is_known_in_one_folder() -> None:
    """It can be replaced, or upgraded past a trap, by reading one folder."""
    keep(LIBRARY, *HOUSE, but=["ledger/store"])


def test_the_environment_is_read_in_one_file() -> None:
    """An operator finds every setting in one place, and a decision cannot depend on a variable."""
    keep(ENVIRONMENT, *HOUSE, but=["ledger/settings.py"])


def test_http_is_known_to_the_windows_alone() -> None:
    """Errors carry whose fault they are; what that is in HTTP stands in api/problems.py, once."""
    keep(HTTP, "ledger", "projections")


def test_projections_never_open_what_is_sealed() -> None:
    """A view with a root must be the same after a person was erased; so it may not have read their values before."""
    keep(SEALED, "projections")


def test_nothing_shares_code_with_the_verifier() -> None:
    """It re-implements what it checks: a mistake made once must not be believed twice."""
    keep(VERIFIER, *HOUSE)


def test_databases_are_opened_in_five_places() -> None:
    """Events, keys, the journal of openings, a witness, views: each has a file and a module that knows the driver.

    The drill comes in beside them, as an attacker does; `sharing` is given a connection, and knows its errors.
    """
    keep(
        SQLITE,
        *HOUSE,
        but=[
            "ledger/store",
            *(f"ledger/{each}.py" for each in ("keystore", "sharing", "journal", "trail/witness")),
            "api/drill",
        ],
    )
    keep(POSTGRES, *HOUSE, but=["ledger/store"])
    asking = ("reading", "clocks", "desks", "elections", "handovers", "lists", "searching", "succession")
    keep(CORE, *HOUSE, but=["projections", *(f"api/{each}.py" for each in asking)])


def test_every_entry_comes_in_by_the_registrar_or_the_founding() -> None:
    """A second way in would be one without decision, guards, receipt or idempotency."""
    keep(writing, *HOUSE, but=["ledger/registrar.py", "ledger/founding.py", "ledger/store"])


def test_no_import_is_hidden_from_these_rules() -> None:
    """What is imported by a string at run time stands in no tree."""
    keep(HIDDEN, *HOUSE)


@pytest.mark.parametrize(
    ("rule", "path", "source"),
    [
        (UPWARDS, "ledger/codec.py", "from api.problems import STATUSES"),
        (UPWARDS, "ledger/codec.py", "def late():\n    import projections.views"),
        (UPWARDS, "ledger/store/rows.py", "from ...api import auth"),
        (SIDEWAYS, "projections/cases.py", "if TYPE_CHECKING:\n    from api.reading import CaseOut"),
        (TRAIL, "ledger/trail/edge.py", "from ledger.complaint import facts"),
        (TRAIL, "ledger/trail/edge.py", "from .. import codec"),
        (WITNESS, "api/witnessing.py", "from api.serving import serve"),
        (WITNESS, "api/commands/witness.py", "from ledger.settings import read_settings"),
        (STORE, "ledger/store/sqlite.py", "from ledger.office.state import Office"),
        (LIBRARY, "ledger/registrar.py", "from eventsourcing.persistence import StoredEvent"),
        (ENVIRONMENT, "api/cli.py", "import os\nhome = os.environ['HOME']"),
        (ENVIRONMENT, "ledger/clock.py", "from os import getenv"),
        (ENVIRONMENT, "api/serving.py", "from pydantic_settings import BaseSettings"),
        (HTTP, "ledger/errors.py", "class Refused(Exception):\n    status_code = 409"),
        (HTTP, "projections/views.py", "from http import HTTPStatus"),
        (SEALED, "projections/cases.py", "from ledger.vault import unseal"),
        (SEALED, "projections/follow.py", "def rows(store):\n    return store.sealed_value('00')"),
        (VERIFIER, "api/demo.py", "from ledger.verify.verify import main"),
        (SQLITE, "api/wiring.py", "import sqlite3"),
        (POSTGRES, "projections/views.py", "import psycopg"),
        (CORE, "ledger/registrar.py", "from sqlalchemy import select"),
        (writing, "api/wiring.py", "house.store.append([])"),
        (writing, "projections/follow.py", "self._store.append([])"),
        (writing, "api/app.py", "house.store.recorder.insert_events([])"),
        (HIDDEN, "ledger/codec.py", "concept = __import__('api')"),
        (HIDDEN, "ledger/codec.py", "import importlib"),
    ],
)
def test_an_import_against_the_direction_is_seen(rule: Rule, path: str, source: str) -> None:
    """Also inside a function, under TYPE_CHECKING and by a relative name."""
    assert breaks(rule, path, source)
