"""What a file is that is called a table, by its bytes; its name may say anything."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _later

from .errors import TableError

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
START = 4096

# What stands at the beginning of other files, and their sentence.
BEGINNINGS = (
    (
        rb"%PDF-",
        _later(
            "Die Datei ist ein PDF. Daraus lässt sich keine Tabelle sicher lesen: "
            "Bitten Sie um die Liste als XLSX oder CSV."
        ),
    ),
    (rb"\{\\rtf", _later("Die Datei ist ein Textdokument (RTF), keine Tabelle.")),
    (rb"\x89PNG|\xff\xd8\xff|GIF8", _later("Die Datei ist ein Bild, keine Tabelle.")),
    (
        rb"(?i)(\xef\xbb\xbf)?\s*<(!doctype html|html|table|head|body|meta)\b",
        _later(
            "Die Datei ist eine Internetseite (HTML), auch wenn sie anders heißt. "
            "Öffnen Sie sie in Excel und speichern Sie sie als XLSX."
        ),
    ),
    (
        rb"(?s)(\xef\xbb\xbf)?\s*<\?xml.*urn:schemas-microsoft-com:office:spreadsheet",
        _later(
            "Die Datei ist eine „XML-Kalkulationstabelle 2003“, auch wenn sie anders heißt. "
            "Öffnen Sie sie in Excel und speichern Sie sie als XLSX."
        ),
    ),
    (
        rb"(\xef\xbb\xbf)?\s*<(\?xml|!--|[A-Za-z][\w.-]*[ >])",
        _later(
            "Die Datei ist XML, auch wenn sie anders heißt. "
            "Öffnen Sie sie in Excel und speichern Sie sie als XLSX."
        ),
    ),
)
# Streams of an OLE file, in UTF-16 as its directory has them (MS-CFB 2.6.1).
STREAMS = (
    (
        "EncryptedPackage",
        _later(
            "Die Datei ist mit einem Kennwort geschützt. "
            "Speichern Sie sie bitte ohne Kennwort als XLSX."
        ),
    ),
    ("WordDocument", _later("Die Datei ist ein Word-Dokument, keine Tabelle.")),
    (
        "",
        _later(
            "Die Datei ist im alten Excel-Format (.xls). "
            "Öffnen Sie sie in Excel und speichern Sie sie als XLSX."
        ),
    ),
)


def is_workbook(data):
    """Whether the bytes seem to be an XLSX file. Raises ``TableError`` for what is no table."""
    if data.startswith(ZIP):
        return True
    if data.startswith(OLE):
        names = ((name.encode("utf-16-le"), sentence) for name, sentence in STREAMS)
        raise TableError(_(next(sentence for name, sentence in names if name in data)))
    start = data[:START]
    for pattern, sentence in BEGINNINGS:
        if re.match(pattern, start):
            raise TableError(_(sentence))
    return False
