"""How much of the portal is within reach and confirmed, for everybody, if the city wants it.

What the office reads of single institutions stays with the office: a page for everybody would put
to shame whoever answers late.
"""

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from kekiz_portal.lib.keeping import kept
from kekiz_portal.lib.languages import said
from lifephases.models import LifePhase
from offers.models import District, ReachCount, Topic
from offers.quality import reach_by_month

Group = ReachCount.Group


@kept()
@require_safe
def freshness(request):
    """Show the last months as they were counted, and the parts of the newest."""
    if not settings.PUBLISHES_REACH:
        raise Http404
    parts = [
        (_("Themen"), _("Thema"), _rows(Group.TOPIC, _names(Topic.objects.all()))),
        (_("Lebensphasen"), _("Lebensphase"), _rows(Group.PHASE, _names(LifePhase.objects.all()))),
        (_("Stadtteile"), _("Stadtteil"), _rows(Group.DISTRICT, _districts())),
    ]
    context = {"months": reach_by_month.course()[::-1], "parts": parts}
    return render(request, "offers/freshness.html", context)


def _names(those):
    """Return the names of phases or topics in the reader's language, in the city's order."""
    return {one.slug: said(one.name) for one in those}


def _districts():
    return {one.slug: one.label for one in District.objects.within_the_city()}


def _rows(group, names):
    """Return each name with its newest ``ReachCount``, of those that have one."""
    counts = {one.key: one for one in ReachCount.objects.newest(group)}
    return [(name, counts[key]) for key, name in names.items() if key in counts]
