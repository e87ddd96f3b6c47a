"""More of the town: desks of other offices, the law of this release adopted, and many cases at BKN."""

from __future__ import annotations

from typing import Any

from httpx2 import Response

from api.chronicles.register import OPERATOR
from ledger.adoption import adopt
from ledger.rulefiles import shipped_law
from ledger.values import Act, Actor, Role, Source, Staff, StreamId, Zone, local_date
from tests.api import k4
from tests.api.window import Desk, Town


def desk(town: Town, office: StreamId, role: Role) -> Desk:
    """Somebody of an office in a role."""
    return Desk(town.window, Actor(office, role, Staff(f"{role.value}.{office[-6:]}", f"Petugas Contoh {role.value}")))


def posted(answer: Response) -> dict[str, Any]:
    """A receipt, of what was recorded."""
    assert answer.status_code == 201, answer.text
    receipt: dict[str, Any] = answer.json()
    return receipt


def refused(answer: Response, rule: str) -> dict[str, Any]:
    """A problem that names a rule."""
    assert answer.status_code == 409, answer.text
    problem: dict[str, Any] = answer.json()
    assert problem["rule"] == rule
    return problem


def adopt_the_law(town: Town) -> str:
    """The shipped law in force in the town's ledger; returns the digest of the list."""
    house = town.window.house
    act = Act(house.stream, Source.OWN, on=local_date(house.clock(), Zone.WIB))
    receipt = adopt(house.registrar, shipped_law(), act=act, by=Actor(house.stream, Role.REGISTRY, OPERATOR))
    assert receipt is not None
    digest = house.states.rulebook(receipt.last).digest
    assert digest is not None
    return digest


def schedule(town: Town, stage: str, first: str, last: str, **more: Any) -> Response:
    """Record a stage of the city's election."""
    body = {"act": {"on": "2024-05-02"}, "stage": stage, "from": first, "until": last}
    return town["registry"].post(f"/v1/elections/{town.offices.election_jambi}/stages", body, **more)


def fix_pairs(town: Town, on: str, region: str = "15.71") -> Response:
    """Record on which day the city's pairs were fixed."""
    body = {"act": {"on": on}, "region": region, "on": on}
    return town["registry"].post(f"/v1/elections/{town.offices.election_jambi}/pairs", body)


def step(who: Desk, complaint: str, name: str, day: str, **members: Any) -> Response:
    """A step of a track of the first allegation, on its own day."""
    path = f"/v1/complaints/{complaint}/allegations/1/steps/{name}"
    return who.post(path, {"act": {"on": day}, **members})


def several(town: Town, many: int, *, after: str | None = None) -> list[str]:
    """The chronicle of that many cases at once, through one of its requests or to its end."""
    filing, *others = k4.chronicle(town.offices)
    complaints: list[str] = [posted(k4.send(town, filing, None))["entries"][0]["stream"] for _ in range(many)]
    for asked in others:
        for complaint in complaints:
            posted(k4.send(town, asked, complaint))
        if asked.name == after:
            break
    town.window.settle()
    return complaints


def cases_verified(town: Town, many: int) -> list[str]:
    """Cases that lie on the ASN track, each verified by the task force on 8 July 2024."""
    complaints = several(town, many)
    town.now("2024-07-08T05:00:00")
    watching = desk(town, town.offices.bkn, Role.SUPERVISOR)
    for complaint in complaints:
        posted(step(watching, complaint, "asn.satgas_verified", "2024-07-08", result="passed"))
    return complaints


def authority(town: Town) -> StreamId:
    """A personnel authority of Kota Jambi, new in the register."""
    told = {"kind": "personnel_authority", "level": "regency", "zone": "wib", "from": "2018-01-01", "region": "15.71"}
    answer = town["registry"].post("/v1/offices", {"act": {"on": "2024-05-02"}, "name": "Wali Kota Jambi", **told})
    return StreamId(posted(answer)["entries"][0]["stream"])


def recommended(town: Town, complaint: str, office: StreamId) -> None:
    """KASN recommends a sanction of the first allegation on 10 July 2024, and the authority has it on the 15th."""
    holder, body = desk(town, town.offices.kasn, Role.HOLDER), {"act": {"on": "2024-07-10"}, "to": office}
    path = f"/v1/complaints/{complaint}/allegations/1/recommendation"
    posted(holder.post(path, body, seen=town.version(complaint)))
    arrival = {"act": {"at": "2024-07-15T03:00:00Z"}, "shown_by": "receiver"}
    clerk = desk(town, office, Role.INTAKE)
    posted(clerk.post(f"/v1/complaints/{complaint}/referrals/3/receipt", arrival))
