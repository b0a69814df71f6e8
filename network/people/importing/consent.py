"""What a list says about the consent to mails, beside what is known: a no is never overruled."""

import datetime as dt

from django.utils.translation import gettext as _

from kekiz_portal.lib.times import plain_day

FIELDS = ("mail_consent_given_on", "mail_consent_text", "mail_consent_way")


def changes(person, values):
    """Return what would change as pairs of here and file: the consent, or a no."""
    if values.get("mail_refused"):
        return {} if person.mail_consent_withdrawn_on else {"mail_refused": [False, True]}
    if not _is_taken(person, values):
        return {}
    return {key: [_plain(getattr(person, key)), values[key]] for key in FIELDS}


def put(person, values):
    """Set on a person what ``changes`` says."""
    if values.get("mail_refused"):
        if person.mail_consent_withdrawn_on is None:
            person.refuse_mail()
    elif _is_taken(person, values):
        day = dt.date.fromisoformat(values["mail_consent_given_on"])
        person.agree_to_mail(values["mail_consent_text"], values["mail_consent_way"], day)


def hints(person, values):
    """Return sentences about what the file says and what is not taken."""
    given = values.get("mail_consent_given_on")
    if given and person.mail_consent_withdrawn_on and not _is_taken(person, values):
        words = _("Hat E-Mails am %s abgelehnt oder widerrufen; das bleibt.")
        return [words % plain_day(person.mail_consent_withdrawn_on)]
    return []


def _is_taken(person, values):
    """Whether a consent in the file is news: none here yet, or a no that is older."""
    given = values.get("mail_consent_given_on")
    if not given:
        return False
    withdrawn = person.mail_consent_withdrawn_on
    if withdrawn:
        return given > withdrawn.isoformat()
    return person.mail_consent_given_on is None


def _plain(value):
    return value.isoformat() if isinstance(value, dt.date) else value


def give_back(person, changed):
    """Take back what an import said, where it still stands."""
    if "mail_refused" in changed:
        person.mail_consent_withdrawn_on = None
    if "mail_consent_given_on" in changed and all(
        _plain(getattr(person, key)) == changed[key][1] for key in FIELDS
    ):
        for key in FIELDS:
            setattr(person, key, changed[key][0])
