"""Filters of the office's lists: plain words, in the address, and short however long the choice."""

from django.contrib import admin
from django.contrib.auth.models import User
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib import languages
from kekiz_portal.lib.office import name_of
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

    A word that is not among the choices, the ``options`` or the ``terms`` of a model, filters
    nothing: that is called ``nothing_chosen``. A choice is the value of a ``field``, or ``narrow``
    says what it leaves.
    """

    options = ()
    terms = None
    field = ""
    nothing_chosen = _("alle")

    def lookups(self, request, model_admin):
        return self.terms.objects.values_list("slug", "name") if self.terms else self.options

    def value(self):
        value = super().value()
        return value if value in dict(self.lookup_choices) else None

    def choices(self, changelist):
        yield {"selected": self.value() is None, "key": "", "display": self.nothing_chosen}
        for key, words in self.lookup_choices:
            yield {"selected": self.value() == key, "key": key, "display": words}

    def queryset(self, request, rows):
        return rows if self.value() is None else self.narrow(rows, self.value())

    def narrow(self, rows, value):
        return rows.filter(**{self.field: value})


class ToDoFilter(SelectFilter):
    title = _("Zu tun")
    parameter_name = "todo"

    def lookups(self, request, model_admin):
        return [(queue.name, queue.title) for queue in work_list.queues_of(request.user)]

    def narrow(self, offers, value):
        return work_list.BY_NAME[value].entries(offers)


class StatusFilter(SelectFilter):
    title = _("Status")
    parameter_name = field = "status"
    options = Offer.Status.choices


class FreshnessFilter(SelectFilter):
    title = _("Aktualität")
    parameter_name = "stand"
    options = [
        ("nie", _("nie bestätigt")),
        ("faellig", _("Prüfung fällig")),
        ("frisch", _("bestätigt")),
        ("ausgeblendet", _("ausgeblendet, weil nicht bestätigt")),
    ]
    questions = {
        "nie": lambda offers: offers.never_confirmed(),
        "faellig": lambda offers: offers.meant_for_readers().due(),
        "ausgeblendet": lambda offers: offers.filter(pursuit__step="hidden"),
        "frisch": lambda offers: offers.fresh(),
    }

    def narrow(self, offers, value):
        return self.questions[value](offers)


class ResponsibleFilter(SelectFilter):
    title = _("Verantwortlich")
    parameter_name = "wer"
    ME, NOBODY = "ich", "niemand"

    def lookups(self, request, model_admin):
        self.of_value = {self.ME: request.user.pk, self.NOBODY: None}
        colleagues = User.objects.filter(
            pk__in=Offer.objects.order_by().values("responsible").distinct()
        ).exclude(pk=request.user.pk)
        named = [(str(user.pk), name_of(user)) for user in colleagues]
        return [(self.ME, _("ich")), (self.NOBODY, _("niemand")), *named]

    def narrow(self, offers, value):
        return offers.filter(responsible=self.of_value.get(value, value))


class PhaseFilter(SelectFilter):
    title = _("Lebensphase")
    parameter_name = "phase"
    terms = LifePhase

    def narrow(self, offers, value):
        return offers.for_phase(LifePhase.objects.get(slug=value))


class TopicFilter(SelectFilter):
    title = _("Thema")
    parameter_name = "thema"
    terms = Topic

    def narrow(self, offers, value):
        return offers.about([value])


class DistrictFilter(SelectFilter):
    """A part of the city; works for offers and for institutions alike."""

    title = _("Stadtteil")
    parameter_name = "bezirk"

    def lookups(self, request, model_admin):
        return [(one.slug, one.label) for one in District.objects.within_the_city()]

    def narrow(self, rows, value):
        return rows.in_district(value)


class InstitutionKindFilter(SelectFilter):
    title = _("Art der Einrichtung")
    parameter_name = "art"
    terms = InstitutionKind

    def narrow(self, rows, value):
        return rows.of_kind(value)


class ProviderFilter(SelectFilter):
    title = _("Anbieter")
    parameter_name = "anbieter"

    def lookups(self, request, model_admin):
        offers = model_admin.get_queryset(request).order_by()
        with_offers = Institution.objects.filter(pk__in=offers.values("provider"))
        named = [(str(key), name) for key, name in with_offers.values_list("pk", "name")]
        return [("ohne", _("ohne eigene Seite")), *named]

    def narrow(self, offers, value):
        return offers.filter(provider=None if value == "ohne" else value)


class ResponsibilityGapFilter(SelectFilter):
    """Institutions for whose offers nobody is responsible."""

    title = _("Verantwortlich")
    parameter_name = "wer"
    options = [("niemand", _("für ein Angebot niemand"))]

    def narrow(self, institutions, _value):
        return institutions.with_an_orphaned_offer()


class OpenFilter(SelectFilter):
    """Reports somebody should still look at."""

    title = _("Stand")
    parameter_name = "stand"
    options = [("offen", _("offen")), ("erledigt", _("erledigt"))]

    def narrow(self, reports, value):
        return reports.filter(done_at__isnull=value == "offen")


class ArchivedFilter(SelectFilter):
    """The directory as the public knows it, unless the archive is asked for."""

    title = _("Verzeichnis")
    parameter_name = "archiv"
    options = [("ja", _("archivierte"))]
    nothing_chosen = _("aktuelle")

    def queryset(self, request, institutions):
        return institutions.filter(archived_on__isnull=self.value() != "ja")


class LanguageFilter(SelectFilter):
    title = _("Sprache")
    parameter_name = "sprache"
    field = "language"
    options = list(languages.OF_THE_SEARCH.items())


class KindFilter(SelectFilter):
    title = _("Art")
    parameter_name = "art"
    field = "kind"
    options = SearchSynonym.Kind.choices


class NeedFilter(SelectFilter):
    title = _("Notlage")
    parameter_name = "notlage"
    field = "need__slug"
    terms = HelplineNeed
