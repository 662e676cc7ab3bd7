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


def promised(answer: Any) -> dict[int, Any]:
    """By status, all that an endpoint may answer when `answer` is what was asked for."""
    return {200: answer, 400: Refused, 404: Told, 429: Told}


class Schema(AutoSchema):
    def get_response_serializers(self) -> Any:
        answers = super().get_response_serializers()
        return answers if isinstance(answers, dict) else promised(answers)
