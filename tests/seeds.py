"""Real reports to test with. They are no part of the project: the folder is named by NIANBAO_SEEDS, else it stands beside
the clone; where there is none, what needs them is skipped and says so.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

FOLDER = Path(os.environ.get("NIANBAO_SEEDS", Path(__file__).resolve().parents[2] / "shared" / "seeds"))
SEEDS = sorted(FOLDER.glob("*.txt"))

needs_seeds = pytest.mark.skipif(not SEEDS, reason=f"no real reports in {FOLDER} (NIANBAO_SEEDS)")
each_seed = pytest.mark.parametrize("file", SEEDS or [FOLDER], ids=lambda path: path.name)
