"""The page of the chain for everybody: the thread of the office's page, and what is not known."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kekiz_portal.lib.keeping import kept
from network.coverage.overview import Overview

from .net import Net


@kept()
@require_safe
def net(request, part=None):
    """Show a part of the city, or all of it."""
    overview = Overview(timezone.localdate(), part)
    if not settings.PUBLISHES_THE_CHAIN or overview.city is None or part != overview.slug:
        raise Http404
    return render(request, "network/chain/net.html", {"net": Net(overview)})
