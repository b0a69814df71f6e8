from django.db import models
from django.db.models import Count, Q

from offers.protected_addresses import may_see


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
        """Places a user may choose.

        A provider's editor only public ones and those of their own; who only looks, none that is
        protected.
        """
        from offers.models import Editorship

        if not Editorship.objects.restricts(user):
            return self if may_see(user) else self.public()
        of_the_house = models.Q(institutions__editorships__user=user)
        of_an_offer = models.Q(offer_places__offer__provider__editorships__user=user)
        public = models.Q(visibility=self.model.Visibility.PUBLIC)
        known = self.model.objects.filter(public | of_the_house | of_an_offer)
        return self.filter(pk__in=known.values("pk"))

    def in_district(self, slug):
        """Places in a part of the city, smaller parts included; protected ones lie in none."""
        return self.filter(district__path__contains=[slug])

    def for_office_list(self):
        """Load all that the list of the office reads."""
        return self.annotate(offer_count=Count("offer_places"))
