"""Where families go for a milestone: the offer that the city names for it.

The words of a milestone and of an offer are too far apart for a search ("Die Geburt anzeigen" would
lead to a course before the birth), so ``[milestone_places]`` of ``city.toml`` says it.
"""

from django.conf import settings

from offers.models import Offer


def offers_for(milestones):
    """Return the offer that helps with each milestone, by its slug; none where none is named."""
    named = settings.CITY.get("milestone_places", {})
    wanted = {one.slug: named[one.slug] for one in milestones if one.slug in named}
    found = Offer.objects.published().filter(slug__in=wanted.values()).for_cards()
    by_slug = {offer.slug: offer for offer in found}
    return {slug: by_slug[offer] for slug, offer in wanted.items() if offer in by_slug}
