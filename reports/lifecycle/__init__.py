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

from reports.lifecycle.acts import Refused
from reports.lifecycle.deciding import assign, decide, explain
from reports.lifecycle.drafting import StaleDraft, changes_since, save_draft, start_draft
from reports.lifecycle.handing_in import EDITABLE, return_to_clerk, send_to_reviewer, submit, withdraw
from reports.lifecycle.intake import import_as_draft, publish_import
from reports.lifecycle.locating import disagreements, locate
from reports.lifecycle.publishing import publish, start_correction
from reports.lifecycle.taking_over import Choosable, choosable, take_over
from reports.lifecycle.together import assign_all, decide_all, undo

__all__ = [
    "EDITABLE",
    "Choosable",
    "Refused",
    "StaleDraft",
    "assign",
    "assign_all",
    "changes_since",
    "choosable",
    "decide",
    "decide_all",
    "disagreements",
    "explain",
    "import_as_draft",
    "locate",
    "publish",
    "publish_import",
    "return_to_clerk",
    "save_draft",
    "send_to_reviewer",
    "start_correction",
    "start_draft",
    "submit",
    "take_over",
    "undo",
    "withdraw",
]
