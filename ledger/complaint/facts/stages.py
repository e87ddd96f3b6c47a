"""Sets of stages that several facts start from."""

from __future__ import annotations

from typing import Final

from ledger.complaint.codes import Stage

ENDED: Final = frozenset({Stage.NOT_REGISTERED, Stage.WITHDRAWN, Stage.CLOSED})
GOING_ON: Final = frozenset(Stage) - ENDED - {Stage.NOTHING, Stage.JOINED}
BEFORE_DECIDED: Final = GOING_ON - {Stage.DECIDED}
ANY: Final = frozenset(Stage) - {Stage.NOTHING}
DECIDED: Final = frozenset({Stage.DECIDED})
"""The stage in which decided allegations go on, each on its own track."""
