"""A load of commands made by chance and a seed: offices, elections and cases as often and as long as they really are.

Lengths are those of DOMAIN.md 3.7 (4 to 35 facts a case), kinds of acts and of positions those of 2.5. A line is a
request as a client would send it; `{id}` stands for the stream that an earlier line began, `{ledger}` for the ledger's
own. The same seed gives the same bytes on every machine.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any, Final

Line = dict[str, Any]

CITIES: Final = 24
FIRST_DAY: Final = date(2024, 9, 2)
DAYS: Final = 49
ENDINGS: Final = {"not_registered": 45, "not_proven": 25, "sanctioned": 24, "long": 6}
"""How many cases of a hundred end how: in 5 to 6, 11 to 15, 18 to 30 and 25 to 35 facts."""
KINDS: Final = {"n01": 30, "n02": 22, "n03": 13, "n04": 11, "n05": 6, "n06": 5, "n08": 5, "n10": 4, "n12": 4}
"""Kinds of acts of a hundred: support on social media, partial activity, photographs, declarations, approaches."""
POSITIONS: Final = {
    "fungsional": 26,
    "pelaksana": 17,
    "pimpinan tinggi": 16,
    "administrator": 13,
    "pengawas": 12,
    "lain": 16,
}
CLASSES: Final = {"asn": 90, "village_head": 5, "non_asn": 5}
CHANNELS: Final = {"in_person": 55, "online": 25, "post": 12, "media": 8}
WORDS: Final = [
    "terlapor",
    "mengunggah",
    "dukungan",
    "bakal",
    "calon",
    "media",
    "sosial",
    "rapat",
    "pegawai",
    "foto",
    "gestur",
    "deklarasi",
    "kampanye",
    "saksi",
    "rekaman",
    "dilampirkan",
    "pelapor",
    "menerangkan",
    "kecamatan",
    "desa",
]


def generate(cases: int, seed: int) -> Iterator[Line]:
    """The register, then so many cases, one after the other."""
    chance = random.Random(seed)  # noqa: S311 (a load is the same on every machine)
    yield from _register(f"s{seed}")
    for number in range(1, cases + 1):
        yield from _Case(f"s{seed}.c{number}", f"s{seed}", chance).lines()


def _register(name: str) -> Iterator[Line]:
    by = {"office": "{ledger}", "role": "registry", "account": "registri.contoh", "name": "Petugas Registri Contoh"}

    def entered(what: str, path: str, **body: Any) -> Line:
        return {"id": f"{name}.{what}", "path": path, "by": by, "body": {"act": {"on": "2024-09-01"}, **body}}

    office = {"level": "national", "zone": "wib", "from": "1972-08-18"}
    yield entered("bkn", "/v1/offices", kind="bkn", name="BKN", **office)
    for city in range(1, CITIES + 1):
        region = f"{11 + city}.71"
        yield entered(
            f"office{city}",
            "/v1/offices",
            kind="bawaslu",
            name=f"Bawaslu Kota Contoh {city}",
            region=region,
            seats=5,
            level="regency",
            zone="wib",
            **{"from": "2018-08-15"},
        )
        yield entered(
            f"election{city}",
            "/v1/elections",
            regime="pilkada",
            kind="mayor",
            polling_on="2024-11-27",
            regions=[region],
        )


class _Case:
    """One case under way: what is asked of it next, and on which day."""

    def __init__(self, name: str, register: str, chance: random.Random) -> None:
        self._name = name
        self._register = register
        self._chance = chance
        self._city = chance.randint(1, CITIES)
        self._day = FIRST_DAY + timedelta(days=chance.randrange(DAYS))
        self._asked = 0

    def lines(self) -> Iterator[Line]:
        ending = self._drawn(ENDINGS)
        accused = {"sanctioned": self._chance.choice([1, 2, 2]), "long": 3}.get(ending, 1)
        yield from self._begun(accused, evidence=self._chance.randint(0, 1) if ending == "not_registered" else None)
        self._later(1)
        if ending == "not_registered":
            yield self._review(False, result="refuse", missing=["signature"], refusal={"reason": "formal"})
            return
        yield self._review(True, result="register")
        number = f"{self._chance.randrange(1, 999):03}/Reg/LP/PW/Kota/05.01/X/2024"
        yield self._ask("registration", "/registration", "examiner", kind="report", number=number)
        yield from self._examined(accused, violation=ending != "not_proven")
        if ending != "not_proven":
            yield from self._followed_up(accused)

    def _begun(self, accused: int, evidence: int | None) -> Iterator[Line]:
        known = self._day - timedelta(days=self._chance.randint(0, 4))
        occurred = (known - timedelta(days=self._chance.randint(0, 2))).isoformat()
        body = {
            "election": f"{{{self._register}.election{self._city}}}",
            "region": f"{11 + self._city}.71",
            "occurred_from": occurred,
            "occurred_until": occurred,
            "known_on": known.isoformat(),
            "channel": self._drawn(CHANNELS),
            "complainants": [{"name": self._person(), "id_number": self._digits(16), "address": "Jalan Contoh 1"}],
            "narrative": self._text(20, 120),
            "place": self._text(2, 5),
        }
        yield self._line("filing", "/v1/complaints", "intake", {"act": self._instant(2), **body})
        for each in range(1, accused + 1):
            yield self._ask(
                f"respondent{each}",
                "/respondents",
                "intake",
                **{"class": self._drawn(CLASSES)},
                known=True,
                nip=self._digits(18),
                name=self._person(),
                position_class=self._drawn(POSITIONS),
                unit=self._text(2, 4),
            )
            kinds = sorted({self._drawn(KINDS) for _ in range(self._chance.randint(1, 2))})
            yield self._ask(
                f"allegation{each}",
                "/allegations",
                "intake",
                respondent=f"r{each}",
                category="undetermined",
                kinds=kinds,
            )
        for each in range(self._chance.randint(1, 3) if evidence is None else evidence):
            digest = self._chance.randbytes(32).hex()
            yield self._ask(f"evidence{each}", "/evidence", "intake", title=self._text(2, 6), digest=digest)

    def _review(self, complete: bool, **more: Any) -> Line:
        known = (self._day - timedelta(days=1)).isoformat()
        return self._ask(
            "review",
            "/review",
            "examiner",
            formal=complete,
            material=True,
            known_on=known,
            reasons=self._text(5, 30),
            **more,
        )

    def _examined(self, accused: int, *, violation: bool) -> Iterator[Line]:
        calls: Sequence[dict[str, str]] = [
            {"whom": "respondent", "respondent": f"r{each}"} for each in range(1, accused + 1)
        ]
        for number, call in enumerate(calls, 1):
            heard_on = (self._day + timedelta(days=1)).isoformat()
            yield self._ask(f"call{number}", "/hearings", "examiner", set_for=heard_on, **call)
        self._later(1)
        for number in range(1, len(calls) + 1):
            body = {"act": self._instant(3 + number), "minutes": self._text(30, 200)}
            yield self._ask_as(f"heard{number}", f"/hearings/{number}/held", "examiner", body)
        self._later(1)
        numbers = list(range(1, accused + 1))
        yield self._ask("study", "/studies", "examiner", allegations=numbers, text=self._text(60, 300))
        ballots: list[dict[str, Any]] = [
            {
                "allegation": each,
                "violation": 4 if violation else 1,
                "not_violation": 0 if violation else 3,
                "reasons": self._text(5, 30),
                **({"category": "other_law"} if violation else {}),
            }
            for each in numbers
        ]
        present: list[dict[str, Any]] = [
            {"account": f"anggota{each}.kota{self._city}", "name": f"Anggota {each} Contoh {self._city}"}
            for each in range(1, 5)
        ]
        held: dict[str, Any] = {"act": self._instant(6), "present": present, "ballots": ballots}
        yield self._ask_as("plenary", "/plenaries", "plenary", held)
        yield self._ask("notice", "/status-notices", "examiner", what="decided", allegations=numbers)

    def _followed_up(self, accused: int) -> Iterator[Line]:
        to = f"{{{self._register}.bkn}}"
        self._later(1)
        for each in range(1, accused + 1):
            offered = {"allegation": each, "to": to, "track": "asn", "study_attached": True}
            yield self._ask(f"referral{each}", "/referrals", "examiner", **offered)
        self._later(2)
        for each in range(1, accused + 1):
            body = {"act": self._instant(2), "shown_by": "receiver"}
            yield self._ask_as(f"receipt{each}", f"/referrals/{each}/receipt", "intake", body, at_bkn=True)
            body = {"act": {"on": self._day.isoformat()}, "their_number": f"R-{self._digits(4)}/NK.01.00/2024"}
            yield self._ask_as(f"acceptance{each}", f"/referrals/{each}/acceptance", "intake", body, at_bkn=True)
        for number in range(self._chance.randint(0, 4)):
            yield self._ask(f"later{number}", "/evidence", "examiner", title=self._text(2, 6))

    # --- one request ------------------------------------------------------------------------------------------------

    def _ask(self, step: str, below: str, role: str, **body: Any) -> Line:
        return self._ask_as(step, below, role, {"act": {"on": self._day.isoformat()}, **body})

    def _ask_as(self, step: str, below: str, role: str, body: dict[str, Any], *, at_bkn: bool = False) -> Line:
        return self._line(step, f"/v1/complaints/{{{self._name}.filing}}{below}", role, body, at_bkn=at_bkn)

    def _line(self, step: str, path: str, role: str, body: dict[str, Any], *, at_bkn: bool = False) -> Line:
        place = "bkn" if at_bkn else f"office{self._city}"
        by = {
            "office": f"{{{self._register}.{place}}}",
            "role": role,
            "account": f"{role}.{place}",
            "name": f"Petugas {role} {place}",
        }
        return {"id": f"{self._name}.{step}", "case": self._name, "path": path, "by": by, "body": body}

    def _later(self, days: int) -> None:
        self._day += timedelta(days=days)

    def _instant(self, hour: int) -> dict[str, str]:
        return {"at": f"{self._day.isoformat()}T{hour:02}:{self._chance.randrange(60):02}:00Z"}

    def _drawn(self, shares: dict[str, int]) -> str:
        return self._chance.choices(list(shares), list(shares.values()))[0]

    def _digits(self, many: int) -> str:
        return str(self._chance.randrange(10 ** (many - 1), 10**many))

    def _person(self) -> str:
        return f"Orang Contoh {self._chance.randrange(10_000)}"

    def _text(self, least: int, most: int) -> str:
        return " ".join(self._chance.choices(WORDS, k=self._chance.randint(least, most))).capitalize() + "."
