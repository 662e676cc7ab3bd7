from __future__ import annotations

from reports.models.change import Action, Change
from reports.models.figures import FIGURES_MODELS, Figures2019, Figures2021, read_figures, write_figures
from reports.models.finding import Decision, Finding, Severity
from reports.models.report import Origin, Report, ScopeKind, State, Version
from reports.models.source import PendingImport, Source, Waiting

__all__ = [
    "FIGURES_MODELS",
    "Action",
    "Change",
    "Decision",
    "Figures2019",
    "Figures2021",
    "Finding",
    "Origin",
    "PendingImport",
    "Report",
    "ScopeKind",
    "Severity",
    "Source",
    "State",
    "Version",
    "Waiting",
    "read_figures",
    "write_figures",
]
