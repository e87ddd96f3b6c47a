"""What a person sees of the cases in a terminal: tables in Indonesian and English, readable without colour."""

from __future__ import annotations

from collections.abc import Mapping

from rich.table import Table

from api.desks import DeskOut
from api.reading import CaseOut

SHORT = 18
"""Characters of a complaint's stream that tell the demo's cases apart."""


def cases_table(cases: Mapping[str, CaseOut], names: Mapping[str, str]) -> Table:
    """Each case by its name, and each of its allegations with holder, outcome and irregular referrals."""
    table = Table(title="perkara · cases", title_justify="left")
    for heading in (
        "perkara\ncase",
        "tahap\nstage",
        "dugaan\nallegation",
        "keadaan\nstanding",
        "pemegang\nholder",
        "hasil\noutcome",
    ):
        table.add_column(heading, overflow="fold")
    for name, case in cases.items():
        for index, each in enumerate(case.allegations):
            table.add_row(
                name if index == 0 else "",
                case.stage if index == 0 else "",
                f"{each.allegation} · {each.respondent} {each.class_}",
                each.standing + (f" (#{each.referral})" if each.referral else ""),
                names.get(each.holder, each.holder),
                ", ".join(said.outcome for said in each.outcomes) or "–",
                end_section=index == len(case.allegations) - 1,
            )
    return table


def referrals_table(case: CaseOut, names: Mapping[str, str]) -> Table:
    """Every referral of one case, the irregular ones marked."""
    table = Table(title=f"penerusan · referrals  ({case.complaint[:SHORT]}…)", title_justify="left")
    for heading in ("#", "kepada · to", "kajian · study", "tidak lazim · irregular", "keadaan · standing"):
        table.add_column(heading)
    for referral in case.referrals:
        table.add_row(
            str(referral.referral),
            names.get(referral.to, referral.to),
            "ya · yes" if referral.study_attached else "tidak · no",
            ", ".join(referral.irregular) or "–",
            referral.standing + (f" ({referral.return_reason})" if referral.return_reason else ""),
        )
    return table


SHOWN = 3
"""How many things of one desk are shown."""


def desks_table(desks: list[DeskOut], names: Mapping[str, str]) -> Table:
    """What waits for each office, oldest first; what lies at an office that ended is shown at its successor's."""
    table = Table(title="meja · desks", title_justify="left")
    for heading, width in (
        ("lembaga · office", None),
        ("menunggu · waiting", len("complaint-…") + 8),
        ("sejak · since", None),
        ("tercatat di · recorded at", None),
    ):
        table.add_column(heading, min_width=width)
    for desk in desks:
        for index, each in enumerate(desk.waiting[:SHOWN]):
            what = f"{each.complaint[:SHORT]}…" + (f" #{each.allegation}" if each.allegation else "")
            table.add_row(
                names.get(desk.office, desk.office) if index == 0 else "",
                f"{what} {each.standing}",
                each.since,
                "sini · here" if each.at == desk.office else names.get(each.at, each.at),
                end_section=index == len(desk.waiting) - 1,
            )
        if len(desk.waiting) > SHOWN:
            left = len(desk.waiting) - SHOWN
            table.add_row("", f"{left} lagi · {left} more", "", "", end_section=True)
    return table
