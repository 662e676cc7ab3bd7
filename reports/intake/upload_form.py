"""The forms of the upload page: one file, many at once, or pasted text."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from reports.importing.read import MAX_FILE

MAX_TEXT_LENGTH = 1_000_000
ACCEPTED = ".docx,.pdf,.html,.htm,.mht,.mhtml,.xlsx,.xls,.txt,.csv,.json,.doc,.wps,.rtf,.zip"
PUBLISHED, DRAFT = "published", "draft"


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or more."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        files = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(file, initial) for file in files or [None]]


class UploadForm(forms.Form):
    """Files to be read as reports. What is asked beside them concerns many files; a single one is asked about in its preview."""

    file = FilesField(
        label=_("报告文件"),
        allow_empty_file=True,
        error_messages={"required": _("请先选择一个文件。")},
    )
    keep = forms.ChoiceField(
        label=_("多个文件存为"),
        choices=[(PUBLISHED, _("已公开的报告")), (DRAFT, _("草稿，由各机关自己核对提交"))],
        required=False,
    )
    store_doubtful = forms.BooleanField(label=_("没有完全读准的也直接存入（疑问会留在报告上）"), required=False)

    def clean_file(self) -> list[UploadedFile]:
        files: list[UploadedFile] = self.cleaned_data["file"]
        if not are_many(files):
            _refuse_size(files[0])
        return files


def are_many(files: list[UploadedFile]) -> bool:
    """Whether they are worked off in the background; a zip archive may hold any number."""
    return len(files) > 1 or (files[0].name or "").lower().endswith(".zip")


def _refuse_size(file: UploadedFile) -> None:
    if not file.size:
        raise ValidationError(_("文件“%(name)s”是空的，请换一个文件。"), "empty", {"name": file.name})
    if file.size > MAX_FILE:
        words = {"name": file.name, "size": MAX_FILE // 1024**2}
        raise ValidationError(_("文件“%(name)s”超过 %(size)d MB。请另存为不含图片的文件后再上传。"), "too_large", words)


class TextForm(forms.Form):
    """The text of a report, as it is copied from a page or a document."""

    text = forms.CharField(
        label=_("报告全文"),
        max_length=MAX_TEXT_LENGTH,
        widget=forms.Textarea,
        error_messages={"required": _("请先把报告的文字粘贴到这里。")},
    )
