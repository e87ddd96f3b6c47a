"""A crowd beyond what can be answered is told to come again; nothing of it is begun."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

from fastapi import Depends, FastAPI
from fastapi.testclient import TestClient

from api import problems
from api.app import make_app
from api.beside import Beside
from api.turnstile import Turnstile, through
from tests.api import k4
from tests.api.conftest import Told
from tests.api.window import LOOPBACK, PROBLEM

SOON = 600


def test_whoever_comes_while_all_places_are_taken_is_busy_and_the_next_one_is_not() -> None:
    """One place: it is taken, then free again, also after a failure."""
    entered, let_go = threading.Event(), threading.Event()
    app = FastAPI(dependencies=[Depends(through)])
    app.state.turnstile = Turnstile(1)
    problems.install(app)

    @app.get("/held")
    def held() -> None:
        entered.set()
        assert let_go.wait(SOON)

    @app.get("/broken")
    def broken() -> None:
        raise ValueError("a fault")

    with ThreadPoolExecutor(1) as crowd, TestClient(app, raise_server_exceptions=False) as http:
        first = crowd.submit(http.get, "/held")
        assert entered.wait(SOON)
        turned_away = http.get("/held")
        assert (turned_away.status_code, turned_away.headers["Retry-After"]) == (503, "1")
        let_go.set()
        assert first.result(SOON).status_code == 200
        assert [http.get("/broken").status_code for _ in range(3)] == [500] * 3
        assert http.get("/held").status_code == 200


def test_a_command_that_finds_no_place_is_told_so_in_both_languages_and_records_nothing(told: Told) -> None:
    """The health of the process is told all the same: an overseer must not end what is only busy."""
    size = told.house.store.size()
    filing = k4.asked_as(told.town, "filing")
    http = TestClient(make_app(told.house, Beside(60), max_requests=0), client=(LOOPBACK, 50000))
    headers = {"Authorization": f"Bearer {told['intake'].token}"}
    for language, words in (("en", "send this one again shortly"), ("id", "kirim lagi permintaan ini")):
        answer = http.post(filing.path, json=filing.body, headers=headers | {"Accept-Language": language})
        assert (answer.status_code, answer.headers["Content-Type"]) == (503, PROBLEM)
        assert words in answer.json()["detail"]
    assert http.get("/healthz").status_code == 200
    assert told.house.store.size() == size
