"""What happens to a report, from the empty draft to the corrected publication.

    draft -> sent -> submitted -> published -> superseded (by a correction)
      ^       |         |  |
      +-------+---------+  +-> returned -> submitted
      withdrawn

It is sent to the reviewer of the office where there is one, who submits it or returns it; else submitted directly.
`transitions` is the whole table: which act starts from which state, where it leads, whose it is; `permissions` answers
from it who may do what now, and why not.

Every act holds the row of its report, changes what it changes, checks anew and appends one `Change`, in one
transaction. Each takes any copy of the version and gives back a fresh one; what the caller holds is left alone. An act
asks only whether it is the time for it; whether it is somebody's is asked before, of `permissions`.
"""

from __future__ import annotations

from reports.lifecycle.acts import EditConflict, Refused
from reports.lifecycle.bulk_decisions import assign_all, decide_all, undo
from reports.lifecycle.deciding import assign, decide, explain
from reports.lifecycle.drafting import changes_since, draft_conflict, save_draft, start_draft
from reports.lifecycle.official_publication import disagreements, locate
from reports.lifecycle.publishing import publish, start_correction
from reports.lifecycle.submission import return_to_clerk, send_to_reviewer, submit, withdraw
from reports.lifecycle.transitions import DECIDABLE, EDITABLE, FILERS, IMPORTERS, Act

__all__ = [
    "DECIDABLE",
    "EDITABLE",
    "FILERS",
    "IMPORTERS",
    "Act",
    "EditConflict",
    "Refused",
    "assign",
    "assign_all",
    "changes_since",
    "decide",
    "decide_all",
    "disagreements",
    "draft_conflict",
    "explain",
    "locate",
    "publish",
    "return_to_clerk",
    "save_draft",
    "send_to_reviewer",
    "start_correction",
    "start_draft",
    "submit",
    "undo",
    "withdraw",
]
