from django.db import models
from django.db.models import Count, Q


def is_public(path=""):
    """Return the condition that the public may know of a place; never of a protected one.

    ``path`` leads to the place from the rows that are asked, such as "location".
    """
    return ~Q(**{f"{path}__visibility" if path else "visibility": "protected"})


class LocationQuerySet(models.QuerySet):
    def public(self):
        """Places whose existence the public may know; never a protected one."""
        return self.filter(is_public())

    def usable_by(self, user):
        """Places a user may choose; a provider's editor finds no protected one of others."""
        from offers.models import Editorship

        if not Editorship.objects.restricts(user):
            return self
        own = Q(institutions__editorships__user=user)
        known = self.filter(own | is_public())
        return self.filter(pk__in=known.values("pk"))

    def in_district(self, slug):
        """Places in a part of the city, smaller parts included; protected ones lie in none."""
        return self.filter(district__path__contains=[slug])

    def for_office_list(self):
        """Load all that the list of the office reads."""
        return self.annotate(offer_count=Count("offer_places"))
