"""The parts of the city."""

from offers.models import District

from .loading import Subject
from .row_forms import choice, row_form

LEVELS = {
    "stadt": District.Level.CITY,
    "stadtbezirk": District.Level.BOROUGH,
    "ortsteil": District.Level.LOCALITY,
    "quartier": District.Level.QUARTER,
}


class Districts(Subject):
    file = "districts.csv"
    form = row_form(
        District,
        [
            *("level", "slug", "name", "parent", "postal_codes", "aliases"),
            *("latitude", "longitude", "position_source"),
            *("population", "population_as_of", "under_18_percent", "source_url", "certainty"),
        ],
        parent="parent_slug",
        latitude="lat",
        longitude="lon",
        position_source="coord_basis",
        population_as_of="population_year",
        under_18_percent="under18_share_pct",
    )

    def in_order(self, read):
        """Larger parts first: the smaller ones lie in them."""
        return sorted(read, key=lambda row: [*LEVELS, row["level"]].index(row["level"]))

    def data(self, row):
        parts = {name: row.parts(name) for name in ("postal_codes", "aliases")}
        return super().data(row) | parts | {"level": choice(row, "level", LEVELS)}
