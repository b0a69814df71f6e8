"""The piles of work on the start page of the office."""

from dataclasses import dataclass

from django import template
from django.contrib.admin.sites import site
from django.utils.formats import date_format

from offers.models import Offer, ReachCount
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
        "bars": [Bar(*one) for one in enumerate(reach_by_month.course())],
    }


@dataclass(frozen=True)
class Bar:
    """A month in the course: a bar of a field that is 100 wide and high."""

    position: int
    count: ReachCount

    @property
    def left(self):
        return 100 * self.position

    @property
    def height(self):
        return max(self.count.percent, 1)

    @property
    def top(self):
        return 100 - self.height

    @property
    def words(self):
        return f"{date_format(self.count.month, 'F Y')} {self.count.percent} %"
