"""Sets of stages that several facts start from."""

from __future__ import annotations

from typing import Final

from ledger.complaint.codes import Stage

ENDED: Final = frozenset({Stage.NOT_REGISTERED, Stage.WITHDRAWN, Stage.CLOSED})
GOING_ON: Final = frozenset(Stage) - ENDED - {Stage.NOTHING}
BEFORE_DECIDED: Final = GOING_ON - {Stage.DECIDED}
ANY: Final = frozenset(Stage) - {Stage.NOTHING}
