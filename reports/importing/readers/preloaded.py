"""What the server of `readers.apart` loads once, so that the processes forked off it need not."""

from __future__ import annotations

import django

django.setup()

from reports.importing.readers import pdf, spreadsheet  # noqa: E402, F401
