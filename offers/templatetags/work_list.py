"""The piles of work on the start page of the office."""

from django import template
from django.contrib.admin.sites import site
from django.utils.formats import date_format

from offers.models import Offer
from offers.quality import reach, reach_by_month
from offers.quality.work_list import piles

register = template.Library()


@register.simple_tag
def work_piles(request):
    """Return the piles of the person signed in; ``None`` for one who may not see offers."""
    offers_admin = site.get_model_admin(Offer)
    if not offers_admin.has_view_permission(request):
        return None
    return piles(request.user, offers_admin.get_queryset(request))


@register.inclusion_tag("admin/offers/reach.html")
def within_reach(request):
    """Show whoever may see the counts how many entries are within reach, and the course of it."""
    if not request.user.has_perm("offers.view_reachcount"):
        return {}
    now = reach.report()
    return {
        "now": now,
        "percent": reach.percent(now),
        "bars": [_bar(*one) for one in enumerate(reach_by_month.course())],
    }


def _bar(position, count):
    """Return a month in the course, a bar of a field that is 100 high and as wide for each."""
    height = max(count.percent, 1)
    words = f"{date_format(count.month, 'F Y')} {count.percent} %"
    return {"left": 100 * position, "top": 100 - height, "height": height, "words": words}
