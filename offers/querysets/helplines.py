from django.db import models


class HelplineQuerySet(models.QuerySet):
    def for_families(self):
        """Numbers that everyone may call, the local one right after 112 and 110."""
        return self.filter(is_for_professionals=False)

    def against_violence(self):
        """Numbers for families in danger or facing violence."""
        situations = self.model.Situation
        return self.for_families().filter(situation__in=[situations.DANGER, situations.VIOLENCE])
