"""Why a file cannot be read: a code where no language is known, a sentence for people."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _later

from . import limits


class TableError(ValueError):
    """A file that cannot be read; the message says what to do."""


class RefusedError(Exception):
    """A workbook that cannot be read, by the code of its sentence and what belongs into it."""

    def __init__(self, code, **values):
        super().__init__(code)
        self.code, self.values = code, values


SENTENCES = {
    "broken": _later(
        "Die Excel-Datei ist beschädigt. Öffnen Sie sie in Excel und speichern Sie sie neu."
    ),
    "archive": _later(
        "Die Datei ist ein ZIP-Archiv. Packen Sie es aus und nehmen Sie die Tabelle darin."
    ),
    "binary": _later(
        "Die Datei ist eine binäre Excel-Arbeitsmappe (.xlsb). "
        "Öffnen Sie sie in Excel und speichern Sie sie als XLSX."
    ),
    "document": _later("Die Datei ist ein Word-Dokument, keine Tabelle."),
    "slides": _later("Die Datei ist eine Präsentation, keine Tabelle."),
    "numbers": _later(
        "Die Datei kommt aus Numbers von Apple. "
        "Wählen Sie dort „Exportieren“ und „Excel“, und nehmen Sie diese Datei."
    ),
    "calc": _later(
        "Die Datei ist eine Tabelle von LibreOffice (.ods). "
        "Öffnen Sie sie dort und speichern Sie sie als XLSX."
    ),
    "strict": _later(
        "Die Datei ist als „Strict Open XML“ gespeichert. "
        "Wählen Sie in Excel „Speichern unter“ und „Excel-Arbeitsmappe (.xlsx)“."
    ),
    "no sheet": _later("Die Datei hat kein sichtbares Tabellenblatt."),
    "too large": _later(
        "Die Datei ist ausgepackt zu groß. Teilen Sie sie bitte auf mehrere Dateien auf."
    ),
    "too slow": _later(
        "Die Datei ist zu umfangreich, um sie zu lesen. Kopieren Sie die Tabelle in eine neue "
        "Arbeitsmappe, nur die Werte, und nehmen Sie diese."
    ),
    "too many": _later(
        "Die Datei enthält zu viele %(what)s. Kopieren Sie die Tabelle in eine neue Arbeitsmappe, "
        "nur die Werte, und nehmen Sie diese."
    ),
    "far cell": _later(
        "In der Zelle %(cell)s steht etwas, weit neben der Tabelle. "
        "Löschen Sie dort bitte den Inhalt."
    ),
    "too many rows": _later("Die Tabelle hat mehr als %(limit)s Zeilen. Teilen Sie sie bitte auf."),
}
WHAT = {
    "cells": _later("Zellen"),
    "formats": _later("Formate"),
    "texts": _later("Texte"),
    "merged": _later("verbundene Zellen"),
    "names": _later("Namen, Verweise oder Blätter"),
}


def sentence(code, values):
    """Return the sentence that a code stands for."""
    said = {"limit": f"{limits.ROWS:,}".replace(",", ".")} | values
    if "what" in said:
        said["what"] = _(WHAT[said["what"]])
    return _(SENTENCES[code]) % said
