"""One version of a report as a file, in any of the formats offered."""

from __future__ import annotations

from typing import Literal, get_args

from reports.exporting import as_docx, as_html, as_pdf, as_xlsx, data
from reports.models import Version
from reports.sheets.printed import print_version

Format = Literal["docx", "pdf", "xlsx", "csv", "html", "json"]
FORMATS: tuple[Format, ...] = get_args(Format)


def export(version: Version, format: Format) -> tuple[bytes, str]:
    """The file and its content type. The same version makes the same bytes. Raises ValueError for another format."""
    match format:
        case "docx":
            return as_docx.as_docx(print_version(version)), as_docx.CONTENT_TYPE
        case "pdf":
            return as_pdf.as_pdf(print_version(version)), as_pdf.CONTENT_TYPE
        case "xlsx":
            return as_xlsx.as_xlsx(print_version(version)), as_xlsx.CONTENT_TYPE
        case "html":
            return as_html.as_html(print_version(version)), as_html.CONTENT_TYPE
        case "csv":
            return data.as_csv(version), data.CSV_TYPE
        case "json":
            return data.as_json(version), data.JSON_TYPE
    raise ValueError(f"not a format of export: {format}")


def filename(version: Version, format: Format) -> str:
    return f"{version.report.agency_id}-{version.report.year}.{format}"


def characters_without_shape(version: Version, format: Format) -> str:
    """The characters that the file cannot show and gives by their Unicode numbers; only PDF files bring fonts of their own."""
    return as_pdf.uncovered(print_version(version)) if format == "pdf" else ""
