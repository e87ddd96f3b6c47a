"""A time limit in sentences, in both languages: what must happen, by when, by which law, and what became of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from api.telling import word
from ledger.complaint.deadlines import ClockState
from ledger.shape import instant_of
from ledger.speech import Said
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
