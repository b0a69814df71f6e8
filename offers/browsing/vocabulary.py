"""The words that the filters offer, loaded once for a page."""

from django.utils.functional import cached_property

from lifephases.models import LifePhase
from offers.models import District, Topic


class Vocabulary:
    """Phases, topics and parts of the city; each is one query, asked when first needed."""

    @cached_property
    def phases(self):
        return list(LifePhase.objects.all())

    @cached_property
    def topics(self):
        return list(Topic.objects.all())

    @cached_property
    def districts(self):
        return list(District.objects.within_the_city())

    @cached_property
    def postal_codes(self):
        return sorted({code for district in self.districts for code in district.postal_codes})

    def phase(self, slug):
        return next(phase for phase in self.phases if phase.slug == slug)
