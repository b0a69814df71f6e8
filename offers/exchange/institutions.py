"""Institutions with their addresses."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from offers.models import District, Institution, InstitutionKind

from . import locations, place_text, wordings
from .loading import Subject
from .row_forms import UNKNOWN_SLUG, ReadyField, RowForm, slug_of
from .slugs import free_slug

SOURCE = "herne-facts"
SHELTER = "schutz"
COLUMNS = {
    "carrier_name": "traeger",
    "url": "web",
    "opening_hours_text": "opening_hours",
    "external_id": "id",
    "slug": "name",
}


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

    def find(self, row):
        return Institution.objects.filter(source=SOURCE, external_id=row["id"]).first()

    def save(self, row, instance):
        data = row.values | {field: row[column] for field, column in COLUMNS.items()}
        data |= {
            "slug": instance.slug if instance else free_slug(Institution, row["name"]),
            "languages": spoken(row)[0],
            "source": SOURCE,
        }
        institution = InstitutionForm.save_row(row, data, instance)
        before = list(institution.locations.all())
        institution.locations.set(_locations(row, before))
        locations.drop_unused(before)
        return institution


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
