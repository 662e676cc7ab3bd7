"""JSON whose numbers are the stored ones, digit by digit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import simplejson
from rest_framework.renderers import BaseRenderer
from rest_framework.utils.encoders import JSONEncoder


class ExactJSON(BaseRenderer):
    """Amounts have more digits than a binary fraction holds; a figure is a number and never a string."""

    media_type = "application/json"
    format = "json"
    charset = None

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Mapping[str, Any] | None = None
    ) -> bytes:
        if data is None:
            return b""
        return simplejson.dumps(
            data, ensure_ascii=False, use_decimal=True, default=JSONEncoder().default, ignore_nan=True
        ).encode()
