"""`netral rotate-key`: another key signs checkpoints from now on; what the old one signed stays valid."""

from __future__ import annotations

import typer

from api.commands.asked import Folder, OperatorAccount, OperatorName, opened, operator, own_act, say, settle
from api.rotating import rotate_key
from ledger.signing import SIGNING_KEY, SIGNING_KEYS, VKEY
from ledger.values import Actor, Role

app = typer.Typer()


@app.command(name="rotate-key")
def rotate(
    folder: Folder = None,
    operator_account: OperatorAccount = None,
    operator_name: OperatorName = None,
) -> None:
    """Make a fresh key, record it, and sign every later checkpoint with it; the ledger may be at work."""
    with opened(folder) as (house, settings):
        staff = operator(settings, operator_account, operator_name)
        rotated = rotate_key(house, own_act(house), Actor(house.stream, Role.OPERATOR, staff))
        settle(house)
        say(
            f"{house.ledger.origin}: from size {rotated.from_size} on checkpoints are signed with the key\n"
            f"  {rotated.vkey}\n"
            f"  (also in {house.folder / VKEY}). The key {rotated.retired_key_id} signs nothing new.\n\n"
            f"Next:\n"
            f"  give the new key to auditors and witnesses by another way than the trail: a witness\n"
            f"  that does not know it gives no line (netral witness serve --log OLD --log NEW);\n"
            f"  back up: {SIGNING_KEY} and {SIGNING_KEYS}/ belong to keys/ (netral backup).\n"
            f"Keep both keys; proofs under the old one stay valid."
        )
