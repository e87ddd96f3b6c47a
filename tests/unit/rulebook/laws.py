"""Short ways to say a regulation, a rule and a year of days that contradict nothing, and to change one thing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from ledger.rulebook.days import NamedDay, YearOfDays
from ledger.rulebook.deadlines import Unit
from ledger.rulebook.law import Doer, Regimes, Regulation, Rule, Start, Trigger
from ledger.values import Code, Name, Number, RuleId, TopicName

REGISTERED = Trigger(TopicName("complaint.registered.v1"))
PLENARY = Trigger(TopicName("complaint.plenary_held.v1"))


def rule(name: str = "pk.handle", from_: str = "2016-07-01", until: str | None = None, **changes: Any) -> Rule:
    made = Rule(
        id=RuleId(name),
        title_id=Name("Penanganan"),
        title_en=Name("Handling"),
        article=Name("Pasal 134 ayat (5)"),
        regime=Regimes.PILKADA,
        start=Start.DATE,
        limit=Number(3),
        unit=Unit.CALENDAR_DAY,
        doer=Doer.OWNER,
        effect_id=Name("Terlambat."),
        effect_en=Name("Late."),
        from_=date.fromisoformat(from_),
        until=None if until is None else date.fromisoformat(until),
        verified=True,
        started_by=(REGISTERED,),
        met_by=(PLENARY,),
    )
    return replace(made, **changes)


def regulation(code: str = "uu_10_2016", *rules: Rule, **changes: Any) -> Regulation:
    made = Regulation(
        code=Code(code),
        name=Name("UU 10/2016"),
        title_id=Name("Pemilihan"),
        title_en=Name("Election"),
        from_=date(2016, 7, 1),
        verified=True,
        rules=rules or (rule(),),
    )
    return replace(made, **changes)


def year(number: int = 2024, *holidays: str, **changes: Any) -> YearOfDays:
    days = tuple(NamedDay(date.fromisoformat(day), Name("Libur")) for day in holidays or (f"{number}-06-17",))
    made = YearOfDays(Number(number), Name("SKB"), verified=True, national_holidays=days)
    return replace(made, **changes)
