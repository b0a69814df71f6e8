"""What the cells of a row say together about a person, and what is to be told about it."""

import re
from dataclasses import replace

from django.utils.translation import gettext as _

from kekiz_portal.lib import names

from . import consent
from .columns import NO, YES

PARTS = ("salutation", "title", "given_name", "family_name")


def settle(values):
    """Put together what the cells of a row say, as far as it holds; return hints about the rest."""
    _name(values)
    hints = []
    _consent_to_be_shown(values, hints)
    _consent_to_mail(values, hints)
    return hints


def _name(values):
    """Put the name together from the columns it stands in, and bring it into one order."""
    parts = {key: values.pop(key) for key in PARTS if key in values}
    if parts.get("family_name"):
        name = names.from_parts(
            given=parts.get("given_name", ""),
            family=parts["family_name"],
            title=parts.get("title", ""),
            salutation=parts.get("salutation", ""),
        )
        values["name"] = name.full
    elif values.get("name"):
        values["name"] = _of_whole(values["name"], parts).full


def _of_whole(text, parts):
    """Return the ``Name`` in a column "Name" and those beside it.

    Beside a given name, "Name" is the family name, unless the given one stands in it as well.
    """
    name, given = names.read(text), parts.get("given_name", "")
    family = f"{name.given} {name.family}".strip()
    if not given or (name.given and _words(given) & _words(family)):
        given, family = name.given, name.family
    front = names.from_parts(given, family, parts.get("title", ""), parts.get("salutation", ""))
    known = _words(front.title) >= _words(name.title)
    title = front.title if known else f"{front.title} {name.title}".strip()
    return replace(front, title=title, suffix=name.suffix)


def _words(text):
    return set(re.findall(r"\w+", text.casefold()))


def _consent_to_be_shown(values, hints):
    if values.get("consent_text") and not values.get("consent_given_on"):
        del values["consent_text"]
        hints.append(_("Einwilligung in die Sichtbarkeit ohne Datum: nicht übernommen."))


def _consent_to_mail(values, hints):
    """Keep a consent that is whole, a no, or nothing."""
    agreed, day = values.pop("mail_agreed", ""), values.pop("mail_consent_day", "")
    if agreed == NO:
        for key in consent.FIELDS:
            values.pop(key, None)
        values["mail_refused"] = True
        return
    named = agreed == YES or bool(values.get("mail_consent_given_on"))
    if day:
        values.setdefault("mail_consent_given_on", day)
    missing = [key for key in consent.FIELDS if not values.get(key)]
    if named and missing:
        words = _("Einwilligung in E-Mails ohne %s: nicht übernommen. Der Mensch wird gefragt.")
        what = {
            "mail_consent_given_on": _("Datum"),
            "mail_consent_text": _("Wortlaut"),
            "mail_consent_way": _("Angabe, wie sie kam"),
        }
        hints.append(words % " und ".join(str(what[key]) for key in missing))
    if not named or missing:
        for key in consent.FIELDS:
            values.pop(key, None)
