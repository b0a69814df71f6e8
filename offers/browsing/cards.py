"""The cards of offers: each is rendered once, until something about its offer changes.

A card lies with the catalogue that knows its offer (``Catalogue.made_of_offers``): another one,
after a change or at midnight, comes without it. When the next date is over while the day goes on,
another card is made for the date after.
"""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.template.loader import get_template
from django.utils import timezone
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from offers.models import CostOption, Occurrence, Offer, OfferPlace, Schedule, Source
from offers.models.occurrence import when_words
from offers.models.offer.here import Translated
from offers.models.translation import loaded_here

from .phases import light_phases
from .ready import gap, lean, partly_filled

MOST_OFFERS = 5_000  # with some kilobytes each
OFFER, ROWS = "offer", "rows"
COLUMNS = ["title", "slug", "ages", "cost_kind", "cost_note"]  # that a card reads
COLUMNS += ["schedule_text", "is_generic", "confirmed_at", "access_modes"]
COLUMNS += [f"free_places__{name}" for name in ("state", "wait_months", "said_at")]
SAID = {"title": gap("title"), "why": gap("why")}  # by a search


@dataclass(frozen=True)
class Card:
    """The markup of an offer in a list, with room for what a search says about it."""

    key: int
    title: str
    parts: list

    def __html__(self):
        return self._filled(title=self.title, why="")

    __str__ = __html__

    def found(self, offer):
        """Return the card as a search shows it; takes the offer from ``marking.explain``."""
        why = ""
        if offer.is_only_heard or offer.found_in:
            why = get_template("components/why-found.html").render({"offer": offer})
        return self._filled(title=offer.marked_title, why=why)

    def _filled(self, **said):
        texts = list(self.parts)
        texts[1::2] = [said[name] for name in self.parts[1::2]]
        return mark_safe("".join(texts))  # noqa: S308, the template escaped them


def cards(catalogue, keys):
    """Return the cards of some offers of a catalogue, in this order; seven queries at most."""
    now = timezone.now()
    dates = dict(zip(keys, catalogue.next_dates(keys, now.timestamp()), strict=True))
    language, kept = get_language(), catalogue.made_of_offers
    # What a card depends on beside its offer and the day.
    names = {key: ("card", language, date) for key, date in dates.items()}
    known = {key: kept[key][name] for key, name in names.items() if name in kept.get(key, ())}
    if missing := [key for key in keys if key not in known]:
        for offer in _with_rows(catalogue, missing, dates, now):
            card = known[offer.pk] = card_of(offer)
            kept.setdefault(offer.pk, {})[names[offer.pk]] = card
    return [known[key] for key in keys if key in known]


def listed(found):
    """Return cards as the items of a list."""
    return mark_safe("".join([f"<li>{card}</li>" for card in found]))  # noqa: S308, as they are


def links(catalogue, keys):
    """Return some offers in short, where many stand together, by key; one query at most."""
    name, kept = ("link", get_language()), catalogue.made_of_offers
    known = {key: kept[key][name] for key in keys if name in kept.get(key, ())}
    if missing := [key for key in keys if key not in known]:
        template = get_template("components/offer-link.html")
        _make_room(catalogue, len(missing))
        offers = Offer.objects.published(catalogue.day).filter(pk__in=missing)
        for offer in offers.select_related("free_places").translated():
            known[offer.pk] = lean(template.render({"offer": offer}))
            kept.setdefault(offer.pk, {})[name] = known[offer.pk]
    return known


def offers_in_order(catalogue, keys):
    """Return some offers in this order with what a search looks at; two queries at most.

    They are the caller's own to add to.
    """
    name, kept = (OFFER, get_language()), catalogue.made_of_offers
    known = {key: kept[key][name] for key in keys if name in kept.get(key, ())}
    if missing := [key for key in keys if key not in known]:
        _make_room(catalogue, len(missing))
        offers = Offer.objects.published(catalogue.day).filter(pk__in=missing)
        offers = offers.select_related("offer_type", "provider").prefetch_related("topics")
        for offer in offers.translated():
            known[offer.pk] = kept.setdefault(offer.pk, {})[name] = offer
    return [_copied(known[key]) for key in keys if key in known]


def _copied(offer):
    """Return an offer to add to; ``copy.copy`` takes many times as long for a model."""
    made = Offer.__new__(Offer)
    made.__dict__.update(offer.__dict__)
    return made


def _with_rows(catalogue, keys, dates, now):
    """Return offers with what their cards read, in the language of the page.

    What stands in the database is read once for all languages, until the next date is over.
    """
    kept = catalogue.made_of_offers
    known = {
        key: offer
        for key in keys
        for date, offer in [kept.get(key, {}).get(ROWS, (None, None))]
        if date == dates[key]
    }
    if missing := [key for key in keys if key not in known]:
        _make_room(catalogue, len(missing))
        for offer in _read(catalogue, missing, now):
            known[offer.pk] = offer
            kept.setdefault(offer.pk, {})[ROWS] = dates[offer.pk], offer
    found = [_copied(offer) for offer in known.values()]
    prefetch_related_objects(found, *loaded_here())
    light_phases(found, catalogue.phases)
    return found


def _read(catalogue, keys, now):
    """Return offers with what their cards read in any language; six queries."""
    found = Offer.objects.published(catalogue.day).filter(pk__in=keys).order_by()
    found = list(found.only(*COLUMNS).select_related("free_places"))
    places = list(OfferPlace.objects.filter(offer__in=found).select_related("location__district"))
    _give(found, "places", places, "offer")
    _give(places, "schedules", Schedule.objects.filter(place__in=places), "place")
    _give(found, "cost_options", CostOption.objects.filter(offer__in=found), "offer")
    _give(found, "sources", Source.objects.filter(offer__in=found), "offer")
    soonest = Occurrence.objects.filter(offer__in=found).upcoming(now).to_go_to()
    first = {one.offer_id: one for one in soonest.first_of_each_offer()}
    for one in found:
        one.next_occurrences = [first[one.pk]] if one.pk in first else []
    return found


def _give(things, name, rows, of):
    """Give each thing its rows, as ``prefetch_related`` does, which makes a query for each."""
    known = {thing.pk: thing for thing in things}
    for thing in things:
        thing.__dict__.setdefault("_prefetched_objects_cache", {})[name] = []
    for row in rows:
        thing = known[getattr(row, f"{of}_id")]
        thing._prefetched_objects_cache[name].append(row)  # noqa: SLF001, as Django does it
        setattr(row, of, thing)


def card_of(offer):
    """Return the card of an offer, made of one that looks like it."""
    coming, has_cost = offer.next_occurrence, offer.cost_kind != Offer.Cost.UNKNOWN
    values = {"url": offer.get_absolute_url(), "ages": offer.age_words, "place": offer.place_words}
    values["cost"] = offer.cost_marked if has_cost else ""
    values["when"] = when_words(coming) if coming else offer.when_marked
    values["full"] = offer.full_words
    values = {name: text for name, text in values.items() if text}
    state = "generic" if offer.is_generic else "confirmed" if offer.is_confirmed else ""
    shape = {name: gap(name) for name in values} | SAID | {"when_next": coming is not None}
    shape |= {"state": state, "city": settings.CITY["name"]}
    title = offer.here.title
    shape["is_here"] = isinstance(title, Translated)
    shape["hues"] = tuple(phase.hue for phase in offer.phases_lit)
    divided = partly_filled("offer-card", tuple(shape.items()), **values)
    return Card(offer.pk, conditional_escape(title), divided)


def _make_room(catalogue, number):
    if len(catalogue.made_of_offers) + number > MOST_OFFERS:
        catalogue.made_of_offers.clear()
