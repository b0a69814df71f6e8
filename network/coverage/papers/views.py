"""What is taken along of the chain: workbooks and papers; the audit log notes who took one."""

import io

from django.contrib.auth.decorators import permission_required
from django.http import FileResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _now

from kekiz_portal.lib.keys import key
from kekiz_portal.lib.office import name_of
from network.coverage import columns
from network.coverage.views import OfTheChain
from network.models import ChildrenCount
from offers.admin.exporting import EXPORTS
from offers.exchange.exporting import exports
from offers.exchange.exporting.exports import Format
from offers.models import signals

from . import chapters, inventory, owed, report, sheet

PDF = "application/pdf"
OWED = {"zahlen": owed, "netze": inventory}  # by the word in the address
YEARS_BACK = 5


class Paper(OfTheChain):
    """A file about what the address asks for."""

    def post(self, request):
        if not EXPORTS.allows(request):
            return EXPORTS.refuse(render(request, "429.html"))
        return self.answer(self.overview(), name_of(request.user))

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


@method_decorator(permission_required("network.view_partner", raise_exception=True), "dispatch")
class Owed(Paper):
    """The papers that are owed, as a page, a workbook or a PDF of the same tables."""

    def get(self, request):
        overview = self.overview()
        which, year = self.asked(overview)
        paper = OWED[which].paper(overview, year, name_of(request.user))
        return self.page(
            "owed",
            paper.title,
            overview=overview,
            address=self.address(overview),
            paper=paper,
            which=which,
            year=year,
            years=range(overview.day.year, overview.day.year - YEARS_BACK, -1),
            cuts=columns.CUTS,
        )

    def answer(self, overview, by):
        which, year = self.asked(overview)
        paper = OWED[which].paper(overview, year, by)
        is_pdf = self.request.POST.get("als") == "pdf"
        kind = "pdf" if is_pdf else Format.XLSX.value
        rows = sum(len(one.rows) for one in paper.chapters)
        told = {"what": paper.title, "count": rows, "format": kind}
        name = f"{paper.file_name}-{year}.{kind}"
        if is_pdf:
            return self.file(io.BytesIO(chapters.pdf(paper)), name, PDF, told)
        return self.file(chapters.workbook(paper), name, Format.XLSX.content_type, told)

    def asked(self, overview):
        """Return which paper and which year the address asks for; unknown words mean the first."""
        told, this_year = self.request.GET, overview.day.year
        which = told.get("blatt") if told.get("blatt") in OWED else "zahlen"
        year = key(told.get("jahr", "")) or this_year
        return which, year if this_year - YEARS_BACK < year <= this_year else this_year
