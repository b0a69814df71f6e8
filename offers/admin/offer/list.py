"""The list of offers: columns, filters, search and what is done with many at once."""

from django.contrib import admin
from django.contrib.admin.views.main import ORDER_VAR
from django.db.models import F, Func, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from kekiz_portal.lib.german_order import GermanOrder
from kekiz_portal.lib.office import name_of
from kekiz_portal.lib.times import day_words
from lifephases.admin import AgeSpanAdmin
from offers.admin import bulk
from offers.admin.list_filters import (
    DistrictFilter,
    FreshnessFilter,
    PhaseFilter,
    ProviderFilter,
    ResponsibleFilter,
    StatusFilter,
    ToDoFilter,
    TopicFilter,
)
from offers.admin.listing import OfficeList
from offers.curation.confirming import confirm
from offers.models import Editorship, Offer, Pursuit
from offers.quality import hints, work_list
from offers.quality.rules import BY_NAME
from offers.search.query.understanding import understand
from offers.search.ranking import ranked

INTERNAL = ["freshness", "responsible_words", FreshnessFilter, ResponsibleFilter]


class OfferListing(AgeSpanAdmin, OfficeList):
    list_display = [
        "title",
        "provider_words",
        "age",
        "next_date",
        "freshness",
        "state",
        "responsible_words",
        "missing_words",
    ]
    list_filter = [
        ToDoFilter,
        StatusFilter,
        FreshnessFilter,
        ResponsibleFilter,
        PhaseFilter,
        TopicFilter,
        DistrictFilter,
        ProviderFilter,
    ]
    search_fields = [
        "title",
        "alternate_name",
        "teaser",
        "search_terms",
        "provider__name",
        "provider_name",
        "phone",
        "email",
        "contact_points__label",
        "contact_points__phone",
        "contact_points__email",
    ]
    search_help_text = _(
        "Sucht wie die Seite für Eltern, auch mit Tippfehlern; dazu in Kontakten und Nummern."
    )
    actions = ["confirm_many", "publish_many", "archive_many", "hand_over_many", "topic_many"]

    def get_list_display(self, request):
        """Who is responsible and what was checked is the office's own business."""
        columns = super().get_list_display(request)
        return [one for one in columns if one not in INTERNAL or self.is_office(request)]

    def get_list_filter(self, request):
        filters = super().get_list_filter(request)
        return [one for one in filters if one not in INTERNAL or self.is_office(request)]

    def get_ordering(self, request):
        """A pile of the work list opens with what has waited longest."""
        queue = work_list.BY_NAME.get(request.GET.get("todo"))
        return [queue.oldest, "pk"] if queue else super().get_ordering(request)

    def get_search_results(self, request, queryset, search_term):
        """What the public search finds, in any status, best first; and who the contacts are."""
        rows, may_repeat = super().get_search_results(request, queryset, search_term)
        if not search_term.strip():
            return rows, may_repeat
        found = ranked(understand(search_term), statuses=Offer.Status.values)
        rows = queryset.filter(Q(pk__in=found.ids or []) | Q(pk__in=rows.order_by().values("pk")))
        is_sorted = request.GET.get(ORDER_VAR) or request.GET.get("todo")
        return (rows if is_sorted else rows.best_match_first(found)), False

    # Columns

    def worked_out(self, rows):
        return super().worked_out(rows).annotate(hint_names=hints.names())

    @admin.display(description=_("Anbieter"), ordering=GermanOrder("provider__name"))
    def provider_words(self, offer):
        return offer.provider_words

    @admin.display(description=_("nächster Termin"), ordering="next_at", empty_value="–")
    def next_date(self, offer):
        return day_words(timezone.localtime(offer.next_at)) if offer.next_at else None

    @admin.display(description=_("bestätigt"), ordering="confirmed_at")
    def freshness(self, offer):
        """When somebody last said that all is right, and whether it is time to ask again."""
        if offer.confirmed_at is None:
            return _mark("never", _now("noch nie"))
        day = date_format(timezone.localtime(offer.confirmed_at), "SHORT_DATE_FORMAT")
        due = offer.next_check <= timezone.localdate()
        return _mark("due", _now("%s, Prüfung fällig") % day) if due else day

    @admin.display(description=_("Status"), ordering="status")
    def state(self, offer):
        if getattr(offer, "pursuit", None) and offer.pursuit.step == Pursuit.Step.HIDDEN:
            return _mark(offer.status, _now("ausgeblendet, weil nicht bestätigt"))
        return _mark(offer.status, offer.get_status_display())

    @admin.display(description=_("verantwortlich"), ordering="responsible__username")
    def responsible_words(self, offer):
        return name_of(offer.responsible) if offer.responsible else "–"

    @admin.display(
        description=_("Fehlt oder passt nicht"),
        ordering=Func(F("hint_names"), function="cardinality"),
        empty_value="–",
    )
    def missing_words(self, offer):
        return ", ".join(str(BY_NAME[name].word) for name in offer.hint_names) or None

    # With many at once

    @admin.action(description=_("Von der Redaktion geprüft"), permissions=["office"])
    def confirm_many(self, request, offers):
        number = confirm(offers, by=request.user)
        words = ngettext(
            "%d Eintrag ist als geprüft vermerkt.", "%d Einträge sind als geprüft vermerkt.", number
        )
        self.message_user(request, words % number)

    @admin.action(description=_("Veröffentlichen"), permissions=["publish"])
    def publish_many(self, request, offers):
        bulk.take_step_with_many(self, request, offers, "publish")

    @admin.action(description=_("Archivieren …"), permissions=["archive"])
    def archive_many(self, request, offers):
        form = bulk.answered(bulk.ReasonForm, request)
        if not form.is_valid():
            return bulk.ask_first(self, request, offers, form, _("Archivieren"))
        reason = form.cleaned_data["reason"]
        return bulk.take_step_with_many(self, request, offers, "archive", reason)

    @admin.action(description=_("An jemanden übergeben …"), permissions=["office"])
    def hand_over_many(self, request, offers):
        form = bulk.answered(bulk.HandOverForm, request)
        if not form.is_valid():
            return bulk.ask_first(self, request, offers, form, _("Übergeben"))
        number = bulk.hand_over(offers, form.cleaned_data["colleague"], request.user)
        return bulk.say_done(self, request, number, _("übergeben"))

    @admin.action(description=_("Thema hinzufügen oder entfernen …"), permissions=["office"])
    def topic_many(self, request, offers):
        form = bulk.answered(bulk.TopicForm, request)
        if not form.is_valid():
            return bulk.ask_first(self, request, offers, form, _("Thema ändern"))
        remove = form.cleaned_data["way"] == bulk.TopicForm.REMOVE
        topic = form.cleaned_data["topic"]
        number = bulk.set_topic(offers, topic, remove=remove, by=request.user)
        done = _now("Thema „%s“ entfernt") if remove else _now("Thema „%s“ hinzugefügt")
        bulk.say_done(self, request, number, done % topic)
        return bulk.say_unchanged(self, request, offers.count() - number)

    def is_office(self, request):
        return not Editorship.objects.restricts(request.user)

    def has_office_permission(self, request):
        """Providers propose changes; what is done with many at once is the office's."""
        return self.has_change_permission(request) and self.is_office(request)

    def has_publish_permission(self, request):
        return request.user.has_perm("offers.publish_offer")

    def has_archive_permission(self, request):
        return request.user.has_perm("offers.archive_offer")


def _mark(kind, words):
    """Return words that carry a state; the colour only repeats what they say."""
    return format_html('<span class="mark mark--{}">{}</span>', kind, words)
