"""Pictures of offers, kept by browsers for good: a changed picture has another name."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

A_YEAR = 365 * 24 * 60 * 60


@require_safe
@cache_control(public=True, max_age=A_YEAR, immutable=True)
def picture(request, name):  # noqa: ARG001 - a view takes its request
    try:
        file = default_storage.open(f"bilder/{name}.webp")
    except FileNotFoundError as error:
        raise Http404 from error
    return FileResponse(file, content_type="image/webp")
