"""Filters of the lists of partners and people; most ask about the partner, in both lists."""

from django.utils.translation import gettext_lazy as _

from network.models import Group
from network.people.narrowing import narrow
from offers.admin import list_filters
from offers.admin.list_filters import SelectFilter

from .labels import known_labels


class NetworkFilter(SelectFilter):
    """A filter; its meaning stands in ``network.people.narrowing``, by its name in the address."""

    def narrow(self, rows, value):
        return narrow(rows, {self.parameter_name: value})


class KindFilter(NetworkFilter, list_filters.InstitutionKindFilter):
    """Of the partner."""


class DistrictFilter(NetworkFilter, list_filters.DistrictFilter):
    """A part of the city where the partner has a place."""


class GroupFilter(NetworkFilter):
    """Of partners those who belong to a group, of people those who represent one there."""

    title = _("Netzwerk")
    parameter_name = "netzwerk"
    terms = Group


class PhaseFilter(NetworkFilter, list_filters.PhaseFilter):
    title = _("Angebote für Lebensphase")


class TopicFilter(NetworkFilter, list_filters.TopicFilter):
    title = _("Angebote zu Thema")


class AgreementFilter(NetworkFilter):
    title = _("Vereinbarung")
    parameter_name = "vereinbarung"
    options = [
        ("gueltig", _("gültig")),
        ("laeuft-aus", _("läuft in drei Monaten aus")),
        ("abgelaufen", _("abgelaufen")),
        ("keine", _("keine")),
    ]


class LabelFilter(NetworkFilter):
    title = _("Schlagwort")
    parameter_name = "schlagwort"

    def lookups(self, request, model_admin):
        return [(label, label) for label in known_labels()]


OF_THE_PARTNER = [
    KindFilter,
    DistrictFilter,
    GroupFilter,
    PhaseFilter,
    TopicFilter,
    AgreementFilter,
    LabelFilter,
]


class MissingAtPartnerFilter(NetworkFilter):
    title = _("Was fehlt")
    parameter_name = "fehlt"
    options = [
        ("person", _("Ansprechperson")),
        ("mail", _("E-Mail-Adresse")),
        ("telefon", _("Telefonnummer")),
        ("anschrift", _("Anschrift")),
        ("gespraech", _("vermerkter Kontakt")),
    ]


class MissingAtPersonFilter(NetworkFilter):
    title = _("Was fehlt")
    parameter_name = "fehlt"
    options = [
        ("mail", _("E-Mail-Adresse")),
        ("zustellung", _("E-Mail-Adresse, an der Post ankommt")),
        ("telefon", _("Telefonnummer")),
        ("aufgabe", _("Aufgabe")),
        ("einwilligung", _("Einwilligung, obwohl für Fachkräfte sichtbar")),
        ("mail-einwilligung", _("Einwilligung in E-Mails, noch nicht gesagt")),
    ]


class ArchivedFilter(NetworkFilter, list_filters.ArchivedFilter):
    """Partners in the directory, unless those of archived institutions are asked for."""

    def queryset(self, request, partners):
        return self.narrow(partners, self.value()) if self.value() else partners.current()


class PresenceFilter(NetworkFilter):
    """People who are there; those who have left only where somebody asks for them."""

    title = _("Wer")
    parameter_name = "wer"
    FORMER, ALL, ENDING, TWICE = "frueher", "alle", "ende", "doppelt"
    options = [
        (ENDING, _("deren Daten bald gelöscht werden")),
        (TWICE, _("die vielleicht doppelt sind")),
        (FORMER, _("die gegangen sind")),
        (ALL, _("alle, auch die gegangen sind")),
    ]
    nothing_chosen = _("die heute da sind")

    def queryset(self, request, people):
        return self.narrow(people, self.value()) if self.value() else people.current()


class VisibilityFilter(NetworkFilter):
    title = _("Sichtbarkeit")
    parameter_name = "sichtbar"

    def lookups(self, request, model_admin):
        return model_admin.model.Visibility.choices


class ActiveFilter(SelectFilter):
    title = _("Stand")
    parameter_name = "stand"
    options = [("ruht", _("arbeitet nicht mehr"))]
    nothing_chosen = _("arbeitet")

    def queryset(self, request, groups):
        return groups.filter(is_active=self.value() is None)
