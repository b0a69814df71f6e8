"""What the coordinators find on the start page of the office."""

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from network.lists import work_list
from network.models import Group, SavedList
from network.models.contact import EXPORT_RIGHT
from offers.quality.certainty import in_words

register = template.Library()
register.filter("certainty", in_words)


@register.filter
def percent(share):
    """Say a share between 0 and 1 in percent, as "72,5 %"; nobody knows ``None``."""
    return "–" if share is None else _("%s %%") % number_format(100 * share, 1)


@register.simple_tag
def network_piles(request):
    """Return the piles of the network that the person signed in may look at."""
    return work_list.piles(request.user)


@register.inclusion_tag("admin/network/ready_lists.html", takes_context=True)
def ready_lists(context):
    """Show the lists asked for most, each as a file at one click, then those kept by name."""
    user = context["request"].user
    may = user.has_perm("network.view_partner") and user.has_perm("network.view_contact")
    if not may:
        return {"may": False}
    return {
        "may": True,
        "csrf_token": context.get("csrf_token"),
        "all_people": user.has_perm(EXPORT_RIGHT),
        "groups": list(Group.objects.with_members()),
        "saved": list(SavedList.objects.visible_to(user)),
    }
