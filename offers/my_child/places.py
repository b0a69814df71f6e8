"""Where families go for a milestone: the offer that the city names for it.

The words of a milestone and of an offer are too far apart for a search ("Die Geburt anzeigen" would
lead to a course before the birth), so ``MilestoneContact`` says it.
"""

from offers.models import MilestoneContact, Offer


def offers_for(milestones):
    """Return the offer that helps with each milestone, by its slug; none where none is named."""
    named = MilestoneContact.objects.filter(milestone__in=milestones, offer__isnull=False)
    wanted = dict(named.values_list("milestone__slug", "offer"))
    found = Offer.objects.published().filter(pk__in=wanted.values()).for_cards()
    by_key = {offer.pk: offer for offer in found}
    return {slug: by_key[offer] for slug, offer in wanted.items() if offer in by_key}
