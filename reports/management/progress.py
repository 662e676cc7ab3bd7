"""A progress bar for commands: on a terminal's standard error, and nowhere else."""

from __future__ import annotations

import shutil
from typing import Any

from django.utils.translation import gettext as _
from tqdm import tqdm


def progress(total: int, doing: str = "", **options: Any) -> tqdm[Any]:
    """A bar for so many units of work. Say what is at hand with `set_postfix_str`, and `update` when it is done."""
    screen = shutil.get_terminal_size()
    return tqdm(
        total=total,
        desc=f"{doing} " if doing else None,
        bar_format="{desc}{bar:24} {n_fmt}/{total_fmt} · " + _("还需 {remaining}") + "{postfix}",
        ascii="╌━",
        leave=False,
        # Not `dynamic_ncols`, which never ends on a terminal that does not know its width; and on one that does not know
        # its height the bar would be taken to lie below the screen.
        ncols=screen.columns - 1,
        nrows=screen.lines,
        # None: only where somebody sees it.
        disable=None if total > 1 else True,
        **options,
    )
