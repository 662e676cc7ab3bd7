from __future__ import annotations

from reports.models.batch import Batch, BatchFile, ImportStatus
from reports.models.change import Action, Change
from reports.models.content import content_of
from reports.models.deadline import (
    DeadlineAct,
    DeadlineChange,
    Extension,
    ExtensionState,
    LocalDate,
    Matter,
    Reminder,
)
from reports.models.figures import (
    FIGURES_MODELS,
    column_name,
    read_figures,
    row_names,
    total_of,
    write_figures,
)
from reports.models.finding import EQUATION_RULES, BulkAct, Decision, Finding, FindingQuerySet, Severity
from reports.models.installation import Installation
from reports.models.job import Job, JobKind, JobState, Worker
from reports.models.outbox import NeighbourCheck, PendingCheck
from reports.models.report import Report, ReportQuerySet, Version, VersionQuerySet, unbalanced, undecided
from reports.models.source import PendingImport, Rendition, RenditionState, Source, Waiting
from reports.models.states import COVERING, Origin, ScopeBasis, ScopeKind, State
from reports.models.takedown import PendingErasure, TakeDown, TakeDownKind, told_of
from reports.models.text_signature import MinHashBand, MinHashSignature

__all__ = [
    "COVERING",
    "EQUATION_RULES",
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
    "Finding",
    "FindingQuerySet",
    "ImportStatus",
    "Installation",
    "Job",
    "JobKind",
    "JobState",
    "LocalDate",
    "Matter",
    "MinHashBand",
    "MinHashSignature",
    "NeighbourCheck",
    "Origin",
    "PendingCheck",
    "PendingErasure",
    "PendingImport",
    "Reminder",
    "Rendition",
    "RenditionState",
    "Report",
    "ReportQuerySet",
    "ScopeBasis",
    "ScopeKind",
    "Severity",
    "Source",
    "State",
    "TakeDown",
    "TakeDownKind",
    "Version",
    "VersionQuerySet",
    "Waiting",
    "Worker",
    "column_name",
    "content_of",
    "read_figures",
    "row_names",
    "told_of",
    "total_of",
    "unbalanced",
    "undecided",
    "write_figures",
]
