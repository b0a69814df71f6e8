"""Help now: whom to call, by situation."""

from itertools import groupby

from django.shortcuts import render
from django.views.decorators.http import require_safe

from kekiz_portal.lib.keeping import kept
from offers.models import Helpline


@kept()
@require_safe
def help_now(request):
    order = list(Helpline.Situation)
    lines = sorted(
        Helpline.objects.for_families(),
        key=lambda line: (order.index(line.situation), line.position),
    )
    situations = [
        {"label": Helpline.Situation(situation).label, "slug": situation, "helplines": list(found)}
        for situation, found in groupby(lines, key=lambda line: line.situation)
    ]
    return render(request, "offers/help.html", {"situations": situations})
