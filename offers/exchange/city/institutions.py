"""Institutions with their addresses."""

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from offers.exchange import locations
from offers.exchange.slugs import free_slug
from offers.models import District, Institution, InstitutionKind

from . import sources
from .corrections import FACTS, READINGS, corrected
from .loading import Subject
from .prose import places as place_text
from .prose import wordings
from .row_forms import UNKNOWN_SLUG, ReadyField, RowForm, choice, slug_of

SOURCE = "herne-facts"
SHELTER = "schutz"
COLUMNS = {
    "carrier_name": "traeger",
    "url": "web",
    "opening_hours_text": "opening_hours",
    "external_id": "id",
    "slug": "name",
}
LATER_FACTS, DECIDED = "institution_facts.csv", "institution_readings.csv"
STATUS = "institution_status.csv"
# Whether an institution enters the public list, or waits until somebody has asked.
DECISIONS = {"shown": False, "held": True}


class InstitutionForm(RowForm):
    kind = slug_of(InstitutionKind)
    languages = ReadyField()
    columns = COLUMNS

    class Meta:
        model = Institution
        fields = [
            "slug",
            "name",
            "kind",
            "carrier_name",
            "phone",
            "email",
            "url",
            "opening_hours_text",
            "languages",
            "notes",
            "open_question",
            "source",
            "external_id",
            "source_url",
            "source_year",
            "certainty",
        ]


class Institutions(Subject):
    file = "institutions.csv"
    columns = (
        "id",
        "name",
        "kind",
        "traeger",
        "district_slug",
        "street",
        "postcode",
        "postcode_inferred",
        "city",
        "phone",
        "email",
        "web",
        "lat",
        "lon",
        "opening_hours",
        "languages",
        "source_url",
        "source_year",
        "certainty",
        "notes",
    )
    key = "id"

    companions = {
        LATER_FACTS: ("institution_id", *FACTS),
        DECIDED: ("institution_id", *READINGS),
        STATUS: ("institution_id", "decision", "question"),
    }
    version = 2

    def find(self, row):
        return Institution.objects.filter(source=SOURCE, external_id=row["id"]).first()

    def is_edited(self, instance):
        return instance.history.filter(history_user__isnull=False).exists()

    def save(self, row, instance):
        found = corrected(row, row.about(LATER_FACTS), row.about(DECIDED))
        row = found.row
        is_held, question = _status(row)
        data = row.values | {field: row[column] for field, column in COLUMNS.items()}
        data |= {
            "slug": instance.slug if instance else free_slug(Institution, row["name"]),
            "languages": spoken(row)[0],
            "notes": _notes(row),
            "open_question": question,
            "source": SOURCE,
        }
        instance = instance or Institution()
        if is_held:
            instance.archived_on = instance.archived_on or timezone.localdate()
        institution = InstitutionForm.save_row(row, data, instance)
        sources.keep(found, institution=institution)
        before = list(institution.locations.all())
        institution.locations.set(_locations(row, before))
        locations.drop_unused(before)
        return institution


def _status(row):
    """Return whether an institution is held back, and what the office has to clear up."""
    for own in row.about(STATUS):
        return choice(own, "decision", DECISIONS), own["question"]
    return False, ""


def _notes(row):
    """Return the internal note, with what is known of it."""
    return "; ".join(filter(None, [row["notes"], row.values.get("description", "")]))


def district_of(row):
    """Return the part of the city that a row names, ``None`` if it names none."""
    slug = row["district_slug"]
    if not slug:
        return None
    try:
        return District.objects.get(slug=slug)
    except District.DoesNotExist:
        reason = UNKNOWN_SLUG["invalid_choice"] % {"value": slug}
        raise row.error("district_slug", reason) from None


def spoken(row):
    """Return the codes of the languages in a row and the note to them."""
    try:
        return wordings.spoken(row["languages"])
    except ValueError as error:
        raise row.error("languages", _("Das Kürzel „%s“ ist nicht bekannt.") % error) from error


def _locations(row, before):
    if row["kind"] == SHELTER:
        return [place for place in before if place.is_protected] or [locations.protected()]
    district = district_of(row)
    spots = place_text.read(row["street"], has_district=True)[:1]
    if not spots and not district:
        return []
    spot = spots[0] if spots else place_text.Spot()
    if ";" in row["street"] or " / " in row["street"]:  # several addresses: kept as they stand
        spot = place_text.Spot(name=row["street"])
    postal_code = row["postcode"] or row["postcode_inferred"]
    address = locations.Address(
        name=spot.name,
        street=spot.street,
        postal_code=postal_code,
        is_certain=bool(row["postcode"]),
        city=row["city"],
        district=district,
        position=(row["lat"] or None, row["lon"] or None),
    )
    try:
        return [locations.shared(address)]
    except ValidationError as error:
        raise row.error("street", " ".join(error.messages)) from error
