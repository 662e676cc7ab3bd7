"""Documents of every kind that Word and WPS write, each with a picture that lies at an address."""

from __future__ import annotations

import subprocess
import zipfile
from pathlib import Path

from tests.importing.generator.by_libreoffice import LIBREOFFICE

KINDS = ("docx", "odt", "rtf", "doc")
SAID = "年度报告"

_DOCX = {
    "[Content_Types].xml": """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/word/document.xml"
 ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>""",
    "_rels/.rels": """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="r1" Target="word/document.xml"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>""",
    "word/_rels/document.xml.rels": """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="r9" Target="ADDRESS" TargetMode="External"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"/></Relationships>""",
    "word/document.xml": """<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
 xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
 xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><w:body>
<w:p><w:r><w:t>SAID</w:t></w:r></w:p>
<w:p><w:r><w:drawing><wp:inline><wp:extent cx="900000" cy="900000"/><wp:docPr id="1" name="p"/>
<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>
<pic:nvPicPr><pic:cNvPr id="1" name="p"/><pic:cNvPicPr/></pic:nvPicPr>
<pic:blipFill><a:blip r:link="r9"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>
<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="900000" cy="900000"/></a:xfrm><a:prstGeom prst="rect"/></pic:spPr>
</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>
<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>
<w:r><w:instrText>INCLUDEPICTURE "ADDRESS" \\d</w:instrText></w:r>
<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>
</w:body></w:document>""",
}
_ODT = {
    "mimetype": "application/vnd.oasis.opendocument.text",
    "META-INF/manifest.xml": """<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">
<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>""",
    "content.xml": """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
 xmlns:xlink="http://www.w3.org/1999/xlink"><office:body><office:text><text:p>SAID</text:p>
<text:p><draw:frame svg:width="3cm" svg:height="3cm" text:anchor-type="as-char">
<draw:image xlink:href="ADDRESS"/></draw:frame></text:p>
</office:text></office:body></office:document-content>""",
}


def document_pointing_at(address: str, kind: str, folder: Path) -> Path:
    """Written into the folder; a .doc is made of the .docx by LibreOffice, in a place from which it reaches nothing."""
    file = folder / f"report.{kind}"
    if kind == "rtf":
        said = "".join(f"\\u{ord(each)}?" for each in SAID)
        field = rf'{{\field{{\*\fldinst INCLUDEPICTURE "{address}" \\d}}{{\fldrslt}}}}'
        file.write_bytes(rf"{{\rtf1\ansi {said}\par {field}\par}}".encode("ascii"))
    elif kind == "doc":
        # An address that answers to nobody, replaced afterwards: of the same length.
        elsewhere = address.replace("127.0.0.1", "127.0.0.9")
        made = document_pointing_at(elsewhere, "docx", folder)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [str(LIBREOFFICE), profile, "--headless", "--convert-to", "doc", "--outdir", str(folder), str(made)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        data = file.read_bytes()
        for encoding in ("utf-16-le", "ascii"):
            data = data.replace("127.0.0.9".encode(encoding), "127.0.0.1".encode(encoding))
        assert address.encode("utf-16-le") in data or address.encode() in data
        file.write_bytes(data)
    else:
        parts = _DOCX if kind == "docx" else _ODT
        with zipfile.ZipFile(file, "w") as archive:
            for name, content in parts.items():
                archive.writestr(name, content.replace("ADDRESS", address).replace("SAID", SAID))
    return file
