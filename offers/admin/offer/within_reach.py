"""How many entries are within reach, by month and on any day: a page, and the same as XLSX."""

import openpyxl
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import FileResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.history.earlier_day import earlier_day
from kekiz_portal.lib.office import ReadOnly, page
from kekiz_portal.lib.tables.writing import file_of, text_cell
from offers.exchange.exporting.exports import Format
from offers.models import ReachCount
from offers.models.signals import exported
from offers.quality import reach, reach_by_month

Group = ReachCount.Group
# The words in the address of the page, in the order of its tabs.
GROUPS = {
    "thema": (Group.TOPIC, _("nach Thema")),
    "phase": (Group.PHASE, _("nach Lebensphase")),
    "stadtteil": (Group.DISTRICT, _("nach Stadtteil")),
    "einrichtung": (Group.PROVIDER, _("nach Einrichtung")),
}
FIRST = "thema"
MISSING = {
    "contact": _("niemand, den man fragen kann"),
    "place": _("kein Ort"),
    "time": _("weder wann noch wie man mitmacht"),
}


@admin.register(ReachCount)
class ReachCountAdmin(ReadOnly):
    """One page in place of a list: the last months, or a day and another one beside each other."""

    def changelist_view(self, request, extra_context=None):
        if not self.has_view_permission(request):
            raise PermissionDenied
        name = request.GET.get("nach") if request.GET.get("nach") in GROUPS else FIRST
        group, words = GROUPS[name]
        today = timezone.localdate()
        days = asked_days(request.GET, today)
        table = reach_by_month.table_of(days, group) if days else reach_by_month.table(group)
        heads = [date_format(one, "d.m.Y" if days else "M Y") for one in table.days]
        lines = [reach_by_month.Line(_now("Alle Angebote"), table.whole), *table.lines]
        if request.GET.get("datei") == "xlsx":
            self._tell(request, lines)
            return FileResponse(
                workbook(str(words), heads, lines),
                as_attachment=True,
                filename=f"erreichbar-{name}.xlsx",
                content_type=Format.XLSX.content_type,
            )
        now = reach.report()
        context = {
            "now": now,
            "percent": reach.percent(now),
            "missing": missing_in_words(),
            "groups": [(key, label, key == name) for key, (_group, label) in GROUPS.items()],
            "name": name,
            "caption": words,
            "heads": heads,
            "lines": lines,
            "today": today,
            "days": days,
            "carried": "".join(
                f"&{key}={day}" for key, day in zip(("tag", "mit"), days, strict=False)
            ),
            "is_public": settings.PUBLISHES_REACH,
        }
        title = _now("Erreichbare Angebote")
        return page(self, request, "admin/offers/within_reach.html", title, context)

    def _tell(self, request, lines):
        """Let the floors above know that a file is handed out."""
        about = {"what": self.opts.label, "count": len(lines), "filters": request.GET.dict()}
        exported.send(sender=self.model, actor=request.user, format="xlsx", **about)


def asked_days(asked, today):
    """Return the past day of an address and the one to compare with (else today), in order."""
    day = earlier_day(asked.get("tag", ""), today)
    other = earlier_day(asked.get("mit", ""), today) or today
    return sorted({day, other}) if day else []


def missing_in_words():
    """Return what is missing most, each with how often."""
    return [(MISSING[name], number) for name, number in reach_by_month.missing() if number]


def workbook(title, heads, lines):
    """Return an open file: for each month or day the entries, those within reach, confirmed."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(title)
    head = [_now("Teil")]
    for when in heads:
        head += [_now("%s: Einträge") % when, _now("%s: erreichbar") % when]
        head += [_now("%s: davon bestätigt") % when]
    sheet.append([text_cell(sheet, text, bold=True) for text in head])
    for line in lines:
        numbers = []
        for one in line.counts:
            numbers += [one.entries, one.within_reach, one.confirmed] if one else [None] * 3
        sheet.append([text_cell(sheet, line.name), *numbers])
    return file_of(book)
