"""The address of an entry that was merged into another leads there."""

from functools import wraps

from django.http import Http404, HttpResponsePermanentRedirect

from offers.models import TwinDecision


def leads_on(model):
    """Decorate the page of an entry of a model, found by its slug."""

    def decorate(view):
        @wraps(view)
        def leading(request, slug):
            try:
                return view(request, slug)
            except Http404:
                found = TwinDecision.objects.successor(model, slug=slug)
                if found is None:
                    raise
                return HttpResponsePermanentRedirect(found.get_absolute_url())

        return leading

    return decorate
