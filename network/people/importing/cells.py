"""From the cells of a row to what it says about a person, and what is to be told about it."""

import re
from dataclasses import replace

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from kekiz_portal.lib import names

from .columns import NO, YES

PARTS = ("salutation", "title", "given_name", "family_name")
CONSENT = ("mail_consent_given_on", "mail_consent_text", "mail_consent_way")


def read(texts, columns, words):
    """Return ``(values, problems, hints)`` of the texts of a row, by the key of their column.

    ``words`` are what people said a word of a column means here. A telephone or mailbox that
    cannot be read is a problem, as it would be lost.
    """
    values, problems, hints = {}, [], []
    for key, text in texts.items():
        if not str(text).strip():
            continue
        try:
            values[key] = _cell(columns[key], str(text).strip(), words.get(key, {}))
        except ValidationError as error:
            problems += [[str(columns[key].label), words] for words in error.messages]
    _name(values)
    _consent_to_be_shown(values, hints)
    _consent_to_mail(values, hints)
    return values, problems, hints


def _cell(column, text, words):
    said = [words.get(part, part) for part in column.asked_words(text)]
    return column.read("|".join(said))


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
        for key in CONSENT:
            values.pop(key, None)
        values["mail_refused"] = True
        return
    named = agreed == YES or bool(values.get("mail_consent_given_on"))
    if day:
        values.setdefault("mail_consent_given_on", day)
    missing = [key for key in CONSENT if not values.get(key)]
    if named and missing:
        words = _("Einwilligung in E-Mails ohne %s: nicht übernommen. Der Mensch wird gefragt.")
        what = {
            "mail_consent_given_on": _("Datum"),
            "mail_consent_text": _("Wortlaut"),
            "mail_consent_way": _("Angabe, wie sie kam"),
        }
        hints.append(words % " und ".join(str(what[key]) for key in missing))
    if not named or missing:
        for key in CONSENT:
            values.pop(key, None)
