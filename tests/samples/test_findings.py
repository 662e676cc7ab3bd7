"""The rules find in the samples what was planted there, and nothing else."""

from __future__ import annotations

import pytest

from agencies.models import Agency
from reports.importing.files import File
from reports.intake.checking import FileRead, check_files
from samples.contents import Sample
from tests.samples.made_files import SAMPLES, read


def as_read(sample: Sample) -> FileRead:
    return FileRead(File(sample.file), parsed=read(sample.name))


@pytest.mark.django_db
def test_exactly_the_planted_contradictions_are_found_in_the_files_together() -> None:
    assert not Agency.objects.exists()
    files = {name: as_read(sample) for name, sample in SAMPLES.items()}
    check_files(list(files.values()))
    found = {name: {(finding.rule, finding.where) for finding in file.findings} for name, file in files.items()}
    planted = {
        name: {(each.rule, where) for each in sample.planted for where in each.findings}
        for name, sample in SAMPLES.items()
    }
    assert found == planted
