"""Receipts over HTTP: the text of the command line, and the sealed values for the office that recorded them."""

from __future__ import annotations

import hashlib

import pytest
from httpx2 import Response

from api.receipts import receipt_text
from tests.api.conftest import Told

FILED = 9
"""Where the chronicle's complaint was filed, by the intake of Bawaslu Kota Jambi."""


def handed_back(told: Told, who: str) -> Response:
    """The values of the filing, asked for by one desk with a purpose."""
    desk = told[who]
    why = {"Netral-Purpose": "arsip pelapor"}
    return told.town.window.ask("GET", f"/v1/receipts/{FILED}/values", token=desk.token, headers=why)


def test_a_receipt_over_http_is_the_one_of_the_command_line(told: Told) -> None:
    """Plain text, with the proof under the sealed trail."""
    answer = told["intake"].get(f"/v1/receipts/{FILED}")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.text == receipt_text(told.house, FILED)
    assert "c2sp.org/tlog-proof@v1" in answer.text


def test_the_filer_gets_its_own_sealed_values_back_with_their_salts(told: Told) -> None:
    """Each opens the commitment that stands in the entry."""
    answer = handed_back(told, "intake")
    assert answer.status_code == 200
    values = answer.json()["values"]
    assert values
    entry = told["intake"].get(f"/v1/trail/entries/{FILED}").text
    for each in values:
        made = b"netral-sealed/v1\n" + bytes.fromhex(each["salt"]) + each["payload"].encode()
        assert each["commitment"] == hashlib.sha256(made).hexdigest()
        assert each["commitment"] in entry


def test_attack_another_office_gets_no_values_back(told: Told) -> None:
    """They are the recording office's own."""
    assert handed_back(told, "kasn").status_code == 403


@pytest.mark.parametrize("path", ["/v1/receipts/26", "/v1/receipts/9007199254740991"])
def test_a_receipt_of_nothing_is_missing(told: Told, path: str) -> None:
    """There is no entry to tell of."""
    assert told["auditor"].get(path).status_code == 404
