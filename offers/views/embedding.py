"""Lists of offers for the pages of others: the list, its style and script, and a page that makes
the code."""

from django.conf import settings
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from kekiz_portal.lib.keeping import kept
from kekiz_portal.lib.languages import of_pages
from offers.browsing.searching import BY_NAME
from offers.found import embedding
from offers.found.embedding import ASKED, LOOKS, NUMBERS, PARAMETERS, Embedding, code_of

SCRIPT = settings.BASE_DIR / "static" / "js" / "embed.js"
A_DAY = 24 * 60 * 60
# This page alone may stand in a frame of anybody: it shows nothing to be tricked into.
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors *"
)


@kept(*PARAMETERS)
@require_safe
@xframe_options_exempt
def embedded(request):
    """Answer a list to be shown in a frame."""
    response = render(request, "embedding/list.html", {"list": Embedding(request.GET)})
    response["Content-Security-Policy"] = POLICY
    response["X-Robots-Tag"] = "noindex"  # the list in the portal is to be found, not this
    return response


@require_safe
@cache_control(public=True, max_age=A_DAY)
def style(request):
    """Answer the style of a list with the colours of the page around it."""
    context = {"list": Embedding(request.GET)}
    return render(request, "embedding/style.css", context, content_type="text/css; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=A_DAY)
def script(request):  # noqa: ARG001 - a view takes its request
    """Answer the script that puts a list where it stands; its address never changes."""
    return HttpResponse(SCRIPT.read_bytes(), content_type="text/javascript; charset=utf-8")


@kept(*ASKED, *LOOKS, "sprache")
@require_safe
def make(request):
    """Make the code for a list from a form; whoever keeps a page copies it from here."""
    chosen = QueryDict(mutable=True)
    for name in [*ASKED, *LOOKS]:
        values = [value.removeprefix("#") for value in request.GET.getlist(name) if value]
        if values:
            chosen.setlist(name, values)
    made = Embedding(chosen)
    language = request.GET.get("sprache", settings.LANGUAGE_CODE)
    context = {
        "fields": [_field(BY_NAME[name], made, chosen) for name in ("bezirk", "thema")],
        "phases": _field(BY_NAME["phase"], made, chosen),
        "numbers": NUMBERS,
        "languages": of_pages(),
        "language": language,
        "free": "kostenlos" in chosen,
        "list": made,
        "usual": {"link": embedding.LINK, "ground": embedding.GROUND},
        "code": code_of(made, language),
    }
    return render(request, "embedding/make.html", context)


def _field(one, made, chosen):
    """Return a filter as a field of the form."""
    values = chosen.getlist(one.name)
    return {
        "name": one.name,
        "legend": one.legend,
        "choices": [
            (value, label, value in values) for value, label in one.labels(made.catalogue).items()
        ],
    }
