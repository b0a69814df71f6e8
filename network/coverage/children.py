"""Children and need beside the table: what is known of a part of the city, never a share of it."""

from django.db.models import Q

from kekiz_portal.lib import german_order
from network.coverage.facts import SOCIAL_INDEX
from network.models import ChildrenCount, NeedIndicator


class Children:
    """The newest counts of children who live in the city and in its parts."""

    def __init__(self):
        counts = ChildrenCount.objects.living_there().select_related("district")
        self._newest = {}
        for one in counts.newest_first():
            known = one.district.slug, (one.from_years, one.to_years)
            self._newest.setdefault(known, one)

    def of(self, part, years):
        """Return the count of just these years of life in a part; ``None`` if nobody knows it."""
        return self._newest.get((part.slug, years))

    def within(self, part, first, end):
        """Return the counts of a part whose months all lie in a span, the youngest first."""
        return [
            one
            for (slug, _years), one in self._newest.items()
            if slug == part.slug and first <= one.months[0] and one.months[1] <= end
        ]


class Needs:
    """The newest figures of need of a part of the city and of the schools in it."""

    def __init__(self, part):
        about = Q(district=part, school_name="") | Q(name=SOCIAL_INDEX)
        if part.parent_id:  # a school without a known place lies in the city alone
            about &= Q(school_name="") | Q(district__path__contains=[part.slug])
        newest = {}
        for one in NeedIndicator.objects.filter(about).newest_first():
            newest.setdefault((one.school_name, one.name), one)
        self.figures = [one for one in newest.values() if not one.school_name]
        self.figures.sort(key=lambda one: german_order.key(one.name))
        self.schools = [one for one in newest.values() if one.school_name]
        self.schools.sort(key=lambda one: (-one.value, one.school_name))
