"""The pages a public body owes its visitors."""

from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.views.decorators.http import require_safe

from .lib.keeping import kept
from .models import Page


@kept()
@require_safe
def page(request, slug):
    return render(request, "pages/page.html", {"page": get_object_or_404(Page, slug=slug)})


app_name = "portal"
urlpatterns = [
    path("impressum/", page, {"slug": Page.Slug.IMPRINT}, name="imprint"),
    path("datenschutz/", page, {"slug": Page.Slug.PRIVACY}, name="privacy"),
    path("barrierefreiheit/", page, {"slug": Page.Slug.ACCESSIBILITY}, name="accessibility"),
]
