"""The pages of the chain for whoever coordinates it."""

from urllib.parse import urlencode

from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.formats import number_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from kekiz_portal.lib.history.earlier_day import earlier_day
from kekiz_portal.lib.history.recording import edit
from kekiz_portal.lib.office import form_of

from . import children, columns, demand, doors, findings, kettenlauf
from .cells import Thin
from .noting import MAY_NOTE, NoteForm, note_of
from .overview import Overview
from .thread import Thread

MAY_LOOK = "network.view_childrencount"
MAY_ADD_WORDS = "offers.add_searchsynonym"
FIGURES = {  # by the word in the address: what a field can show, and how it is read from it
    "": (_("Angebote"), lambda field: field.cell.offers),
    "erreichbar": (_("davon erreichbar"), lambda field: field.cell.within_reach),
    "kostenlos": (_("davon kostenlos"), lambda field: field.cell.free),
    "orte": (_("Orte"), lambda field: field.cell.places),
    "sprachen": (_("Sprachen außer Deutsch"), lambda field: len({*field.cell.languages} - {"de"})),
    "je-100": (_("Angebote je 100 Kinder"), lambda field: _tenths(field.per_100)),
    "stufe": (_("Präventionsstufe"), lambda field: field.cell.level_words),
}


@method_decorator(
    [admin.site.admin_view, permission_required(MAY_LOOK, raise_exception=True)],
    name="dispatch",
)
class OfTheChain(View):
    """A page about a part of the city and a cut, both in the address; unknown words mean all."""

    def overview(self):
        cuts = {cut.slug: cut for cut in columns.CUTS}
        asked = self.request.GET
        cut = cuts.get(asked.get("fuer", ""), columns.CUTS[0])
        today = timezone.localdate()
        return Overview(today, asked.get("bezirk"), cut, earlier_day(asked.get("seit", ""), today))

    def page(self, name, title, **context):
        frame = admin.site.each_context(self.request) | {"title": title}
        return render(self.request, f"admin/network/coverage/{name}.html", frame | context)

    def address(self, overview):
        """Return what the address says of part and cut, to be carried along."""
        told = {"bezirk": overview.slug or "", "fuer": overview.cut.slug}
        told["seit"] = overview.since.day.isoformat() if overview.since else ""
        return urlencode({name: value for name, value in told.items() if value})


class TablePage(OfTheChain):
    def get(self, request):
        overview = self.overview()
        figure = request.GET.get("zahl", "")
        figure = figure if figure in FIGURES else ""
        address = self.address(overview)
        holes, thin = findings.holes(overview), findings.thin_ice(overview)
        return self.page(
            "table",
            _now("Wie dicht ist die Kette?"),
            overview=overview,
            address=address,
            cuts=columns.CUTS,
            figures={name: words for name, (words, _of) in FIGURES.items()},
            figure=figure,
            heads=_heads(overview),
            thread=Thread(overview),
            is_public=settings.PUBLISHES_THE_CHAIN,
            rows=_shown(overview, figure, address),
            steps=[_step(row, address) for row in overview.step_rows],
            holes=holes[:1],
            more_holes=[one.topic for one in holes[1:3]],
            one_provider=thin[Thin.ONE_PROVIDER],
            ending=thin[Thin.ENDING],
            full=thin[Thin.FULL],
            a_year_ago=overview.day - relativedelta(years=1),
            mend=findings.mend(overview),
            **_beside(overview),
        )


class CellPage(OfTheChain):
    """The offers behind one cell, and its note; or those behind a step with all topics."""

    def get(self, _request):
        return self.answer()

    def post(self, request):
        """Keep the note of the cell; what cannot be kept stays as it was typed."""
        if not request.user.has_perm(MAY_NOTE):
            raise PermissionDenied
        overview, column, topic = self.asked()
        if not (overview.place and topic and column.slug in overview.columns):
            raise Http404
        note = NoteForm(request.POST, instance=note_of(overview.place, topic, column))
        if not note.is_valid():
            return self.answer(note)
        with edit(by=request.user):
            note.save()
        messages.success(request, _now("Die Notiz ist gespeichert."))
        return redirect(request.get_full_path())

    def asked(self):
        """Return what the address asks for: page, column, topic (``None`` is all)."""
        overview, told = self.overview(), self.request.GET
        column = overview.columns.get(told.get("feld"), overview.span)
        topic = next((one for one in overview.topics if one.slug == told.get("thema")), None)
        return overview, column, topic

    def answer(self, note=None):
        overview, column, topic = self.asked()
        supply, slug = overview.supply, topic and topic.slug
        cell = supply.cell(slug, column, overview.slug)
        here = supply.entries_of(cell.those)
        if note is None and topic and overview.place and column.slug in overview.columns:
            note = NoteForm(instance=note_of(overview.place, topic, column))
        title = _now("%(topic)s, %(column)s, %(place)s") % {
            "topic": topic or _now("Alle Themen"),
            "column": column.name,
            "place": overview.place.label if overview.place else "",
        }
        return self.page(
            "cell",
            title,
            overview=overview,
            address=self.address(overview),
            cell=cell,
            change=overview.since and overview.since.cell(column, slug, overview.slug),
            doubles=[(topic, one) for one in overview.doubles.of(slug, column, overview.slug)]
            if topic
            else [],
            demand=overview.demand.of(overview.place, topic, column),
            words=demand.words(topic) if topic else [],
            may_add=self.request.user.has_perm(MAY_ADD_WORDS),
            doors=doors.of_cell(topic, overview.place, column) if topic and overview.place else [],
            here=sorted(here, key=lambda one: (one.is_within_reach, one.title)),
            elsewhere=supply.entries_of(supply.about(slug) & supply.of(column) & ~cell.those),
            note=note if self.request.user.has_perm(MAY_NOTE) else None,
        )


class DoorsPage(OfTheChain):
    """Whose duty what is, and what nobody's is."""

    def get(self, _request):
        return self.page("doors", _now("Wer ist wofür zuständig?"), doors=doors.Doors())


class DemandPage(OfTheChain):
    """What families looked for in vain or found full."""

    def get(self, request):
        return self.page(
            "demand",
            _now("Was fehlt Familien?"),
            needs=demand.Demand().lines,
            words=demand.words(),
            may_add=request.user.has_perm(MAY_ADD_WORDS),
        )


class WalkPage(OfTheChain):
    """The walk of ten thousand children, with what it assumes."""

    def get(self, _request):
        run = kettenlauf.Kettenlauf(timezone.localdate())
        return self.page(
            "walk",
            _now("Kettenlauf: Bleibt kein Kind zurück?"),
            run=run,
            assumptions_address=_assumptions_address(run.office),
            assumptions=kettenlauf.assumptions(run),
        )


def _assumptions_address(office):
    """Return where the assumptions are changed, or written for the first time."""
    return form_of(office) if office.pk else reverse("admin:network_chainassumptions_add")


def _heads(overview):
    """Return each column with the count of its children, ``None`` where nobody knows it."""
    place = overview.place
    return [(one, place and overview.children.of(place, one.years)) for one in overview.phases]


def _shown(overview, figure, carried):
    """Yield each topic with its fields, as words: a number, what is within reach, what is thin."""
    for topic, fields in overview.rows:
        yield topic, [_field(overview, field, figure, carried) for field in fields]


def _field(overview, field, figure, carried):
    cell = field.cell
    marks = [one for one in cell.thin if one != Thin.UNCONFIRMED][:1]
    if Thin.UNCONFIRMED in cell.thin and not overview.is_nothing_confirmed:
        marks.append(Thin.UNCONFIRMED)
    words = [str(one.label) for one in marks] + ([_now("doppelt")] if field.doubles else [])
    note = overview.notes.get((field.column.slug, field.topic.slug))
    reached = "" if figure or not cell.within_reach else _now("%d erreichbar") % cell.within_reach
    return {
        "number": "" if cell.is_empty else str(FIGURES[figure][1](field)),
        "reached": reached,
        "marks": words,
        "kind": cell.worst,
        "note": note and note.get_state_display(),
        "change": _counted(field.change) if overview.since and overview.since.then.entries else "",
        "address": _cell_address(field.column, carried, field.topic),
    }


def _counted(change):
    """Return how many came and went: "+2 −1"."""
    signs = [("+", change.came), ("−", change.gone)]
    return " ".join(f"{sign}{len(those)}" for sign, those in signs if those)


def _tenths(number):
    return "–" if number is None else number_format(number, 1)


def _step(row, carried):
    """Return a step with its figures and the topics that have nobody, or one provider alone."""
    step, whole, fields = row
    return {
        "step": step,
        "address": _cell_address(step, carried),
        "cell": whole,
        "empty": [field.topic for field in fields if field.cell.is_hole],
        "alone": [field.topic for field in fields if Thin.ONE_PROVIDER in field.cell.thin],
    }


def _cell_address(column, carried, topic=None):
    about = {"feld": column.slug} | ({"thema": topic.slug} if topic else {})
    return f"{reverse('coverage:cell')}?{urlencode(about)}&{carried}".rstrip("&")


def _beside(overview):
    """Return what is known of the children here, beside the table."""
    if overview.place is None:
        return {}
    span, needs = overview.span, children.Needs(overview.place)
    own = overview.children.within(overview.place, span.first, span.end)
    of_city = overview.children.within(overview.city, span.first, span.end) if overview.part else []
    return {
        "counts": own,
        "counts_of_the_city": of_city,
        "needs": needs.figures,
        "schools": needs.schools,
        "parts": list(overview.by_part()),
    }
