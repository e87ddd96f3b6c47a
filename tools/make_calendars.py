"""Write ledger/rulebook/calendars/YEAR.toml from the `holidays` package, for review: `python tools/make_calendars.py`.

Run where `holidays` is installed (release 0.109 made the files that stand there; the house itself never imports it).
The package follows the joint decrees of three ministers year by year; polling days stand among its public holidays and
are told apart here. What the package only estimates, and what follows here by hand, leaves the year unverified.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import holidays

FOLDER = Path(__file__).parents[1] / "ledger" / "rulebook" / "calendars"
YEARS = range(2019, 2028)
POLLING = "Hari Pemilihan"
ESTIMATED = "(perkiraan)"
WRITTEN_BY_MISTAKE = {"Pegangti ": "Pengganti "}
POLLING_DAYS = {date(2019, 4, 17), date(2020, 12, 9), date(2024, 2, 14), date(2024, 11, 27)}
"""Nationwide polling days as the project's sources have them; revotes are holidays of their own regions alone."""


def named(category: str, year: int) -> dict[date, str]:
    """The days of one category, by date, in Indonesian."""
    found = holidays.Indonesia(years=year, categories=category, language="id")
    days = {}
    for day, name in sorted(found.items()):
        for mistake, right in WRITTEN_BY_MISTAKE.items():
            name = name.replace(mistake, right)
        days[day] = name
    return days


def table(name: str, days: dict[date, str]) -> list[str]:
    """The lines of one array of tables."""
    return [line for day, called in days.items() for line in (f"\n[[{name}]]", f"on = {day}", f'name = "{called}"')]


def page(year: int) -> str:
    """The file of a year."""
    public = named("public", year)
    polling = {day: name for day, name in public.items() if POLLING in name}
    if set(polling) != {day for day in POLLING_DAYS if day.year == year}:
        raise SystemExit(f"{year}: the package has other polling days than the project's sources")
    national = {day: name for day, name in public.items() if day not in polling}
    estimated = any(ESTIMATED in name for name in national.values())
    head = [
        f"year = {year}",
        f'source = "SKB tiga menteri tentang hari libur nasional dan cuti bersama {year}, menurut holidays 0.109"',
        f"verified = {'false' if estimated else 'true'}",
    ]
    if estimated:
        head += [
            'note_id = "Tanggal yang ditandai (perkiraan) belum pasti; periksa kembali pada tahun berjalan."',
            'note_en = "Days that are marked (perkiraan) are estimates; to be checked again when the year comes."',
        ]
    return "\n".join(
        [
            *head,
            *table("national_holidays", national),
            *table("collective_leave", named("government", year)),
            *table("polling_days", polling),
            "",
        ]
    )


def main() -> None:
    """Write every year; the differences are then read before they are committed."""
    for year in YEARS:
        (FOLDER / f"{year}.toml").write_text(page(year), encoding="utf-8")


if __name__ == "__main__":
    main()
