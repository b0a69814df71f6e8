"""What a column of a list of people can mean, and how its cells are read."""

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.tables import readings, several
from kekiz_portal.lib.tables.columns import ChoiceColumn, Column, FieldColumn, LineColumn
from network.models import Contact, Group

from .houses import Houses

NEW_GROUP = "+ "  # before the name of a group that is to be made
YES, NO = "ja", "nein"


class PartColumn(Column):
    """A part of a name that stands in a column of its own."""

    def read(self, text):
        return " ".join(text.split())

    def plain(self, _person):
        return ""


class NumberColumn(PartColumn):
    """Which person a row is about: the number from an export, or that it is somebody new."""

    def read(self, text):
        if text.casefold() == "neu":
            return "neu"
        if not text.isdecimal() or len(text) > 15:  # noqa: PLR2004, longer than any number
            raise ValidationError(_now("„%s“ ist keine Kennung: eine Nummer oder „neu“.") % text)
        return int(text)


class AgreedColumn(PartColumn):
    """Whether somebody agreed, in a word."""

    def read(self, text):
        return YES if readings.truth(text) else NO


class NotedColumn(PartColumn):
    """What stands in no column of a file by itself, but in a row as it was understood."""

    can_be_imported = False

    def words(self, plain):
        return _now("ja") if plain is True else f"{plain}"


class SaidDayColumn(NotedColumn):
    def read(self, text):
        return readings.date(text)


class HouseColumn(Column):
    """The institution, by its name; a person is asked about what is not the same."""

    @cached_property
    def houses(self):
        return Houses()

    def plain(self, person):
        return person.partner.institution_id if person.partner_id else None

    def read(self, text):
        return self.houses.find(text)

    def words(self, plain):
        return self.houses.label(plain) if plain else ""

    def choices_for(self, word):
        return [(label, label) for label in self.houses.like(word)]

    def choices(self):
        return [(label, label) for label in self.houses.labels]


class GroupsColumn(Column):
    """Networks, several in one cell divided by "|", ";" or a line break."""

    blank = ()
    ticked_label = _("Netzwerk der Überschrift, angekreuzt mit x")
    longest = Group._meta.get_field("name").max_length  # noqa: SLF001, Django's own public API

    @cached_property
    def known(self):
        return {one.name.casefold(): one for one in Group.objects.all()}

    def plain(self, person):
        rows = person.memberships.open() if person.pk else []
        return sorted({one.group.name for one in rows})

    def read(self, text):
        return self.read_words(text, ({}, ""))

    def read_words(self, text, meanings):
        words, _others = meanings
        return sorted({self._name(words.get(one, one)) for one in several.values(text)})

    def _name(self, part):
        name = " ".join(part.split())
        if name.startswith(NEW_GROUP):
            return name.removeprefix(NEW_GROUP)[: self.longest]
        if name.casefold() not in self.known:
            raise ValidationError(_now("Das Netzwerk „%s“ gibt es hier nicht.") % name[:80])
        return self.known[name.casefold()].name

    def has_word(self, word):
        """Whether a group is called so."""
        return " ".join(word.split()).casefold() in self.known

    def words(self, plain):
        return ", ".join(plain or [])

    def asked_words(self, text):
        return several.values(text)

    def choices_for(self, word):
        new = (f"{NEW_GROUP}{word}", _now("neu anlegen: %s") % word)
        return [new, *self.choices()]

    def choices(self):
        return [(one.name, one.name) for one in self.known.values()]


def of_people():
    """Return all columns, fresh: what they know of houses and groups is read once."""
    return [
        NumberColumn("number", _("Kennung"), "id, nr, nummer, personennummer"),
        LineColumn(
            Contact,
            "name",
            "name vorname, vor und nachname, ansprechpartner, person, ansprechpartnerin, "
            "kontakt, kontaktperson, nachname vorname",
        ),
        PartColumn("salutation", _("Anrede"), "frau/herr"),
        PartColumn("title", _("Titel"), "akad titel, akademischer titel"),
        PartColumn("given_name", _("Vorname"), "rufname, first name"),
        PartColumn("family_name", _("Nachname"), "familienname, zuname, last name"),
        LineColumn(Contact, "role", "funktion, position, rolle, tätigkeit, funktion aufgabe"),
        HouseColumn(
            "institution",
            _("Einrichtung"),
            "institution, organisation, träger, firma, dienststelle, partner, "
            "name der einrichtung, einrichtung träger",
        ),
        FieldColumn(
            Contact,
            "phone",
            "tel, telefonnummer, festnetz, telefon dienstlich, tel dienstl, durchwahl, rufnummer",
        ),
        FieldColumn(Contact, "mobile", "handy, mobiltelefon, mobilnummer, handynummer"),
        FieldColumn(
            Contact,
            "email",
            "mail, e mail adresse, email adresse, mailadresse, emailadresse, e mail dienstlich",
        ),
        GroupsColumn(
            "groups",
            _("Netzwerke"),
            "netzwerk, verteiler, gremium, gremien, ak, arbeitskreis, arbeitskreise, gruppe, "
            "gruppen, vertritt in",
        ),
        PartColumn(
            "group_role",
            _("Aufgabe im Netzwerk"),
            "rolle im netzwerk, funktion im netzwerk, aufgabe in der gruppe",
        ),
        ChoiceColumn(Contact, "visibility", "sichtbar"),
        FieldColumn(Contact, "consent_given_on", "einwilligung vom, einwilligung sichtbarkeit"),
        LineColumn(
            Contact, "consent_text", label=_("Wortlaut der Einwilligung in die Sichtbarkeit")
        ),
        AgreedColumn(
            "mail_agreed",
            _("In E-Mails eingewilligt (ja oder nein)"),
            "einwilligung, newsletter, einwilligung newsletter, einwilligung e mail, "
            "einwilligung mail, newsletter ja nein, e mails, dsgvo",
        ),
        FieldColumn(
            Contact,
            "mail_consent_given_on",
            "einwilligung am, datum einwilligung, einwilligung datum, datum der einwilligung, "
            "newsletter seit, einwilligung newsletter vom",
        ),
        LineColumn(Contact, "mail_consent_text", "wortlaut, wortlaut einwilligung"),
        ChoiceColumn(
            Contact,
            "mail_consent_way",
            "weg, einwilligung weg, art der einwilligung, einwilligung per",
        ),
        SaidDayColumn("mail_consent_day", _("Tag der Einwilligung in E-Mails")),
        NotedColumn("mail_refused", _("E-Mails abgelehnt")),
        FieldColumn(Contact, "since", "dabei seit, mitglied seit"),
        FieldColumn(Contact, "until", "ausgeschieden am, ausgeschieden, bis"),
    ]
