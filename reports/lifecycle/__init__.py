"""What happens to a report, from the empty draft to the corrected publication.

    draft -> sent -> submitted -> published -> superseded (by a correction)
      ^       |         |  |
      +-------+---------+  +-> returned -> submitted
      withdrawn

It is sent to the reviewer of the office where there is one, who submits it or returns it; else submitted directly.

Every act holds the row of its report, changes what it changes, checks anew and appends one `Change`, in one
transaction. Each takes any copy of the version and gives back a fresh one; what the caller holds is left alone. Who may
do what is asked by the views (`agencies.access`); here only whether it is the time for it.
"""

from __future__ import annotations

from reports.lifecycle.acts import EditConflict, Refused
from reports.lifecycle.bulk_decisions import assign_all, decide_all, undo
from reports.lifecycle.deciding import assign, decide, explain
from reports.lifecycle.drafting import changes_since, draft_conflict, save_draft, start_draft
from reports.lifecycle.official_publication import disagreements, locate
from reports.lifecycle.publishing import publish, start_correction
from reports.lifecycle.submission import EDITABLE, return_to_clerk, send_to_reviewer, submit, withdraw

__all__ = [
    "EDITABLE",
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
