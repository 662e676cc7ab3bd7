from __future__ import annotations

from reports.models.batch import Batch, BatchFile, Fate
from reports.models.change import Action, Change
from reports.models.deadline import (
    DeadlineAct,
    DeadlineChange,
    Extension,
    ExtensionState,
    LocalDate,
    Matter,
    Reminder,
)
from reports.models.figures import FIGURES_MODELS, Figures2019, Figures2021, read_figures, write_figures
from reports.models.finding import BulkAct, Decision, Finding, Severity
from reports.models.job import Job, JobKind, JobState
from reports.models.report import Origin, Report, ScopeKind, State, Version
from reports.models.sketch import TextBand, TextSketch
from reports.models.source import PendingImport, Source, Waiting

__all__ = [
    "FIGURES_MODELS",
    "Action",
    "Batch",
    "BatchFile",
    "BulkAct",
    "Change",
    "DeadlineAct",
    "DeadlineChange",
    "Decision",
    "Extension",
    "ExtensionState",
    "Fate",
    "Figures2019",
    "Figures2021",
    "Finding",
    "Job",
    "JobKind",
    "JobState",
    "LocalDate",
    "Matter",
    "Origin",
    "PendingImport",
    "Reminder",
    "Report",
    "ScopeKind",
    "Severity",
    "Source",
    "State",
    "TextBand",
    "TextSketch",
    "Version",
    "Waiting",
    "read_figures",
    "write_figures",
]
