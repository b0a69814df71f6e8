"""What a source says about getting into the places of an offer."""

from offers.models import AccessibilityFact

from .row_forms import choice

COLUMNS = ("feature", "is_present", "note")
FEATURES = {feature.value: feature for feature in AccessibilityFact.Feature}
YES_OR_NO = {"yes": True, "no": False}


def keep(rows, offer):
    """Note at every public place of an offer what its rows say; what is known stays."""
    locations = [place.location for place in offer.places.all() if place.location]
    for row in rows:
        feature = choice(row, "feature", FEATURES)
        said = {"is_present": choice(row, "is_present", YES_OR_NO), "note": row["note"]}
        for location in locations:
            if not location.is_protected:
                location.accessibility.get_or_create(feature=feature, defaults=said)
