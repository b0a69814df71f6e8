from django.db import models


class ChangeProposalQuerySet(models.QuerySet):
    def open(self):
        """Proposals nobody has decided on."""
        return self.filter(state=self.model.State.OPEN)

    def visible_to(self, user):
        """Editors of a provider see their own proposals, the office sees all."""
        from offers.models import Editorship

        if Editorship.objects.restricts(user):
            return self.filter(by=user, offer__provider__editorships__user=user)
        return self
