"""Offers with their places, schedules and prices."""

from django.utils import timezone
from django.utils.translation import gettext as _

from lifephases.models import LifePhase
from offers.exchange.slugs import free_slug
from offers.models import CostOption, District, Institution, Offer, OfferType, TargetGroup, Topic

from . import accessibility, offer_contacts, offer_places, sources
from .corrections import FACTS, READINGS, corrected
from .institutions import SOURCE, district_of, spoken
from .loading import Subject
from .prose import wordings
from .row_forms import ReadyField, RowForm, age_span, choice, slug_of, slugs_of

GENERIC = "generic"
CONDITION = "Voraussetzung: "
PROVIDERS, PLACES, DETAILS = "offer_providers.csv", "offer_places.csv", "offer_details.csv"
LATER_FACTS, DECIDED, STATUS = "offer_facts.csv", "offer_readings.csv", "offer_status.csv"
CONTACTS, ACCESSIBILITY = "offer_contacts.csv", "offer_accessibility.csv"
DETAIL_LISTS = ("audience", "target_groups", "access_modes")
DETAIL_TEXTS = ("eligibility_text", "description", "cost_kind", "registration_url")
# What is to become of an entry whose source says that something has changed.
DECISIONS = {
    "shown": Offer.Status.PUBLISHED,
    "held": Offer.Status.IN_REVIEW,  # not before somebody has asked
    "ended": Offer.Status.ARCHIVED,
}
COLUMNS = {
    "ages": "age_from_months",
    "extra_phases": "life_phases",
    "cost_kind": "cost",
    "cost_note": "cost",
    "reductions": "cost",
    "access_modes": "registration",
    "how_to_apply": "registration",
    "languages_note": "languages",
    "provider_name": "provider",
    "schedule_text": "schedule",
    "url": "web",
    "external_id": "id",
    "slug": "title",
    "eligibility_text": "notes",
}


class OfferForm(RowForm):
    topics = slugs_of(Topic)
    offer_type = slug_of(OfferType)
    target_groups = slugs_of(TargetGroup, required=False)
    extra_phases = slugs_of(LifePhase, required=False)
    ages = ReadyField()
    audience = ReadyField()
    access_modes = ReadyField()
    reductions = ReadyField()
    languages = ReadyField()
    provider = ReadyField()
    columns = COLUMNS

    class Meta:
        model = Offer
        fields = [
            "slug",
            "title",
            "description",
            "provider",
            "provider_name",
            "ages",
            "extra_phases",
            "audience",
            "target_groups",
            "eligibility_text",
            "topics",
            "offer_type",
            "access_modes",
            "how_to_apply",
            "cost_kind",
            "cost_note",
            "reductions",
            "languages",
            "languages_note",
            "schedule_text",
            "phone",
            "email",
            "url",
            "is_generic",
            "notes",
            "open_question",
            "status",
            "registration_url",
            "source",
            "external_id",
            "source_url",
            "source_year",
            "certainty",
        ]


class Offers(Subject):
    file = "offers.csv"
    columns = (
        "id",
        "title",
        "provider",
        "scope",
        "life_phases",
        "age_from_months",
        "age_to_months",
        "topics",
        "offer_type",
        "cost",
        "place",
        "district_slug",
        "schedule",
        "languages",
        "registration",
        "phone",
        "email",
        "web",
        "source_url",
        "source_year",
        "certainty",
        "notes",
    )
    key = "id"
    companions = {
        PROVIDERS: ("offer_id", "institution_id"),
        PLACES: ("offer_id", *offer_places.COLUMNS),
        DETAILS: ("offer_id", *DETAIL_LISTS, *DETAIL_TEXTS),
        LATER_FACTS: ("offer_id", *FACTS),
        DECIDED: ("offer_id", *READINGS),
        STATUS: ("offer_id", "decision", "question"),
        CONTACTS: ("offer_id", *offer_contacts.COLUMNS),
        ACCESSIBILITY: ("offer_id", *accessibility.COLUMNS),
    }
    version = 2

    def find(self, row):
        return Offer.objects.filter(source=SOURCE, external_id=row["id"]).first()

    def is_edited(self, instance):
        return instance.is_confirmed or any(
            row.history.filter(history_user__isnull=False).exists() for row in _parts(instance)
        )

    def save(self, row, instance):
        found = corrected(row, row.about(LATER_FACTS), row.about(DECIDED))
        row = found.row
        plan = offer_places.plan(row, district_of(row), row.about(PLACES))
        cost = _cost(found)
        contacts = offer_contacts.read(row.about(CONTACTS))
        data = row.values | _plain(row) | _derived(row, cost) | _details(row) | _status(row)
        data |= {"schedule_text": plan.rest, **_own_channels(row, contacts)}
        data["slug"] = instance.slug if instance else free_slug(Offer, row["title"])
        if instance is None:
            instance = Offer(review_due_on=timezone.localdate())
        offer = OfferForm.save_row(row, data, instance)
        sources.keep(found, offer=offer)
        offer.cost_options.all().delete()
        if cost.amount is not None:
            CostOption.objects.create(offer=offer, amount=cost.amount)
        offer_places.keep(plan, offer)
        offer_contacts.keep(contacts, offer)
        accessibility.keep(row.about(ACCESSIBILITY), offer)
        return offer


def _parts(offer):
    """Yield an offer and all that belongs to it and has a history of its own."""
    yield offer
    for place in offer.places.all():
        yield place
        yield from place.schedules.all()
    yield from offer.cost_options.all()
    yield from offer.contact_points.all()


def _cost(found):
    """Return the cost of a row; unknown where the collectors only assumed or concluded it."""
    is_assumed = "cost" not in found.sourced and wordings.is_cost_assumed(found.row["certainty"])
    if is_assumed or "cost" in found.inferred:
        return wordings.CostWords()
    return wordings.cost(found.row["cost"])


def _own_channels(row, contacts):
    """Return telephone and mail of the offer itself: those that are no contact with a name."""
    named = {value for one in contacts for value in (one.phone, one.email)}
    return {name: "" if row[name] in named else row[name] for name in ("phone", "email")}


def _status(row):
    """Return the state an offer enters in, and what the office has to clear up."""
    for own in row.about(STATUS):
        status = choice(own, "decision", DECISIONS)
        return {"status": status, "open_question": own["question"]}
    return {"status": Offer.Status.PUBLISHED, "open_question": ""}


def _plain(row):
    return {"url": row["web"], "external_id": row["id"], "source": SOURCE}


def _derived(row, cost):
    ages = age_span(row, "age_from_months", "age_to_months")
    phases = _extra_phases(row, ages)
    codes, languages_note = spoken(row)
    return {
        "ages": ages,
        "extra_phases": phases,
        "audience": _audience(row, phases),
        "topics": row.parts("topics"),
        "provider": _provider(row),
        "provider_name": "" if row.about(PROVIDERS) else row["provider"],
        "cost_kind": cost.kind,
        "cost_note": cost.note,
        "reductions": cost.reductions,
        "access_modes": wordings.access(row["registration"]),
        "how_to_apply": wordings.sentence(row["registration"]),
        "languages": codes,
        "languages_note": languages_note,
        "is_generic": _is_generic(row),
        "eligibility_text": _eligibility(row["notes"]),
        "description": row.values.get("description", ""),
    }


def _extra_phases(row, ages):
    """Return the slugs of the phases that do not follow from the ages."""
    named = row.parts("life_phases")
    phases = {phase.slug: phase for phase in LifePhase.objects.filter(slug__in=named)}
    for slug in named:
        if slug not in phases:
            raise row.error("life_phases", _("„%s“ gibt es nicht.") % slug)
    extra = [slug for slug in named if phases[slug].is_cross]
    follows = LifePhase.objects.along_the_chain()
    follows = set((follows.overlapping(ages) if ages else follows).values_list("slug", flat=True))
    for slug in named:
        if slug not in extra and slug not in follows:
            reason = _("Die Lebensphase „%s“ passt nicht zum Alter.")
            raise row.error("life_phases", reason % slug)
    return extra


def _audience(row, extra_phases):
    """Only an offer that no phase of growing up claims is certainly for the parents."""
    only_parents = extra_phases and extra_phases == row.parts("life_phases")
    return [Offer.Audience.PARENTS] if only_parents else []


def _provider(row):
    for own in row.about(PROVIDERS):
        found = Institution.objects.filter(source=SOURCE, external_id=own["institution_id"]).first()
        if found is None:
            reason = _("Die Einrichtung „%s“ gibt es nicht.")
            raise own.error("institution_id", reason % own["institution_id"])
        return found
    return None


def _is_generic(row):
    if row["scope"] == GENERIC:
        return True
    if District.objects.filter(level=District.Level.CITY, slug=row["scope"]).exists():
        return False
    reason = _("„%s“ ist weder die Stadt noch „generic“.")
    raise row.error("scope", reason % row["scope"])


def _eligibility(notes):
    if not notes.startswith(CONDITION):
        return ""
    parts = notes.removeprefix(CONDITION).split("; ")
    return "\n".join(wordings.sentence(part) for part in parts)


def _details(row):
    """Return what a person has read out of the notes, where they say more than rules can read."""
    data = {}
    for own in row.about(DETAILS):
        lists = {column: own.parts(column) for column in DETAIL_LISTS}
        texts = {column: own[column] for column in DETAIL_TEXTS}
        data |= {column: value for column, value in (lists | texts).items() if value}
    if group := row.values.get("target_group"):
        before = data.get("eligibility_text") or _eligibility(row["notes"])
        data["eligibility_text"] = "\n".join(filter(None, [_("Für: %s") % group, before]))
    return data
