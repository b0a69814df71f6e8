"""What offers are called in other languages, as a machine or somebody of the city translated it."""

from offers.models import Offer, OfferTranslation
from offers.models.offer import fingerprint
from offers.models.translation import other_languages

from .loading import Subject
from .row_forms import UNKNOWN_SLUG


class OfferTitles(Subject):
    """A row has the German title that was translated, then a column for each language.

    A title whose German is another by now comes in as out of date. What somebody in the office
    translated stays.
    """

    file = "offer_titles.csv"
    columns = ("offer", "de")
    key = "offer"

    def find(self, row):
        rows = OfferTranslation.objects.filter(offer__slug=row["offer"])
        return rows.first() and rows

    def save(self, row, instance):
        offer = Offer.objects.filter(slug=row["offer"]).first()
        if offer is None:
            raise row.error("offer", UNKNOWN_SLUG["invalid_choice"] % {"value": row["offer"]})
        known = {one.language: one for one in instance or ()}
        new = []
        for language, _name in other_languages():
            said = known.get(language) or OfferTranslation(offer=offer, language=language)
            if not row.values.get(language) or _is_worked_on(said):
                continue
            said.say("title", row[language], fingerprint.of(row["de"]))
            said.clean_fields(exclude={"offer"})
            said.clean()
            if said.pk is None:
                new.append(said)
            else:
                said.save()
        OfferTranslation.objects.bulk_create(new)


def _is_worked_on(said):
    """Whether somebody has changed a translation, so that no file may change it any more."""
    return said.pk is not None and said.history.filter(history_user__isnull=False).exists()
