"""A time limit in sentences, in both languages: what must happen, by when, by which law, and what became of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from api.words import word
from ledger.complaint.deadlines import ClockState
from ledger.shape import instant_of
from ledger.speech import Language, Said
from ledger.values import Zone


def explained(row: Mapping[Any, Any], state: ClockState) -> Said:
    """The sentences for a row of the time limits, as it stands in a state."""
    due, doer = local_text(row["due_at"], row["zone"]), word(row["doer"])
    counted = _when(row["starts"], row["zone"])
    parts = [
        Said(
            f"{row['title_en']} ({row['rule']}; {row['basis']}).",
            f"{row['title_id']} ({row['rule']}; {row['basis']}).",
        ),
        Said(
            f"Counted from {counted}, it is over at {due}; {doer.en} must act before that.",
            f"Dihitung sejak {counted}, berakhir pada {due}; {doer.id} harus bertindak sebelum itu.",
        ),
        STATES[state](row),
    ]
    if not row["verified"]:
        parts.append(Said("NOT VERIFIED.", "BELUM DIPERIKSA."))
        if row["note_en"]:
            parts.append(Said(row["note_en"], row["note_id"]))
    return Said(" ".join(each.en for each in parts), " ".join(each.id for each in parts))


def local_text(instant: str, zone: str) -> str:
    """An instant where an office's clocks stand: `2024-11-05 00:00 WIT`."""
    local = instant_of(instant).astimezone(Zone(zone).offset)
    return f"{local:%Y-%m-%d %H:%M} {zone.upper()}"


def _when(text: str | None, zone: str) -> str:
    if text is None:
        return "-"
    return local_text(text, zone) if "T" in text else text


def _settled(name: str, en: str, id_: str) -> Callable[[Mapping[Any, Any]], Said]:
    def say(row: Mapping[Any, Any]) -> Said:
        when, by = _when(row[name], row["zone"]), row[f"{name}_by"]
        return Said(en.format(when=when, by=by), id_.format(when=when, by=by))

    return say


STATES: Final[Mapping[ClockState, Callable[[Mapping[Any, Any]], Said]]] = {
    ClockState.REPLACED: _settled(
        "replaced", "Replaced by another limit on {when} (fact {by}).", "Diganti batas lain pada {when} (fakta {by})."
    ),
    ClockState.ENDED: _settled("ended", "Ended on {when} (fact {by}).", "Berakhir pada {when} (fakta {by})."),
    ClockState.MET: _settled("met", "Met on {when} (fact {by}).", "Dipenuhi pada {when} (fakta {by})."),
    ClockState.MET_LATE: _settled(
        "met", "Met too late, on {when} (fact {by}).", "Dipenuhi terlambat, pada {when} (fakta {by})."
    ),
    ClockState.RUNNING: lambda _row: Said("It is running.", "Masih berjalan."),
    ClockState.OVERDUE: lambda _row: Said(
        "It is over, and nothing was recorded that meets it: silence.",
        "Sudah lewat, dan tidak ada catatan yang memenuhinya: diam.",
    ),
}
"""What is said of a limit in each state."""


LINES: Final = (
    (re.compile(r"(\S+) start, not counted"), r"\1 mulai, tidak dihitung"),
    (re.compile(r"(\S+) start"), r"\1 mulai"),
    (re.compile(r"(\S+) day (\d+)"), r"\1 hari ke-\2"),
    (re.compile(r"(\S+) skipped: (\w+)(.*)"), r"\1 dilewati: {\2}\3"),
    (re.compile(r"(\S+) moved on: (\w+)(.*)"), r"\1 digeser: {\2}\3"),
    (re.compile(r"no calendar of (\d+) is known: .*"), r"tidak ada kalender \1: hanya akhir pekan yang dilewati"),
    (re.compile(r"(\S+) due: the midnight that ends (\S+) \((\w+)\)"), r"\1 batas: tengah malam penutup \2 ({\3})"),
    (re.compile(r"(\S+) due: (\d+) hours later"), r"\1 batas: \2 jam kemudian"),
)
"""How the lines of a deadline's arithmetic are read in Indonesian; they were recorded in English."""


def line_in(line: str, language: Language) -> str:
    """A line of the arithmetic in a language; one that is of no known form is shown as it was recorded."""
    if language is Language.EN:
        return line
    for form, said in LINES:
        if found := form.fullmatch(line):
            return re.sub(r"\{(\w+)\}", lambda code: word(code[1]).id, found.expand(said))
    return line
