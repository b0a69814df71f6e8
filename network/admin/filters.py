"""Filters of the lists of partners and people; most ask about the partner, in both lists."""

from django.db.models import F, Func
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.german_order import in_german_order
from network.models import Group, Partner
from offers.admin import list_filters
from offers.admin.list_filters import SelectFilter
from offers.models import InstitutionKind


class KindFilter(SelectFilter):
    title = _("Art der Einrichtung")
    parameter_name = "art"

    def lookups(self, request, model_admin):
        return list(InstitutionKind.objects.values_list("slug", "name"))

    def queryset(self, request, rows):
        if self.value() is None:
            return rows
        return rows.by_partner(lambda partners: partners.of_kind(self.value()))


class DistrictFilter(list_filters.DistrictFilter):
    def queryset(self, request, rows):
        if self.value() is None:
            return rows
        return rows.by_partner(lambda partners: partners.in_district(self.value()))


class GroupFilter(SelectFilter):
    """Of partners those who belong to a group, of people those who represent one there."""

    title = _("Netzwerk")
    parameter_name = "netzwerk"

    def lookups(self, request, model_admin):
        return list(Group.objects.values_list("slug", "name"))

    def queryset(self, request, rows):
        return rows.in_group(self.value()) if self.value() else rows


class PhaseFilter(list_filters.PhaseFilter):
    title = _("Angebote für Lebensphase")

    def queryset(self, request, rows):
        if self.value() is None:
            return rows
        phase = self.phases[self.value()]
        return rows.by_partner(lambda partners: partners.with_offers_for(phase))


class TopicFilter(list_filters.TopicFilter):
    title = _("Angebote zu Thema")

    def queryset(self, request, rows):
        if self.value() is None:
            return rows
        return rows.by_partner(lambda partners: partners.with_offers_about(self.value()))


class AgreementFilter(SelectFilter):
    title = _("Vereinbarung")
    parameter_name = "vereinbarung"
    questions = {
        "gueltig": (_("gültig"), lambda partners: partners.with_valid_agreement()),
        "laeuft-aus": (
            _("läuft in drei Monaten aus"),
            lambda partners: partners.with_agreement_running_out(),
        ),
        "abgelaufen": (_("abgelaufen"), lambda partners: partners.with_past_agreement()),
        "keine": (_("keine"), lambda partners: partners.without_agreement()),
    }

    def lookups(self, request, model_admin):
        return [(name, words) for name, (words, _question) in self.questions.items()]

    def queryset(self, request, rows):
        if self.value() is None:
            return rows
        return rows.by_partner(self.questions[self.value()][1])


class LabelFilter(SelectFilter):
    title = _("Schlagwort")
    parameter_name = "schlagwort"

    def lookups(self, request, model_admin):
        labels = Partner.objects.order_by().values_list(Func(F("labels"), function="unnest"))
        return [(label, label) for label in in_german_order({label for (label,) in labels})]

    def queryset(self, request, rows):
        if self.value() is None:
            return rows
        return rows.by_partner(lambda partners: partners.labelled(self.value()))


class MissingAtPartnerFilter(SelectFilter):
    title = _("Was fehlt")
    parameter_name = "fehlt"
    questions = {
        "person": (_("Ansprechperson"), lambda rows: rows.without_contact_person()),
        "mail": (_("E-Mail-Adresse"), lambda rows: rows.without_email()),
        "telefon": (_("Telefonnummer"), lambda rows: rows.without_phone()),
        "anschrift": (_("Anschrift"), lambda rows: rows.without_address()),
        "gespraech": (_("vermerkter Kontakt"), lambda rows: rows.without_conversation()),
    }

    def lookups(self, request, model_admin):
        return [(name, words) for name, (words, _question) in self.questions.items()]

    def queryset(self, request, rows):
        return self.questions[self.value()][1](rows) if self.value() else rows


class MissingAtPersonFilter(MissingAtPartnerFilter):
    questions = {
        "mail": (_("E-Mail-Adresse"), lambda rows: rows.filter(email="")),
        "zustellung": (
            _("E-Mail-Adresse, an der Post ankommt"),
            lambda rows: rows.with_stopped_address(),
        ),
        "telefon": (_("Telefonnummer"), lambda rows: rows.without_phone()),
        "aufgabe": (_("Aufgabe"), lambda rows: rows.filter(role="")),
        "einwilligung": (
            _("Einwilligung, obwohl für Fachkräfte sichtbar"),
            lambda rows: rows.visible_without_consent(),
        ),
        "mail-einwilligung": (
            _("Einwilligung in E-Mails, noch nicht gesagt"),
            lambda rows: rows.without_mail_consent(),
        ),
    }


class ArchivedFilter(list_filters.ArchivedFilter):
    """Partners in the directory, unless those of archived institutions are asked for."""

    def queryset(self, request, partners):
        if self.value() == "ja":
            return partners.exclude(institution__archived_on=None)
        return partners.current()


class PresenceFilter(SelectFilter):
    """People who are there; those who have left only where somebody asks for them."""

    title = _("Wer")
    parameter_name = "wer"
    FORMER, ALL, ENDING = "frueher", "alle", "ende"

    def lookups(self, request, model_admin):
        return [
            (self.ENDING, _("deren Daten bald gelöscht werden")),
            (self.FORMER, _("die gegangen sind")),
            (self.ALL, _("alle, auch die gegangen sind")),
        ]

    def queryset(self, request, people):
        if self.value() == self.ALL:
            return people
        if self.value() == self.FORMER:
            return people.former()
        if self.value() == self.ENDING:
            return people.ending_soon()
        return people.current()

    def choices(self, changelist):
        chosen, *others = super().choices(changelist)
        yield chosen | {"display": _("die heute da sind")}
        yield from others


class VisibilityFilter(SelectFilter):
    title = _("Sichtbarkeit")
    parameter_name = "sichtbar"

    def lookups(self, request, model_admin):
        return model_admin.model.Visibility.choices

    def queryset(self, request, people):
        return people.filter(visibility=self.value()) if self.value() else people


class ActiveFilter(SelectFilter):
    title = _("Stand")
    parameter_name = "stand"

    def lookups(self, request, model_admin):
        return [("ruht", _("arbeitet nicht mehr"))]

    def queryset(self, request, groups):
        return groups.filter(is_active=self.value() is None)

    def choices(self, changelist):
        chosen, *others = super().choices(changelist)
        yield chosen | {"display": _("arbeitet")}
        yield from others
