"""Folders that are filled whole or left as they were: a ledger's, a backup's."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ledger.errors import Invalid


@contextmanager
def filling(folder: Path, way_out: str) -> Iterator[Path]:
    """Fill a folder that is new or empty; an error leaves it empty again. Invalid, with a way out, for any other.

    A crash leaves a part, and the next attempt is told to choose or to empty the folder: nothing is removed unasked.
    """
    if folder.exists() and not folder.is_dir():
        raise Invalid("", f"{folder} is a file; {way_out}")
    if folder.exists() and any(folder.iterdir()):
        raise Invalid("", f"{folder} is not empty, and nothing in it is overwritten; {way_out}")
    # Whoever may look into it sees who recorded what: it is its owner's alone.
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        yield folder
    except BaseException:
        for each in folder.iterdir():
            if each.is_dir() and not each.is_symlink():
                shutil.rmtree(each)
            else:
                each.unlink()
        raise
