"""The entries a table is about: how they are loaded, found and named."""

import re
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

from offers.models import (
    ContactPoint,
    CostOption,
    Institution,
    Location,
    Offer,
    OfferPlace,
    TwinDecision,
)
from offers.quality.identity import Address, folded

from .mapping import INSTITUTIONS, OFFERS

ALIKE = 88  # of 100: an ending changed, a typing error, another order of the words
OF_OFFERS = ("topics", "target_groups", "extra_phases", "cost_options")
MODELS = {OFFERS: Offer, INSTITUTIONS: Institution}  # and those of a floor above


def with_columns(entries):
    """Load with a queryset of entries all that the columns of a table read."""
    locations = Location.objects.select_related("district")
    if entries.model is Institution:
        return entries.prefetch_related(Prefetch("locations", locations))
    places = OfferPlace.objects.select_related("location__district")
    return entries.prefetch_related(*OF_OFFERS, Prefetch("places", places))


def with_all(entries):
    """Load with a queryset of entries all that is known of them, whole."""
    locations = Location.objects.select_related("district").prefetch_related("accessibility")
    if entries.model is Institution:
        return entries.prefetch_related(Prefetch("locations", locations), "sources", "closing_days")
    places = OfferPlace.objects.prefetch_related(
        Prefetch("location", locations), "schedules__exceptions"
    )
    return entries.select_related("responsible").prefetch_related(
        *OF_OFFERS, "sources", "contact_points", Prefetch("places", places)
    )


def worked_on(model, targets, changes):
    """Return those of some entries that were changed, or parts of them.

    ``changes`` says which rows of their histories count.
    """
    found = set(model.history.filter(changes, id__in=targets).values_list("id", flat=True))
    for part in (OfferPlace, CostOption, ContactPoint) if model is Offer else ():
        rows = part.history.filter(changes, offer__in=targets)
        found.update(rows.values_list("offer", flat=True))
    return found


@dataclass(frozen=True)
class Match:
    """Which entry a row is about: one, none, or a question; ``why`` says what is in doubt."""

    target: int | None = None
    candidates: tuple = ()
    why: str = ""


class Known:
    """Every entry of a kind by what a row may call it (``quality.identity`` has the rule).

    What other lists call an entry that was merged leads to the one it is now; ``inherited`` are
    such keys. Its own number, which only our lists know, is still its own.
    """

    def __init__(self, kind):
        self.kind = kind
        self.by_uuid, self.by_origin, self.origins = {}, {}, defaultdict(set)
        self.by_name, self.providers, self.inherited = defaultdict(list), {}, set()
        self.successors = TwinDecision.objects.successors(MODELS[kind])
        self.addresses = self._addresses()
        fields = ("title", "provider_id", "provider_name") if kind == OFFERS else ("name",)
        rows = MODELS[kind].objects.values_list("pk", "uuid", "source", "external_id", *fields)
        for pk, uuid, source, external_id, name, *provider in rows:
            self.by_uuid[str(uuid)] = pk
            now = self.successors.get(pk, pk)
            if now not in self.by_name[folded(name)]:
                self.by_name[folded(name)].append(now)
            if provider and now == pk:
                self.providers[pk] = _provider(*provider)
            if external_id:
                self.by_origin[source, external_id] = now
                self.origins[now].add((source, external_id))
                self.inherited |= {(source, external_id)} if now != pk else set()

    def keys(self, values):
        """Return what a row calls its entry: pairs of how, and the key."""
        found = self.identifiers(values)
        if values.get("external_id"):
            return found
        if name := _name(values):
            is_offer = self.kind == OFFERS  # a provider has one offer of a title
            more = self._provider_of(values) if is_offer else _address(values)
            found.append(("by_name", (folded(name), more)))
        return found

    def identifiers(self, values):
        """Return the identifiers of a row as such pairs."""
        found = [("by_uuid", values["uuid"])] if values.get("uuid") else []
        if values.get("external_id"):
            found.append(("by_origin", (values.get("source", ""), values["external_id"])))
        return found

    def identified(self, identifiers):
        """Return the number of the entry that has one of some identifiers, else ``None``."""
        found = (getattr(self, how).get(key) for how, key in identifiers)
        return next((pk for pk in found if pk), None)

    def find(self, values):
        """Return the ``Match`` of a row: by its identifiers, else by name and address."""
        if known := self.identified(self.identifiers(values)):
            return Match(known)
        same = [
            pk for pk in self.by_name.get(folded(_name(values)), ()) if self._may_be(pk, values)
        ]
        if self.kind == OFFERS:
            return self._among_offers(same, values)
        return self._among_places(same, values)

    def alike(self, values):
        """Return up to three entries whose name is written nearly like that of a row."""
        name = folded(_name(values))
        hits = process.extract(
            name, self.by_name.keys(), scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE, limit=3
        )
        return [
            pk
            for other, _score, _index in hits
            if re.findall(r"\d+", other) == re.findall(r"\d+", name)
            for pk in self.by_name[other]
            if self._may_be(pk, values) and not self._is_elsewhere(pk, values)
        ][:3]

    def _among_offers(self, same, values):
        """Title and provider together name an offer; a title alone is a question."""
        said = self._provider_of(values)
        if not said:
            return self._question(
                same, _("Den Titel gibt es schon; ein Anbieter ist nicht genannt.")
            )
        fitting = [pk for pk in same if self.providers.get(pk) == said]
        if len(fitting) > 1:
            near = [pk for pk in fitting if self._is_here(pk, values)]
            fitting = near if len(near) == 1 else fitting
        if len(fitting) == 1:
            return Match(fitting[0])
        return self._question(fitting, _("Titel und Anbieter gibt es mehr als einmal."))

    def _among_places(self, same, values):
        """Name and address together name an institution; one of them missing is a question."""
        here = [pk for pk in same if self._is_here(pk, values)]
        if len(here) == 1:
            return Match(here[0])
        open_ = here or [pk for pk in same if not self._is_elsewhere(pk, values)]
        return self._question(
            open_, _("Den Namen gibt es schon; die Anschrift sagt nicht, ob es dieselbe ist.")
        )

    def _question(self, candidates, why):
        return Match(None, tuple(candidates), why) if candidates else Match()

    def _may_be(self, pk, values):
        """Whether no key speaks against it: another number in the same list is another entry."""
        lists = {source for source, _key in self.origins.get(pk, ())}
        return not (values.get("external_id") and values.get("source", "") in lists)

    def _is_here(self, pk, values):
        return any(one.agrees(_address(values)) for one in self.addresses.get(pk, ()))

    def _is_elsewhere(self, pk, values):
        theirs = self.addresses.get(pk, ())
        return bool(theirs) and all(one.contradicts(_address(values)) for one in theirs)

    def _provider_of(self, values):
        return _provider(values.get("provider"), values.get("provider_name", ""))

    def _addresses(self):
        way = "locations" if self.kind == INSTITUTIONS else "places__location"
        names = [f"{way}__{part}" for part in ("street", "postal_code", "city")]
        rows = MODELS[self.kind].objects.filter(**{f"{way}__visibility": "public"})
        found = defaultdict(list)
        for pk, *parts in rows.values_list("pk", *names):
            found[self.successors.get(pk, pk)].append(Address.of(*parts))
        return found


def _name(values):
    return values.get("title") or values.get("name") or ""


def _address(values):
    return Address.of(*(values.get(key, "") for key in ("street", "postal_code", "city")))


def _provider(number, name):
    """Return a provider as it is compared: its number here, else its name."""
    return number or folded(name or "")
