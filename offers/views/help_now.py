"""Help now: whom to call, by situation."""

from django.conf import settings
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from kekiz_portal.lib.keeping import kept
from offers.browsing.entering.help_now import numbers
from offers.browsing.ready import lean
from offers.browsing.where_and_when import end_of
from offers.catalogue import held
from offers.catalogue.catalogue import of_no_entry


@kept()
@require_safe
def help_now(request):
    name = "help", get_language()
    made = held.current().once(name, _made, until=lambda made: made["until"], entries=of_no_entry)
    return render(request, "offers/help.html", made)


def _made():
    """Return the content, ready, and until when: somebody begins or ends to answer, or a day."""
    danger, situations = numbers()
    changes = [line.changes_at for one in situations for line in one.lines if line.changes_at]
    context = {"danger": danger, "situations": situations, "city": settings.CITY}
    return {
        "content": lean(render_to_string("offers/help_content.html", context)),
        "until": min([end_of("heute", timezone.now()), *changes]).timestamp(),
    }
