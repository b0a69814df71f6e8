"""In which forms a list leaves the portal."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from offers.exchange.exporting import exports


class Format(models.TextChoices):
    XLSX = exports.Format.XLSX.value, exports.Format.XLSX.label
    CSV_EXCEL = exports.Format.CSV_EXCEL.value, exports.Format.CSV_EXCEL.label
    CSV = exports.Format.CSV.value, exports.Format.CSV.label
    VCARD = "vcard", _("Adressbuch (vCard 3.0)")
    VCARD_4 = "vcard-4", _("Adressbuch (vCard 4.0)")
    LABELS = "labels", _("Adressetiketten (PDF)")
    ATTENDANCE = "attendance", _("Anwesenheitsliste (PDF)")

    @property
    def table(self):
        """The format of the table, ``None`` where the file is none."""
        is_table = self.value in exports.Format.values
        return exports.Format(self.value) if is_table else None


HELP = {
    Format.XLSX: _("Zum Weiterarbeiten: führende Nullen und Umlaute bleiben."),
    Format.CSV_EXCEL: _("Mit Semikolon und 31.12.2026. Excel kürzt darin führende Nullen."),
    Format.CSV: _("Nach RFC 4180: Komma, UTF-8, 2026-12-31. Für andere Programme."),
    Format.VCARD: _("Für Outlook, Thunderbird und das Diensttelefon."),
    Format.VCARD_4: _("Nur, wenn ein Programm die neuere Form verlangt."),
    Format.LABELS: _("A4 mit 21 Etiketten zu 63,5 × 38,1 mm. Ohne Anschrift kein Etikett."),
    Format.ATTENDANCE: _("Zum Ausdrucken und Unterschreiben, mit leeren Zeilen für Gäste."),
}
