"""What stands in the columns of a list of institutions or people."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.tables import several
from kekiz_portal.lib.tables.columns import FieldColumn, ReadOnlyColumn, WordsColumn
from network.models import Partner

from .postal_addresses import address_of

OWN = ("name", "since", "labels", "notes", "uuid", "source", "external_id")


def of_partners(*, internal, people):
    """Return the columns of a list of partners.

    ``internal`` says whether notes may be read, ``people`` whether all contact persons may.
    """
    found = [
        ReadOnlyColumn("name", _("Einrichtung"), lambda one: one.institution.name),
        ReadOnlyColumn("kind", _("Art"), lambda one: one.institution.kind.name),
        ReadOnlyColumn("carrier", _("Träger"), lambda one: one.institution.carrier_name),
        ReadOnlyColumn("parent", _("gehört zu"), lambda one: str(one.institution.parent or "")),
        *_address(lambda one: one),
        ReadOnlyColumn("phone", _("Telefon"), lambda one: one.institution.phone),
        ReadOnlyColumn("email", _("E-Mail"), lambda one: one.institution.email),
        ReadOnlyColumn("url", _("Internetseite"), lambda one: one.institution.url),
        ReadOnlyColumn("groups", _("Netzwerke"), groups_of),
        WordsColumn(Partner, "labels"),
        FieldColumn(Partner, "since"),
        ReadOnlyColumn("agreements", _("Vereinbarungen"), _agreements),
        ReadOnlyColumn("offers", _("Angebote, veröffentlicht"), lambda one: one.offer_count),
        ReadOnlyColumn("due", _("davon zu bestätigen"), lambda one: one.due_count),
        ReadOnlyColumn("confirmed_on", _("ältestes bestätigt am"), _confirmed_on),
        ReadOnlyColumn("last_talk", _("letzter Kontakt"), lambda one: one.last_talk),
    ]
    if people:
        found.append(ReadOnlyColumn("people", _("Ansprechpersonen"), _people))
    if internal:
        found.append(FieldColumn(Partner, "notes"))
    found += [
        ReadOnlyColumn("uuid", _("Kennung im Portal"), lambda one: str(one.institution.uuid)),
        ReadOnlyColumn("source", _("Herkunft"), lambda one: one.institution.source),
        ReadOnlyColumn("external_id", _("Kennung dort"), lambda one: one.institution.external_id),
    ]
    return found


def of_partners_alone():
    """Return the columns that say what a partner is besides an institution."""
    known = {column.key: column for column in of_partners(internal=True, people=False)}
    return [known[key] for key in OWN]


def of_contacts(*, internal):
    """Return the columns of a list of people; ``internal`` ones for who may have them all."""
    found = [
        ReadOnlyColumn("name", _("Name"), lambda one: one.name),
        ReadOnlyColumn("role", _("Aufgabe"), lambda one: one.role),
        ReadOnlyColumn("title", _("Einrichtung"), lambda one: one.partner.institution.name),
        ReadOnlyColumn("kind", _("Art"), lambda one: one.partner.institution.kind.name),
        ReadOnlyColumn("phone", _("Telefon"), lambda one: one.phone),
        ReadOnlyColumn("mobile", _("Mobil"), lambda one: one.mobile),
        ReadOnlyColumn("email", _("E-Mail"), lambda one: one.email),
        *_address(lambda one: one.partner),
        ReadOnlyColumn("groups", _("vertritt in"), groups_of),
    ]
    if internal:
        found += [
            ReadOnlyColumn("number", _("Kennung"), lambda one: str(one.pk)),
            ReadOnlyColumn(
                "visibility", _("Sichtbarkeit"), lambda one: str(one.get_visibility_display())
            ),
            ReadOnlyColumn(
                "consent_given_on",
                _("Einwilligung in die Sichtbarkeit vom"),
                lambda one: one.consent_given_on,
            ),
            ReadOnlyColumn(
                "mail_consent",
                _("E-Mails"),
                lambda one: _("eingewilligt") if one.agrees_to_mail else _("keine Einwilligung"),
            ),
            ReadOnlyColumn("since", _("seit"), lambda one: one.since),
            ReadOnlyColumn("until", _("bis"), lambda one: one.until),
            ReadOnlyColumn("kept_until", _("Daten behalten bis"), lambda one: one.kept_until),
        ]
    return found


def about_columns(about):
    """Return columns that say on every row what the list is: a CSV file has no second sheet."""
    stand = f"{timezone.localtime():%d.%m.%Y %H:%M}"
    return [
        ReadOnlyColumn("stand", _("Stand der Liste"), lambda _one: stand),
        ReadOnlyColumn("filters", _("Auswahl der Liste"), lambda _one: about.filters or _("alle")),
        ReadOnlyColumn("by", _("exportiert von"), lambda _one: about.by),
    ]


def groups_of(entry):
    """Return the names of the groups of a partner or person, from its open memberships."""
    names = (one.group.name for one in entry.open_memberships)
    return several.joined(dict.fromkeys(names))


def _address(partner_of):
    def part(name):
        return lambda entry: getattr(address_of(partner_of(entry)), name)

    return [
        ReadOnlyColumn("street", _("Straße"), part("street")),
        ReadOnlyColumn("postal_code", _("Postleitzahl"), part("postal_code")),
        ReadOnlyColumn("city", _("Stadt"), part("city")),
        ReadOnlyColumn("district", _("Stadtteil"), part("district")),
    ]


def _agreements(partner):
    return several.joined(
        f"{one.title} ({_('bis')} {one.valid_until:%d.%m.%Y})" if one.valid_until else one.title
        for one in partner.valid_agreements
    )


def _people(partner):
    return several.joined(
        f"{one.name} ({one.role})" if one.role else one.name for one in partner.people
    )


def _confirmed_on(partner):
    return partner.confirmed_last and timezone.localdate(partner.confirmed_last)
