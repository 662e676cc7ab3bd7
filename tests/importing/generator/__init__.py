"""Reports of known content in every shape that real ones take, so that what an import makes of them can be judged."""

from __future__ import annotations
