"""Facts that legal texts owe their readers: from the settings where the system knows them, else
from ``city.toml``. A text names them in double brackets, "[[Vertreten durch]]"; what nobody has
entered is never invented: the page says that it lacks, and the office that it is to be entered.
"""

import datetime as dt
import re
from dataclasses import dataclass, field

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import mark_safe

from kekiz_portal.checks import REVIEWED_EVERY
from kekiz_portal.lib import telephone
from network.models.newsletters import subscription
from offers.models.office import experience, import_run, looks

NAMED = re.compile(r"(<p>)?\[\[([^\[\]<>]{1,60})\]\](?(1)</p>|)")
LACKS = mark_safe("<strong>noch nicht eingetragen</strong>")
# What stands where in city.toml: the name in a text, its table, its key.
OF_THE_CITY = {
    "Anschrift": ("imprint", "address"),
    "Rechtsform": ("imprint", "legal_form"),
    "Vertreten durch": ("imprint", "represented_by"),
    "E-Mail": ("imprint", "email"),
    "Aufsichtsbehörde": ("imprint", "supervisory_authority"),
    "Umsatzsteuer": ("imprint", "vat_id"),
    "Verantwortlich für die Inhalte": ("imprint", "responsible"),
    "Datenschutzbeauftragte": ("privacy", "officer"),
    "Auftragsverarbeiter": ("privacy", "processors"),
    "Protokoll des Servers": ("privacy", "server_log"),
    "Stand der Vereinbarkeit": ("accessibility", "status"),
    "Stand in Leichter Sprache": ("accessibility", "status_in_easy_language"),
    "Nicht barrierefrei": ("accessibility", "barriers"),
    "Art der Prüfung": ("accessibility", "evaluation"),
    "Erklärung erstellt am": ("accessibility", "written_on"),
    "Erklärung überprüft am": ("accessibility", "reviewed_on"),
}
WARNED_BEFORE = dt.timedelta(days=30)


@dataclass
class Text:
    """A legal text with its facts filled in, and the names of those that lack."""

    html: str
    lacks: list = field(default_factory=list)


def filled(html):
    """Return the ``Text`` of clean HTML; a list takes the place of its paragraph."""
    known, lacks = facts(), []

    def fact(found):
        value = known.get(found[2].strip())
        if not value:
            lacks.append(found[2].strip())
            value = LACKS
        is_block = value.startswith("<ul")
        return f"{found[1] or ''}{value}{'</p>' if found[1] else ''}" if not is_block else value

    return Text(mark_safe(NAMED.sub(fact, html)), lacks)  # noqa: S308, clean text, escaped facts


def facts():
    """Return every fact as HTML by its name in a text, empty where nobody entered it."""
    city = {
        name: _html(settings.CITY.get(table, {}).get(key))
        for name, (table, key) in OF_THE_CITY.items()
    }
    return city | {
        "Stadt": conditional_escape(settings.CITY["full_name"]),
        "Telefon": _phone(settings.CITY["contact"]["phone"]),
        "Cookies": _list(_cookies()),
        "Speicherdauer": _list(_kept()),
    }


def entered_at(name):
    """Return where in ``city.toml`` a fact is entered: "[imprint] represented_by"."""
    table, key = OF_THE_CITY.get(name, ("", ""))
    return f"[{table}] {key}" if table else ""


def review_due(today=None):
    """Return the day until which the accessibility statement is to be reviewed, if it is near."""
    reviewed = settings.CITY.get("accessibility", {}).get("reviewed_on")
    today = today or timezone.localdate()
    due = reviewed and reviewed + REVIEWED_EVERY
    return due if due and today >= due - WARNED_BEFORE else None


def _cookies():
    minutes = settings.STAFF_IDLE_MINUTES
    days = settings.CSRF_COOKIE_AGE // (24 * 60 * 60) if settings.CSRF_COOKIE_AGE else 0
    how_long = f"{days} Tage" if days else "bis Sie den Browser schließen"
    yield (
        f"{settings.CSRF_COOKIE_NAME}: schützt Formulare, die angemeldet oder mit einem Link aus "
        f"einer E-Mail benutzt werden, vor gefälschten Eingaben; bleibt {how_long}."
    )
    yield (
        f"{settings.SESSION_COOKIE_NAME}: nur für angemeldete Mitarbeitende; endet nach {minutes} "
        "Minuten ohne Klick."
    )


def _kept():
    """Yield what is kept how long, as the settings and the nightly jobs have it."""
    kept, unconfirmed = settings.NEWSLETTER_RECIPIENTS_KEPT_DAYS, subscription.UNCONFIRMED_KEPT.days
    yield f"Newsletter, Bestellung ohne Bestätigung: {unconfirmed} Tage"
    yield (
        "Newsletter, Nachweis der Einwilligung ohne Adresse: bis zum Ende des Jahres, "
        f"{subscription.EVIDENCE_KEPT_YEARS} Jahre nach dem Abmelden"
    )
    yield (
        "Adresse, der wir bei freien Plätzen schreiben: bis zu dieser E-Mail, ohne Bestätigung "
        f"{unconfirmed} Tage, sonst höchstens {settings.PLACE_ALERT_DAYS} Tage"
    )
    yield f"Newsletter, wer welche Ausgabe bekam: {kept} Tage"
    yield (
        "Wunsch, keine E-Mails zu bekommen: so lange Ihre Adresse bei uns steht, mindestens "
        f"{subscription.SUPPRESSIONS_KEPT.days} Tage"
    )
    often, seldom = settings.SEARCH_DEMAND_KEPT_WEEKS, settings.SEARCH_DEMAND_RARE_KEPT_WEEKS
    yield f"Suchen, die nichts fanden: {often} Wochen, seltene {seldom} Wochen"
    yield f"Antworten auf „Waren Sie da?“: {experience.KEPT_WEEKS} Wochen"
    yield f"Wie oft ein Angebot angesehen wurde: {looks.KEPT_WEEKS} Wochen"
    yield f"Ansprechpersonen von Einrichtungen: {settings.CONTACT_KEPT_DAYS} Tage nach dem Ende"
    yield f"Links für Einrichtungen aus Briefen: {settings.HOUSE_LINK_DAYS} Tage"
    yield f"Listen, die die Redaktion hochlädt: höchstens {import_run.DAYS_KEPT} Tage"
    yield f"Protokoll über Zugriffe der Mitarbeitenden: {settings.AUDIT_KEPT_DAYS} Tage"
    yield (
        "Netzadresse nach falschen Anmeldungen von Mitarbeitenden: "
        f"{settings.SIGN_IN_LOCKED_MINUTES} Minuten"
    )


def _html(value):
    """Return what city.toml says as HTML: lines, a list, a day or words."""
    if isinstance(value, list):
        return _list(value)
    if isinstance(value, dt.date):
        return date_format(value, "d.m.Y")
    return format_html_join(
        mark_safe("<br>"), "{}", ((line,) for line in (value or "").split("\n"))
    )


def _list(items):
    items = list(items)
    return items and format_html(
        "<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((one,) for one in items))
    )


def _phone(number):
    return format_html('<a href="{}">{}</a>', telephone.tel_uri(number), number)
