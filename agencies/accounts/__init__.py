"""Accounts of a whole subtree, kept by its supervisor: issued from a spreadsheet, handed over, reset, deactivated.

A one-time password is shown once, to whom it was issued for by whom issued it, and never stored in clear.
"""

from __future__ import annotations
