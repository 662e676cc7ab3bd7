"""By when a report is to be public, why, and who may put it off.

An extension goes before the date of the nearest office that set one, and that before the Regulations.
"""

from __future__ import annotations

from reports.deadlines.deadline import Basis, Deadline, deadlines, deadlines_of_reports, due_date, due_dates

__all__ = ["Basis", "Deadline", "deadlines", "deadlines_of_reports", "due_date", "due_dates"]
