"""Cells of Excel that are not what they seem: computed by nobody, broken, or made a date."""

import datetime as dt

from django.utils.translation import gettext as _

from kekiz_portal.lib.tables.cells import Covered, DateText, ErrorText, NoResult
from kekiz_portal.lib.times import plain_day


def reason(cell, column):
    """Return why a cell refuses its row, "" if it does not. ``column`` is ``None`` for several."""
    if isinstance(cell, NoResult):
        return _(
            "Hier steht eine Formel ohne gespeichertes Ergebnis. "
            "Öffnen Sie die Datei in Excel und speichern Sie sie."
        )
    if isinstance(cell, ErrorText):
        return _("Hier steht der Excel-Fehler %s.") % cell
    if isinstance(cell, DateText) and not (column and column.may_be_date):
        return _("Excel hat hier ein Datum gemacht: %s. Tragen Sie es bitte als Text ein.") % said(
            cell
        )
    return ""


def hint(cell, column):
    """Return what a person should look at, "" if nothing."""
    if isinstance(cell, DateText) and column and not column.is_date:
        words = _("Excel hat hier ein Datum, %s. Ist das gemeint?")
        if "-" not in cell:
            if column.key == "schedule_text":
                return ""  # an hour belongs among the times
            words = _("Excel hat hier eine Uhrzeit, %s. Ist das gemeint?")
        return words % said(cell)
    if isinstance(cell, Covered):
        return _("Die Zelle ist mit einer anderen verbunden; was hier steht, bleibt.")
    return ""


def said(cell):
    """Return the text of a cell as a German writes it, also of a date."""
    if not isinstance(cell, DateText):
        return str(cell)
    day, _space, clock = cell.rpartition(" ")
    if ":" in clock:
        clock = clock.removesuffix(":00")
    else:
        day, clock = clock, ""
    return f"{plain_day(dt.date.fromisoformat(day))} {clock}".strip() if day else clock
