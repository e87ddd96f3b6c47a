"""How much of a body is read: up to the limit all of it, beyond it nothing is parsed, held or recorded."""

from __future__ import annotations

import http.client
import json
import socket
import threading
from collections.abc import Iterator

import pytest
import uvicorn

from api.app import make_app
from api.beside import Beside
from api.limits import MAX_BODY
from api.wiring import House
from tests.api import k4
from tests.api.conftest import Told
from tests.api.window import PROBLEM, Town, eventually

SMALL = 100_000


def test_a_body_at_the_limit_is_read_and_one_byte_more_is_not(told: Told) -> None:
    """Four mebibytes of white space around an object: what is in it is judged, or nothing is."""
    for spare, status in ((0, 422), (1, 413)):
        content = b"{}".ljust(MAX_BODY + spare)
        answer = told.town.window.ask("POST", "/v1/complaints", token=told["intake"].token, content=content)
        assert answer.status_code == status
    assert answer.json()["type"] == "urn:netral:problem:too-large"


def test_the_largest_that_can_be_recorded_is_within_the_limit(town: Town) -> None:
    """Several texts of the full 256 KiB each."""
    filing = k4.asked_as(town, "filing")
    town.now(filing.at)
    full = "a" * 256 * 1024
    body = filing.body | {"narrative": full, "place": full, "received_number": full}
    assert town["intake"].post(filing.path, body).status_code == 201


def test_a_body_that_no_route_asks_for_is_not_read(told: Told) -> None:
    """A reading is answered as if it had none."""
    size = told.house.store.size()
    answer = told.town.window.http.request(
        "GET", "/v1/trail/checkpoint", content=b" " * (MAX_BODY + 1), headers={"Content-Type": "text/plain"}
    )
    assert (answer.status_code, told.house.store.size()) == (200, size)


@pytest.fixture(scope="module")
def port(told: Told) -> Iterator[int]:
    """The told ledger behind a real server, which reads no more than 100 kB."""
    house: House = told.house
    listening = socket.create_server(("127.0.0.1", 0))
    app = make_app(house, Beside(60), max_body=SMALL)
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    assert eventually(lambda: server.started)
    yield listening.getsockname()[1]
    server.should_exit = True
    thread.join()
    listening.close()


def headers(told: Told) -> dict[str, str]:
    return {"Authorization": f"Bearer {told['intake'].token}", "Content-Type": "application/json"}


@pytest.mark.parametrize("chunked", [False, True], ids=["declared", "chunked"])
@pytest.mark.parametrize("size", [SMALL + 1_000, 10_000_000])
def test_attack_a_body_beyond_the_limit_leaves_the_connection_usable(
    told: Told, port: int, size: int, chunked: bool
) -> None:
    """By its declared length or by its chunks; the next request on the same connection is answered."""
    before = told.house.store.size()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
    try:
        pieces = (b"[" * 1_000 for _ in range(size // 1_000)) if chunked else b"[" * size
        more = {"Transfer-Encoding": "chunked"} if chunked else {}
        connection.request("POST", "/v1/complaints", pieces, headers(told) | more, encode_chunked=chunked)
        answer = connection.getresponse()
        problem = json.loads(answer.read())
        assert (answer.status, problem["status"], answer.headers["Content-Type"]) == (413, 413, PROBLEM)
        held = connection.sock
        connection.request("GET", "/v1/trail/checkpoint")
        answer = connection.getresponse()
        assert (answer.status, answer.read()[:12]) == (200, b"test.invalid")
        assert connection.sock is held, "another connection was opened"
    finally:
        connection.close()
    assert told.house.store.size() == before


def test_attack_a_length_that_is_only_declared_is_answered_at_once(told: Told, port: int) -> None:
    """A client that asks before it sends (Expect: 100-continue) need not send a byte."""
    lines = [f"{name}: {value}" for name, value in headers(told).items()]
    head = ["POST /v1/complaints HTTP/1.1", "Host: localhost", *lines, "Content-Length: 99999999999999"]
    with socket.create_connection(("127.0.0.1", port), timeout=600) as client:
        client.sendall("\r\n".join([*head, "Expect: 100-continue", "", ""]).encode())
        assert client.recv(65_536).startswith(b"HTTP/1.1 413 ")


def test_a_body_in_chunks_within_the_limit_is_read(told: Told, port: int) -> None:
    """Counting changes nothing of what arrives."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
    try:
        pieces = (bytes([letter]) for letter in json.dumps({"narativ": "x"}).encode())
        connection.request(
            "POST", "/v1/complaints", pieces, headers(told) | {"Transfer-Encoding": "chunked"}, encode_chunked=True
        )
        answer = connection.getresponse()
        members = {each["member"] for each in json.loads(answer.read())["members"]}
    finally:
        connection.close()
    assert (answer.status, "narativ" in members) == (422, True)


def test_attack_a_client_that_leaves_in_the_middle_records_nothing(told: Told, port: int) -> None:
    """Half a body is no body; the server goes on."""
    before = told.house.store.size()
    lines = [f"{name}: {value}" for name, value in headers(told).items()]
    head = ["POST /v1/complaints HTTP/1.1", "Host: localhost", *lines, "Content-Length: 1000", "", '{"act":']
    with socket.create_connection(("127.0.0.1", port), timeout=600) as client:
        client.sendall("\r\n".join(head).encode())
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
    try:
        connection.request("GET", "/v1/trail/checkpoint")
        assert connection.getresponse().status == 200
    finally:
        connection.close()
    assert told.house.store.size() == before
