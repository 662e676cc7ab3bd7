"""A clock that is wrong."""

from __future__ import annotations

from reports.models import Report
from tests.trial.fault import Outcome, fault
from tests.trial.site import CLERK, YEAR, Site, free_port, town_code
from tests.trial.visitor import Draft


@fault()
def an_hour_back(site: Site, outcome: Outcome) -> None:
    """The clock goes back an hour
    A second gunicorn on the same database lives an hour ago. What was opened before a colleague saved is saved in turn, by
    way of the one and of the other: it must be refused each time."""
    port = free_port()
    behind = site.serve(port, "--config", "python:tests.trial.hour_back")
    told = []
    try:
        for town, (first, second) in enumerate([(0, port), (port, 0), (port, port)], 30):
            draft = Draft(site.person(CLERK), town_code(town), YEAR)
            colleague, late = draft.by.window(first), draft.by.window(second)
            early = draft.send({"overview": "同事先保存的。"}, colleague)
            answer = draft.send({"overview": "没有看到同事改动的。"}, late)
            told.append(answer.status_code)
            version = Report.objects.get(agency=town_code(town), year=YEAR).working
            assert version is not None
            outcome.must(early.status_code == 200, f"the first save was answered {early.status_code}")
            outcome.lost += version.narrative["overview"] != "同事先保存的。"
            outcome.must(answer.status_code == 409, f"the stale save was answered {answer.status_code}")
    finally:
        behind.end()
    outcome.seen = f"the stale saves were answered {told}"
