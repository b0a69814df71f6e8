"""The piles of work on the start page of the office."""

from django import template
from django.contrib.admin.sites import site

from offers.models import Offer
from offers.quality.work_list import piles

register = template.Library()


@register.simple_tag
def work_piles(request):
    """Return the piles of the person signed in; ``None`` for one who may not see offers."""
    offers_admin = site.get_model_admin(Offer)
    if not offers_admin.has_view_permission(request):
        return None
    return piles(request.user, offers_admin.get_queryset(request))
