"""What an entry lacks and where it contradicts itself: hints for those who write, no walls.

Each rule is one condition on offers. The form of an offer, the list's filter and the work
list ask the same condition, so they can never disagree.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import CharField, Exists, OuterRef, Q
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from offers.models import AddressLeak, ContactPoint, CostOption, Offer, OfferPlace, Schedule

from .title_ages import contradicts_title

NAMES_WEEKDAY = (
    r"\m((mon|diens|donners|frei|sams|sonn)tags?|mittwochs?|täglich)\M|"
    r"\m(mo|di|mi|do|fr|sa|so)\M\.?\s*([-–/&]|und|\d)"
)


@dataclass(frozen=True)
class Rule:
    """One thing that can be wrong with an offer, and what to do about it.

    ``condition`` takes a day and returns the ``Q`` of the offers it is true for. ``is_grave``:
    parents are misled or cannot take part; such hints stand first. ``word`` says it in a list,
    ``field`` is the part of the form where it is put right.
    """

    name: str
    word: str
    field: str
    sentence: str
    condition: Callable[[dt.date], Q]
    is_grave: bool = False


def any_of(rules, day):
    """Return the condition that at least one of the rules is true on a day."""
    condition = Q()
    for rule in rules:
        condition |= rule.condition(day)
    return condition


# Conditions that need more than a lookup --------------------------------------------------


def _has(rows):
    return Q(Exists(rows))


def _topics():
    return Offer.topics.through.objects.filter(offer=OuterRef("pk"))


def places():
    """Return the places of an offer, for a subquery."""
    return OfferPlace.objects.filter(offer=OuterRef("pk"))


def schedules():
    """Return the schedules of an offer, for a subquery."""
    return Schedule.objects.filter(place__offer=OuterRef("pk"))


def public_contacts():
    """Return the contacts of an offer that families see, for a subquery."""
    return ContactPoint.objects.public().filter(offer=OuterRef("pk"))


def _prices():
    return CostOption.objects.filter(offer=OuterRef("pk"))


def has_no_contact(_day=None):
    """Return the condition that neither the offer nor its provider names a way to reach them."""
    reachable = ~Q(phone="", email="", url="", registration_url="")
    by_provider = Q(provider__isnull=False) & ~Q(
        provider__phone="", provider__email="", provider__url=""
    )
    return ~(reachable | by_provider | _has(public_contacts()))


def _says_not_when_to_come(_day):
    at_a_place = _has(places().filter(mode=OfferPlace.Mode.LOCATION))
    return Q(schedule_text="", how_to_apply="") & at_a_place & ~_has(schedules())


def _says_times_in_words_only(_day):
    """Whether it names weekdays, but in no row: who filters by a weekday does not find it."""
    return Q(schedule_text__iregex=NAMES_WEEKDAY) & ~_has(schedules())


def _runs_outside_its_validity(_day):
    late = Q(starts_on__gt=OuterRef("valid_to"))
    early = Q(ends_on__lt=OuterRef("valid_from"))
    return _has(schedules().filter(late | early))


def _is_open_but_registers(_day):
    only_open = Q(access_modes=[Offer.Access.OPEN])
    asks = Q(how_to_apply__iregex=r"\m(anmeld|anmeldung|melden sie sich)")
    asks &= ~Q(how_to_apply__iregex=r"\m(ohne|keine|nicht)\M.{0,20}anmeld|nicht anmelden")
    return only_open & (~Q(registration_url="") | Q(registration_deadline__isnull=False) | asks)


def _names_protected_address(_day):
    """What the last look through all texts found (``offers.quality.leaks``)."""
    leaks = AddressLeak.objects.filter(model=Offer._meta.label_lower)  # noqa: SLF001
    return _has(leaks.filter(key=Cast(OuterRef("pk"), CharField())))


# The rules --------------------------------------------------------------------------------

MISSING = [
    Rule(
        "no_contact",
        _("Kontakt"),
        "phone",
        _("Eltern können niemanden erreichen. Tragen Sie Telefon, E-Mail oder Internetseite ein."),
        has_no_contact,
        is_grave=True,
    ),
    Rule(
        "no_place",
        _("Ort"),
        "places-group",
        _("Es steht nicht da, wo das Angebot ist. Tragen Sie einen Ort ein, auch „online“ zählt."),
        lambda _day: ~_has(places()),
        is_grave=True,
    ),
    Rule(
        "no_times",
        _("Zeiten"),
        "places-group",
        _(
            "Es steht nicht da, wann Eltern kommen können. Tragen Sie Termine ein, oder wie man "
            "einen vereinbart."
        ),
        _says_not_when_to_come,
        is_grave=True,
    ),
    Rule(
        "times_in_words",
        _("Zeiten nur in Worten"),
        "places-group",
        _(
            "Zeiten stehen nur in Worten da: Wer nach einem Wochentag sucht, findet das Angebot "
            "nicht. Tragen Sie Termine ein."
        ),
        _says_times_in_words_only,
    ),
    Rule(
        "no_topic",
        _("Thema"),
        "topics",
        _("Es fehlt ein Thema. Ohne Thema findet man das Angebot nicht über die Filter."),
        lambda _day: ~_has(_topics()),
        is_grave=True,
    ),
    Rule(
        "no_text",
        _("Beschreibung"),
        "description",
        _("Es fehlt eine Beschreibung. Zwei, drei Sätze genügen: Was erwartet Eltern dort?"),
        lambda _day: Q(teaser="", description=""),
    ),
    Rule(
        "no_audience",
        _("für wen"),
        "ages_0",
        _("Es steht nicht da, für wen das Angebot ist. Tragen Sie das Alter oder „für wen“ ein."),
        lambda _day: Q(ages=None, audience=[]),
    ),
    Rule(
        "no_cost",
        _("Kosten"),
        "cost_kind",
        _("Es steht nicht da, was es kostet. Fragen Sie nach: Auch „kostenlos“ hilft Eltern sehr."),
        lambda _day: Q(cost_kind=Offer.Cost.UNKNOWN, cost_note="") & ~_has(_prices()),
    ),
    Rule(
        "no_price",
        _("Preis"),
        "cost_options-group",
        _("Es kostet etwas, aber es steht nicht da, wie viel. Tragen Sie einen Preis ein."),
        lambda _day: Q(cost_kind=Offer.Cost.PAID, cost_note="") & ~_has(_prices()),
    ),
    Rule(
        "no_access",
        _("Anmeldung"),
        "access_modes_0",
        _("Es steht nicht da, ob man sich anmelden muss. Wählen Sie den Zugang."),
        lambda _day: Q(access_modes=[], how_to_apply=""),
    ),
    Rule(
        "no_provider_page",
        _("Anbieter"),
        "provider",
        _("Der Anbieter hat hier keine eigene Seite. Legen Sie ihn als Einrichtung an."),
        lambda _day: Q(provider=None),
    ),
]

CONTRADICTIONS = [
    Rule(
        "names_protected_address",
        _("geschützte Adresse im Text"),
        "description",
        _("Ein Text nennt eine geschützte Adresse oder ihre Straße. Nehmen Sie sie sofort heraus."),
        _names_protected_address,
        is_grave=True,
    ),
    Rule(
        "over",
        _("Zeitraum vorbei"),
        "valid_to",
        _(
            "Der Zeitraum ist vorbei: Eltern sehen das Angebot nicht mehr. Verlängern oder "
            "archivieren Sie es."
        ),
        lambda day: Q(status=Offer.Status.PUBLISHED, valid_to__lt=day),
        is_grave=True,
    ),
    Rule(
        "deadline_past",
        _("Anmeldeschluss vorbei"),
        "registration_deadline",
        _("Der Anmeldeschluss ist vorbei. Nennen Sie den nächsten oder leeren Sie das Feld."),
        lambda day: Q(registration_deadline__lt=day),
        is_grave=True,
    ),
    Rule(
        "free_with_price",
        _("kostenlos mit Preis"),
        "cost_kind",
        _("Es steht „kostenlos“ da und ein Preis daneben. Was stimmt?"),
        lambda _day: Q(cost_kind=Offer.Cost.FREE) & _has(_prices().filter(amount__gt=0)),
        is_grave=True,
    ),
    Rule(
        "is_called_a_copy",
        _("heißt „Kopie“"),
        "title",
        _("Der Titel endet noch auf „(Kopie)“. Geben Sie dem Eintrag seinen eigenen Namen."),
        lambda _day: Q(title__regex=r"\(Kopie( \d+)?\)$"),
        is_grave=True,
    ),
    Rule(
        "title_names_other_age",
        _("Titel und Alter"),
        "title",
        _("Der Titel klingt nach einem anderen Alter als eingetragen. Passt beides zusammen?"),
        lambda _day: contradicts_title(),
    ),
    Rule(
        "open_but_registers",
        _("Anmeldung oder nicht"),
        "access_modes_0",
        _("Der Zugang ist „ohne Anmeldung“, der Text spricht von einer Anmeldung. Was stimmt?"),
        _is_open_but_registers,
    ),
    Rule(
        "runs_outside_its_validity",
        _("Termin außerhalb des Zeitraums"),
        "valid_from",
        _("Ein Termin liegt ganz außerhalb von „gültig ab“ und „gültig bis“. Prüfen Sie die Tage."),
        _runs_outside_its_validity,
    ),
]

BY_NAME = {rule.name: rule for rule in CONTRADICTIONS + MISSING}
RULES = sorted(CONTRADICTIONS + MISSING, key=lambda rule: not rule.is_grave)


def incomplete(offers, on=None):
    """Return those of some offers that lack something a parent needs to know."""
    return offers.filter(any_of(MISSING, on or timezone.localdate()))


def contradictory(offers, on=None):
    """Return those of some offers that say two things of which one must be wrong."""
    return offers.filter(any_of(CONTRADICTIONS, on or timezone.localdate()))
