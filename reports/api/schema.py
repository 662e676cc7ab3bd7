"""The OpenAPI schema: what every endpoint may answer besides its result."""

from __future__ import annotations

from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiResponse
from rest_framework import serializers


class ErrorDetail(serializers.Serializer[Any]):
    """One sentence on what is wrong."""

    detail = serializers.CharField()


INVALID_PARAMETERS = OpenApiResponse(
    {"type": "object", "additionalProperties": {"type": "array", "items": {"type": "string"}}},
    description="by parameter, what is wrong with it",
)


def responses(answer: Any) -> dict[int, Any]:
    """By status, all that an endpoint may answer when `answer` is what was asked for."""
    return {200: answer, 400: INVALID_PARAMETERS, 404: ErrorDetail, 410: ErrorDetail, 429: ErrorDetail}


class Schema(AutoSchema):
    def get_response_serializers(self) -> Any:
        answers = super().get_response_serializers()
        return answers if isinstance(answers, dict) else responses(answers)
