"""What a device may keep to be read without a network: the page to say so, and what it asks for."""

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kekiz_portal.lib.keeping import kept
from offers.catalogue import held
from offers.pocket import pack

KEPT_PAGES = ["offers:help", "offers:notepad", "offers:pocket"]
WORKER = settings.BASE_DIR / "static" / "js" / "service-worker.js"


@kept()
@require_safe
def pocket(request):
    return render(request, "offers/pocket.html")


@kept()
@require_safe
def state(request):  # noqa: ARG001 - a view takes its request
    """Answer what a device would keep now; another version tells it to keep all anew."""
    catalogue = held.current()
    files = getattr(staticfiles_storage, "manifest_hash", "")
    return JsonResponse(
        {
            "version": f"{catalogue.number}-{files}",
            "language": get_language(),
            "pages": [reverse(name) for name in KEPT_PAGES],
            "pack": reverse("offers:pocket_pack"),
            "integrity": pack.current(catalogue).integrity,
            # What a kept page says of now was true when it was kept.
            "notice": _("Sie lesen ohne Netz. „Jetzt“ und „heute“ auf dieser Seite gelten für:"),
        }
    )


@kept()
@require_safe
def directory(request):  # noqa: ARG001 - as above
    made = pack.current(held.current())
    response = HttpResponse(made.body, content_type="application/json")
    response["X-Integrity"] = made.integrity
    return response


@require_safe
@never_cache
def worker(request):  # noqa: ARG001 - as above
    """Answer the service worker; its address at the root lets it answer for every page."""
    return HttpResponse(WORKER.read_bytes(), content_type="text/javascript; charset=utf-8")
