"""What the filters of the lists of partners and people mean, by their name in the address.

The office's lists ask here, and so does whoever sends mail to a list kept under a name: both mean
the same rows.
"""

from django.db.models import Q
from django.utils.text import smart_split, unescape_string_literal

from kekiz_portal.lib import telephone
from lifephases.models import LifePhase
from network.models import Contact, Partner

SEARCHED = {
    Contact: ["name", "role", "email", "phone", "mobile", "partner__institution__name"],
    Partner: ["institution__name", "institution__carrier_name", "institution__phone", "labels"],
}
TELEPHONES = {"phone", "mobile"}
AGREEMENTS = {
    "gueltig": lambda partners: partners.with_valid_agreement(),
    "laeuft-aus": lambda partners: partners.with_agreement_running_out(),
    "abgelaufen": lambda partners: partners.with_past_agreement(),
    "keine": lambda partners: partners.without_agreement(),
}
MISSING = {
    Partner: {
        "person": lambda rows: rows.without_contact_person(),
        "mail": lambda rows: rows.without_email(),
        "telefon": lambda rows: rows.without_phone(),
        "anschrift": lambda rows: rows.without_address(),
        "gespraech": lambda rows: rows.without_conversation(),
    },
    Contact: {
        "mail": lambda rows: rows.filter(email=""),
        "zustellung": lambda rows: rows.with_stopped_address(),
        "telefon": lambda rows: rows.without_phone(),
        "aufgabe": lambda rows: rows.filter(role=""),
        "einwilligung": lambda rows: rows.visible_without_consent(),
        "mail-einwilligung": lambda rows: rows.without_mail_consent(),
    },
}
PRESENCE = {
    "frueher": lambda people: people.former(),
    "alle": lambda people: people.all(),
    "ende": lambda people: people.ending_soon(),
    "doppelt": lambda people: people.maybe_twice(),
}


def _of_partner(question):
    return lambda rows, value: rows.by_partner(lambda partners: question(partners, value))


def _one_of(questions):
    """Return the meaning of a filter with fixed words; an unknown word means nobody."""
    return lambda rows, word: questions[word](rows) if word in questions else rows.none()


def _with_offers_for(partners, slug):
    phase = LifePhase.objects.filter(slug=slug).first()
    return partners.with_offers_for(phase) if phase else partners.none()


def _searched(rows, text):
    """Return the rows in which every word stands somewhere, or which have that number.

    As the lists of the office search (``offers.admin.listing``).
    """
    found, names = Q(), SEARCHED[rows.model]
    for bit in smart_split(text):
        word = unescape_string_literal(bit) if bit[0] == bit[-1] and bit[0] in "\"'" else bit
        found &= Q.create([Q(**{f"{name}__icontains": word}) for name in names], Q.OR)
    if digits := telephone.searched_digits(text):
        numbers = [name for name in names if name.rpartition("__")[2] in TELEPHONES]
        found |= Q.create([Q(**{f"{name}__contains": digits}) for name in numbers], Q.OR)
    return rows.filter(found)


OF_BOTH = {
    "art": _of_partner(lambda partners, slug: partners.of_kind(slug)),
    "bezirk": _of_partner(lambda partners, slug: partners.in_district(slug)),
    "netzwerk": lambda rows, slug: rows.in_group(slug),
    "phase": _of_partner(_with_offers_for),
    "thema": _of_partner(lambda partners, slug: partners.with_offers_about(slug)),
    "vereinbarung": _of_partner(_one_of(AGREEMENTS)),
    "schlagwort": _of_partner(lambda partners, label: partners.labelled(label)),
    "q": _searched,
}
MEANINGS = {
    Partner: OF_BOTH
    | {
        "fehlt": _one_of(MISSING[Partner]),
        "archiv": _one_of({"ja": lambda rows: rows.exclude(institution__archived_on=None)}),
    },
    Contact: OF_BOTH
    | {
        "fehlt": _one_of(MISSING[Contact]),
        "wer": _one_of(PRESENCE),
        "sichtbar": lambda rows, value: rows.filter(visibility=value),
    },
}


def narrow(rows, filters):
    """Narrow partners or people to what filters say, a dict of names and values.

    What is not understood, or is gone meanwhile, means nobody: never everybody.
    """
    for name, value in filters.items():
        meaning = MEANINGS[rows.model].get(name)
        rows = meaning(rows, value) if meaning else rows.none()
    return rows


def people_of(saved):
    """Return the people on a kept list; of a list of partners all who work there."""
    if saved.kind == saved.Kind.CONTACTS:
        return narrow(Contact.objects.all(), saved.filters)
    partners = Partner.objects.order_by()
    if "archiv" not in saved.filters:
        partners = partners.current()
    return Contact.objects.filter(partner__in=narrow(partners, saved.filters).values("pk"))
