"""What offers say in free words in other languages, as a machine or somebody of the city put it."""

from django.conf import settings

from offers.models import Offer, OfferTranslation
from offers.models.offer import fingerprint
from offers.models.offer.here import TEXTS
from offers.models.translation import other_languages

from .loading import Subject, is_worked_on
from .row_forms import UNKNOWN_SLUG

GERMAN = settings.LANGUAGE_CODE


class OfferTexts(Subject):
    """A row has, for each text it knows, the German that was translated and what stands for it.

    "title_de" and "title_tr", "description_de" and "description_tr". A text whose German is another
    by now comes in as out of date. What somebody in the office translated stays.
    """

    file = "offer_texts.csv"
    columns = ("offer",)
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
            if (said.pk and is_worked_on(said)) or not _takes(said, row):
                continue
            said.clean_fields(exclude={"offer"})
            said.clean()
            if said.pk is None:
                new.append(said)
            else:
                said.save()
        OfferTranslation.objects.bulk_create(new)


def _takes(said, row):
    """Let a translation say what a row has in its language; return whether there is anything."""
    texts = {name: text for name in TEXTS if (text := row.values.get(f"{name}_{said.language}"))}
    for name, text in texts.items():
        said.say(name, text, fingerprint.of(row.values.get(f"{name}_{GERMAN}", "")))
    return bool(texts)
