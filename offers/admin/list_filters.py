"""Filters of the office's lists: plain words, in the address, and short however long the choice."""

from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib import languages
from lifephases.models import LifePhase
from offers.models import (
    District,
    HelplineNeed,
    Institution,
    InstitutionKind,
    Offer,
    SearchSynonym,
    Topic,
)
from offers.quality import work_list


class SelectFilter(admin.SimpleListFilter):
    """A choice in a select, which browsers search while one types.

    A word that is not among the choices filters nothing.
    """

    def value(self):
        value = super().value()
        return value if value in dict(self.lookup_choices) else None

    def choices(self, changelist):
        yield {"selected": self.value() is None, "key": "", "display": _("alle")}
        for key, words in self.lookup_choices:
            yield {"selected": self.value() == key, "key": key, "display": words}


class ToDoFilter(SelectFilter):
    title = _("Zu tun")
    parameter_name = "todo"

    def lookups(self, request, model_admin):
        return [(queue.name, queue.title) for queue in work_list.queues_of(request.user)]

    def queryset(self, request, offers):
        queue = work_list.BY_NAME.get(self.value())
        return queue.entries(offers) if queue else offers


class StatusFilter(SelectFilter):
    title = _("Status")
    parameter_name = "status"

    def lookups(self, request, model_admin):
        return Offer.Status.choices

    def queryset(self, request, offers):
        return offers.filter(status=self.value()) if self.value() else offers


class FreshnessFilter(SelectFilter):
    title = _("Aktualität")
    parameter_name = "stand"
    questions = {
        "nie": lambda offers: offers.never_confirmed(),
        "faellig": lambda offers: offers.meant_for_readers().due(),
        "ausgeblendet": lambda offers: offers.filter(pursuit__step="hidden"),
        "frisch": lambda offers: offers.fresh(),
    }

    def lookups(self, request, model_admin):
        return [
            ("nie", _("nie bestätigt")),
            ("faellig", _("Prüfung fällig")),
            ("frisch", _("bestätigt")),
            ("ausgeblendet", _("ausgeblendet, weil nicht bestätigt")),
        ]

    def queryset(self, request, offers):
        return self.questions[self.value()](offers) if self.value() else offers


class ResponsibleFilter(SelectFilter):
    title = _("Verantwortlich")
    parameter_name = "wer"
    ME, NOBODY = "ich", "niemand"

    def lookups(self, request, model_admin):
        colleagues = User.objects.filter(
            pk__in=Offer.objects.order_by().values("responsible").distinct()
        ).exclude(pk=request.user.pk)
        named = [(str(user.pk), user.get_full_name() or user.username) for user in colleagues]
        return [(self.ME, _("ich")), (self.NOBODY, _("niemand")), *named]

    def queryset(self, request, offers):
        if self.value() is None:
            return offers
        key = {self.ME: request.user.pk, self.NOBODY: None}.get(self.value(), self.value())
        return offers.filter(responsible=key)


class PhaseFilter(SelectFilter):
    title = _("Lebensphase")
    parameter_name = "phase"

    def lookups(self, request, model_admin):
        self.phases = {phase.slug: phase for phase in LifePhase.objects.all()}
        return [(slug, phase.name) for slug, phase in self.phases.items()]

    def queryset(self, request, offers):
        return offers.for_phase(self.phases[self.value()]) if self.value() else offers


class TopicFilter(SelectFilter):
    title = _("Thema")
    parameter_name = "thema"

    def lookups(self, request, model_admin):
        return list(Topic.objects.values_list("slug", "name"))

    def queryset(self, request, offers):
        return offers.about([self.value()]) if self.value() else offers


class DistrictFilter(SelectFilter):
    """A part of the city; works for offers and for institutions alike."""

    title = _("Stadtteil")
    parameter_name = "bezirk"

    def lookups(self, request, model_admin):
        return [(one.slug, one.label) for one in District.objects.within_the_city()]

    def queryset(self, request, rows):
        return rows.in_district(self.value()) if self.value() else rows


class InstitutionKindFilter(SelectFilter):
    title = _("Art der Einrichtung")
    parameter_name = "art"

    def lookups(self, request, model_admin):
        return list(InstitutionKind.objects.values_list("slug", "name"))

    def queryset(self, request, rows):
        return rows.of_kind(self.value()) if self.value() else rows


class ProviderFilter(SelectFilter):
    title = _("Anbieter")
    parameter_name = "anbieter"

    def lookups(self, request, model_admin):
        offers = model_admin.get_queryset(request).order_by()
        with_offers = Institution.objects.filter(pk__in=offers.values("provider"))
        named = [(str(key), name) for key, name in with_offers.values_list("pk", "name")]
        return [("ohne", _("ohne eigene Seite")), *named]

    def queryset(self, request, offers):
        if self.value() is None:
            return offers
        return offers.filter(provider=None if self.value() == "ohne" else self.value())


class ResponsibilityGapFilter(SelectFilter):
    """Institutions for whose offers nobody is responsible."""

    title = _("Verantwortlich")
    parameter_name = "wer"

    def lookups(self, request, model_admin):
        return [("niemand", _("für ein Angebot niemand"))]

    def queryset(self, request, institutions):
        if self.value() is None:
            return institutions
        return institutions.with_an_orphaned_offer()


class OpenFilter(SelectFilter):
    """Reports somebody should still look at."""

    title = _("Stand")
    parameter_name = "stand"

    def lookups(self, request, model_admin):
        return [("offen", _("offen")), ("erledigt", _("erledigt"))]

    def queryset(self, request, reports):
        if self.value() is None:
            return reports
        return reports.filter(Q(done_at=None) if self.value() == "offen" else ~Q(done_at=None))


class ArchivedFilter(SelectFilter):
    """The directory as the public knows it, unless the archive is asked for."""

    title = _("Verzeichnis")
    parameter_name = "archiv"

    def lookups(self, request, model_admin):
        return [("ja", _("archivierte"))]

    def queryset(self, request, institutions):
        return institutions.filter(archived_on__isnull=self.value() != "ja")

    def choices(self, changelist):
        chosen, *others = super().choices(changelist)
        yield chosen | {"display": _("aktuelle")}
        yield from others


class LanguageFilter(SelectFilter):
    title = _("Sprache")
    parameter_name = "sprache"

    def lookups(self, request, model_admin):
        return list(languages.OF_THE_SEARCH.items())

    def queryset(self, request, words):
        return words.filter(language=self.value()) if self.value() else words


class KindFilter(SelectFilter):
    title = _("Art")
    parameter_name = "art"

    def lookups(self, request, model_admin):
        return SearchSynonym.Kind.choices

    def queryset(self, request, words):
        return words.filter(kind=self.value()) if self.value() else words


class NeedFilter(SelectFilter):
    title = _("Notlage")
    parameter_name = "notlage"

    def lookups(self, request, model_admin):
        return list(HelplineNeed.objects.values_list("slug", "name"))

    def queryset(self, request, signs):
        return signs.filter(need__slug=self.value()) if self.value() else signs
