"""The page of who works with whom."""

from django.contrib.auth.decorators import permission_required
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _now

from network.coverage.views import OfTheChain

from .picture import Picture
from .ties import Ties


@method_decorator(permission_required("network.view_partner", raise_exception=True), "dispatch")
class NetworkPage(OfTheChain):
    def get(self, _request):
        ties = Ties(timezone.localdate())
        picture = Picture(ties, _now("Vereinbarung mit der Stadt"))
        return self.page("ties", _now("Wer arbeitet mit wem?"), ties=ties, picture=picture)
