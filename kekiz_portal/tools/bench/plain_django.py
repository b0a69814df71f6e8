"""A list page as the tutorial of Django teaches it, over the same rows: what others reach.

And a view that answers "ok", both behind what every new project of Django has before its views.

Its own tiny project: `gunicorn kekiz_portal.tools.bench.plain_django` with `DATABASE_URL`. The page
has a base, a form with three filters, 20 cards, and asks for a count, the rows and the choices.
"""

import environ
from django import forms
from django.conf import settings

settings.configure(
    ALLOWED_HOSTS=["*"],
    DATABASES={"default": environ.Env().db("DATABASE_URL") | {"CONN_MAX_AGE": 600}},
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes"],
    MIDDLEWARE=[  # as `django-admin startproject` writes them
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
    ROOT_URLCONF=__name__,
    SECRET_KEY="only-for-measuring",  # noqa: S106 - keeps nothing secret
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
)

from django.core.wsgi import get_wsgi_application  # noqa: E402 - needs the settings above

application = get_wsgi_application()

from django.core.paginator import Paginator  # noqa: E402
from django.db import models  # noqa: E402
from django.http import HttpResponse  # noqa: E402
from django.template import engines  # noqa: E402
from django.urls import path  # noqa: E402


class Row(models.Model):  # noqa: DJ008 - nobody reads it as text
    slug, title, teaser = models.SlugField(), models.TextField(), models.TextField()
    cost_kind, status = models.TextField(), models.TextField()
    offer_type_id = models.IntegerField()

    class Meta:
        app_label, managed, db_table = "plain", False, "offers_offer"


class Filters(forms.Form):
    q = forms.CharField(required=False)
    kind = forms.TypedChoiceField(required=False, coerce=int)
    cost = forms.ChoiceField(required=False)

    def __init__(self, *args):
        super().__init__(*args)
        kinds = Row.objects.values_list("offer_type_id", flat=True).distinct()
        self.fields["kind"].choices = [("", "alle"), *((kind, kind) for kind in kinds)]
        self.fields["cost"].choices = [("", "alle"), ("free", "kostenlos"), ("paid", "mit Preis")]


PAGE = engines["django"].from_string("""<!doctype html><html lang="de"><head>
<title>Angebote</title><link rel="stylesheet" href="/main.css"></head><body><header><nav><ul>
<li><a href="/">Start</a></li><li><a href="/angebote/">Angebote</a></li></ul></nav></header><main>
<h1>Angebote</h1><form>{{ form }}<button>Filtern</button></form>
<p>{{ page.paginator.count }} Angebote</p><ul>{% for row in page %}<li><article>
<h3><a href="/angebote/{{ row.slug }}/">{{ row.title }}</a></h3>
<p>{{ row.teaser|truncatewords:30 }}</p><p>{{ row.cost_kind }}</p></article></li>{% endfor %}</ul>
<p>Seite {{ page.number }} von {{ page.paginator.num_pages }}</p></main></body></html>""")


def list_page(request):
    form, rows = Filters(request.GET), Row.objects.filter(status="published").order_by("title")
    if form.is_valid() and form.cleaned_data["q"]:
        rows = rows.filter(title__icontains=form.cleaned_data["q"])
    page = Paginator(rows, 20).get_page(request.GET.get("page"))
    return HttpResponse(PAGE.render({"form": form, "page": page}, request))


urlpatterns = [path("ok", lambda _request: HttpResponse("ok")), path("angebote/", list_page)]
