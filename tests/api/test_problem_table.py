"""Each row of the table of problems, as a route that raises that error is answered: status, title and headers."""

from __future__ import annotations

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api import problems
from api.documents import Problem
from ledger import errors
from ledger.speech import Language, Said

NO = Said("no", "tidak")
RAISED: dict[str, errors.NetralError] = {
    each.__class__.__name__: each
    for each in (
        errors.Refused("stage", NO, Said("later", "nanti"), "UU 7/2017"),
        errors.Invalid("act.on", NO),
        errors.KeyReused("Idempotency-Key", NO),
        errors.Missing(NO),
        errors.Conflict(NO),
        errors.Stale(3, 4),
        errors.PreconditionMissing(NO),
        errors.Unauthenticated(NO),
        errors.Denied(NO),
        errors.Busy(NO),
        errors.Broken("a path of this machine"),
        errors.Unreadable("bytes of a record"),
        errors.Diverged("two roots"),
        errors.ClockBehind("a minute"),
        errors.Misconfigured("a secret"),
    )
}
HEADERS = {"Unauthenticated": ("WWW-Authenticate", "Bearer"), "Busy": ("Retry-After", "1")}


@pytest.fixture(scope="module")
def window() -> TestClient:
    """An application whose only route raises what it is asked to."""
    app = FastAPI()
    problems.install(app)

    @app.get("/{name}")
    def fail(name: str) -> None:
        raise RAISED[name]

    return TestClient(app, raise_server_exceptions=False)


def test_every_row_of_the_table_is_raised_here() -> None:
    """A new leaf is answered by a test too."""
    assert {type(each) for each in RAISED.values()} == problems.STATUSES.keys()


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("name", RAISED)
def test_an_error_is_answered_by_its_row(window: TestClient, name: str, language: Language) -> None:
    """In the language that was asked for; of the ledger's own faults nothing is told but that nothing was recorded."""
    error = RAISED[name]
    status, title = problems.STATUSES[type(error)]
    answer = window.get(f"/{name}", headers={"Accept-Language": language.value})
    told = Problem.model_validate(answer.json())
    assert (answer.status_code, told.status, told.title) == (status, status, title.in_language(language))
    assert (answer.headers["Content-Language"], answer.headers["Vary"]) == (language.value, "Accept-Language")
    assert answer.headers["Content-Type"] == "application/problem+json"
    header, value = HEADERS.get(name, ("Content-Language", language.value))
    assert answer.headers[header] == value
    if status == 500:
        assert told.detail == problems.IN_THE_LOG.in_language(language)
        assert str(error) not in answer.text
    else:
        assert NO.in_language(language) in told.detail or isinstance(error, errors.Stale)


def test_what_nobody_foresaw_is_answered_in_both_languages(window: TestClient) -> None:
    """A KeyError of our own, here; its words are for the log."""
    told = {each: window.get("/nothing", headers={"Accept-Language": each.value}).json() for each in Language}
    assert {each["status"] for each in told.values()} == {500}
    assert told[Language.EN]["detail"] != told[Language.ID]["detail"]


def test_a_sentence_in_one_language_is_told_in_it() -> None:
    """Better than none: what the command line alone raises is English."""
    assert errors.Missing("only English").said == Said("only English", "only English")
    assert str(errors.Invalid("act", Said("wrong", "salah"))) == "act: wrong"
    assert errors.Invalid("act", Said("wrong", "salah")).said.id == "act: salah"
