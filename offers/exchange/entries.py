"""The entries a table is about: how they are loaded, found and named."""

from django.db.models import Prefetch

from offers.models import Institution, Location, Offer, OfferPlace

from .mapping import INSTITUTIONS, OFFERS

MODELS = {OFFERS: Offer, INSTITUTIONS: Institution}


def model_of(kind):
    return MODELS[kind]


def with_columns(entries):
    """Load with a queryset of entries all that the columns of a table read."""
    locations = Location.objects.select_related("district")
    if entries.model is Institution:
        return entries.prefetch_related(Prefetch("locations", locations))
    places = OfferPlace.objects.select_related("location__district")
    return entries.prefetch_related(
        "topics", "target_groups", "extra_phases", "cost_options", Prefetch("places", places)
    )


def name_of(entry):
    return str(entry)[:200]


class Known:
    """Every entry of a kind by what a row may call it."""

    def __init__(self, kind):
        self.kind = kind
        self.by_uuid, self.by_origin, self.by_name, self.by_title = {}, {}, {}, {}
        self.origins = {}
        fields = ("title", "provider_id", "provider_name") if kind == OFFERS else ("name",)
        rows = MODELS[kind].objects.values_list("pk", "uuid", "source", "external_id", *fields)
        for pk, uuid, source, external_id, *name in rows:
            self.by_uuid[str(uuid)] = pk
            self.by_name[tuple(name)] = pk
            self.by_title.setdefault(name[0], []).append(pk)
            if external_id:
                self.by_origin[source, external_id] = pk
                self.origins[pk] = (source, external_id)

    def keys(self, values):
        """Return what a row calls its entry: pairs of how, and the key."""
        found = []
        if values.get("uuid"):
            found.append(("by_uuid", values["uuid"]))
        if values.get("external_id"):
            found.append(("by_origin", (values.get("source", ""), values["external_id"])))
        if self.kind == INSTITUTIONS and values.get("name"):
            found.append(("by_name", (values["name"],)))
        elif self.kind == OFFERS and values.get("title"):
            provider = (values.get("provider"), values.get("provider_name", ""))
            found.append(("by_name", (values["title"], *provider)))
        return found

    def find(self, values):
        """Return the number of the entry a row is about, ``None`` if it is new."""
        for how, key in self.keys(values):
            if key in getattr(self, how):
                return getattr(self, how)[key]
        says_provider = "provider" in values or "provider_name" in values
        if self.kind == OFFERS and not says_provider:
            same_title = self.by_title.get(values.get("title"), [])
            return same_title[0] if len(same_title) == 1 else None
        return None
