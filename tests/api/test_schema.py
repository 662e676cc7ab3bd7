"""The API keeps what its OpenAPI document promises, whatever it is asked."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO

import pytest
import schemathesis
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, given, settings
from rest_framework.throttling import SimpleRateThrottle
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation, BaseSchema
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from config.wsgi import application

# A division that is none narrows to nothing: no document can say which strings are codes.
PROMISED = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


def test_the_document_is_valid_and_nothing_in_it_had_to_be_guessed() -> None:
    call_command("spectacular", validate=True, fail_on_warn=True, stdout=StringIO())


def test_the_pages_that_explain_it_obey_the_content_security_policy(db: None, reader: Client) -> None:
    page = reader.get("/api/v1/docs/")
    assert page.status_code == 200
    text = page.content.decode()
    assert "<style" not in text
    assert "<script>" not in text
    assert 'class="site-header"' in text
    assert reader.options("/api/v1/docs/").status_code == 405


@pytest.fixture
def one_connection() -> Iterator[None]:
    """A request ends the connections that others left open: here that would be the test's own, with its transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def document(reports: None, one_connection: None, monkeypatch: pytest.MonkeyPatch) -> BaseSchema:
    monkeypatch.setattr(SimpleRateThrottle, "THROTTLE_RATES", {"anon": None})
    return schemathesis.openapi.from_wsgi("/api/v1/schema/?format=json", application)


@pytest.mark.slow
def test_whatever_is_asked_is_answered_as_the_document_says(document: BaseSchema) -> None:
    for found in document.get_all_operations():
        assert isinstance(found, Ok)
        answered_as_promised(found.ok())


def answered_as_promised(operation: APIOperation) -> None:
    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy())
    def ask(case: Case) -> None:
        case.call_and_validate(checks=PROMISED)

    ask()
