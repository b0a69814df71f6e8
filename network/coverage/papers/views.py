"""What is taken along of the chain: a workbook and a report; the audit log notes who took it."""

import io

from django.http import FileResponse
from django.shortcuts import render
from django.utils.translation import gettext as _now

from network.coverage.views import OfTheChain
from network.models import ChildrenCount
from offers.admin.exporting import EXPORTS
from offers.exchange.exporting import exports
from offers.exchange.exporting.exports import Format
from offers.models import signals

from . import report, sheet

PDF = "application/pdf"


class Paper(OfTheChain):
    """A file about what the address asks for."""

    def post(self, request):
        if not EXPORTS.allows(request):
            return EXPORTS.refuse(render(request, "429.html"))
        user = request.user
        return self.answer(self.overview(), user.get_full_name() or user.get_username())

    def file(self, content, name, kind, told):
        """Return the file and let the log note it; ``told`` says what, in which form, how much."""
        request = self.request
        filters = request.GET.dict()
        signals.exported.send(sender=ChildrenCount, actor=request.user, filters=filters, **told)
        response = FileResponse(content, as_attachment=True, filename=name)
        response["Content-Type"] = kind
        response["Cache-Control"] = "no-store"
        return response


class Sheet(Paper):
    """The table as a workbook."""

    def answer(self, overview, by):
        fields = sheet.fields(overview)
        book, about = sheet.workbook(overview, fields, by)
        told = {"what": about.what, "count": len(fields), "format": Format.XLSX.value}
        name = exports.file_name(about, Format.XLSX)
        return self.file(book, name, Format.XLSX.content_type, told)


class Report(Paper):
    """The two pages for the committee."""

    def answer(self, overview, by):
        pdf = report.report(overview, by)
        told = {"what": _now("Bericht zur Kette"), "count": len(overview.fields), "format": "pdf"}
        name = f"bericht-praeventionskette-{overview.day}.pdf"
        return self.file(io.BytesIO(pdf), name, PDF, told)
