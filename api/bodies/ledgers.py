"""The requests of the operator about the ledger itself; the asker's own ledger is meant."""

from __future__ import annotations

from api.bodies.intake import example
from api.bodies.parts import ActBody, Body, Line
from ledger.itself.commands import CloseLedger, CorrectClock
from ledger.values import Actor, Name


class ClockCorrection(Body):
    """Why the clock steps back."""

    model_config = example(act={"on": "2024-11-04"}, reason="Jam server sempat maju satu jam.")

    act: ActBody
    reason: Line

    def to_command(self, actor: Actor) -> CorrectClock:
        return CorrectClock(act=self.act.to_act(actor), stream=actor.office, reason=Name(self.reason))


class LedgerClosing(Body):
    """Why nothing more is recorded here."""

    model_config = example(act={"on": "2024-11-04"}, reason="Dilanjutkan oleh buku besar baru.")

    act: ActBody
    reason: Line

    def to_command(self, actor: Actor) -> CloseLedger:
        return CloseLedger(act=self.act.to_act(actor), stream=actor.office, reason=Name(self.reason))
