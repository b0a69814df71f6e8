"""What there is to translate into a language, in the order in which it helps most.

First what readers had and lost because the German changed, then what families in danger read, then
what a family can take part in. Who opens which page is counted nowhere, so nothing goes by that.
"""

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, Value, When

from kekiz_portal.lib.german_order import GermanOrder
from offers.models import Offer, OfferTranslation, TargetGroup
from offers.quality import reach

OUT_OF_DATE, LACKING, UNCHECKED, CHECKED = range(4)
TO_TRANSLATE = [OUT_OF_DATE, LACKING]


def offers_for(language):
    """Return the published offers, each with its ``standing`` in a language, as one works."""
    here = OfferTranslation.objects.filter(offer=OuterRef("pk"), language=language)
    in_danger = TargetGroup.objects.filter(offers=OuterRef("pk"), shows_helplines=True)
    standing = Case(
        When(Exists(here.out_of_date()), then=OUT_OF_DATE),
        When(Exists(here.whole().checked()), then=CHECKED),
        When(Exists(here.whole()), then=UNCHECKED),
        default=LACKING,
        output_field=IntegerField(),
    )
    urgency = Case(
        When(Exists(in_danger), then=Value(0)),
        When(reach.is_within_reach(), then=Value(1)),
        default=Value(2),
    )
    found = Offer.objects.published().annotate(standing=standing).alias(urgency=urgency)
    return found.order_by("standing", "urgency", GermanOrder("title"), "pk")


def counts(language):
    """Return how many offers stand how in a language, by ``standing``."""
    found = offers_for(language).order_by().values_list("standing").annotate(Count("pk"))
    return dict.fromkeys(range(4), 0) | dict(found)


def next_after(offer, language):
    """Return the next offer to translate after one, as they stand in order; none is ``None``."""
    return offers_for(language).filter(standing__in=TO_TRANSLATE).exclude(pk=offer.pk).first()


def row_for(offer, language):
    """Return the translation of an offer to work on, an empty one where nobody began."""
    return OfferTranslation.objects.get_or_create(offer=offer, language=language)[0]


def rows_by_offer(offers, language):
    """Return the translations of some offers by the number of the offer."""
    rows = OfferTranslation.objects.filter(Q(offer__in=offers), language=language)
    return {row.offer_id: row for row in rows}
