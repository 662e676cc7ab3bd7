"""What every endpoint may answer besides what was asked for."""

from __future__ import annotations

from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiResponse
from rest_framework import serializers


class Told(serializers.Serializer[Any]):
    """One sentence on what is wrong."""

    detail = serializers.CharField()


Refused = OpenApiResponse(
    {"type": "object", "additionalProperties": {"type": "array", "items": {"type": "string"}}},
    description="by parameter, what is wrong with it",
)


class Schema(AutoSchema):
    def get_response_serializers(self) -> Any:
        answers = super().get_response_serializers()
        if isinstance(answers, dict):
            return answers
        return {200: answers, 400: Refused, 404: Told, 429: Told}
