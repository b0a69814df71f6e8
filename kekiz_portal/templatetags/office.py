"""What every office page shows, and on the start page: what there is to keep, in order of need."""

from django import template
from django.utils import timezone

from kekiz_portal import legal
from kekiz_portal.models import BarrierReport, Page
from kekiz_portal.serving import kept_typing

register = template.Library()

OFTEN = [
    "Offer",
    "Institution",
    "Location",
    "Feedback",
    "ChangeProposal",
    "Partner",
    "Contact",
    "Newsletter",
    "OfferTranslation",
]
NOT_ABOUT_PEOPLE = {"offers", "lifephases"}
APPS = ["offers", "network", "lifephases", "kekiz_portal"]


@register.filter
def often_needed(app_list):
    """Return the kinds of entries that are edited every day, from all apps."""
    found = {model["object_name"]: model for app in app_list for model in app["models"]}
    return [found[name] for name in OFTEN if name in found]


@register.filter
def seldom_needed(app_list):
    """Return the apps with their other kinds of entries, the portal's own apps first."""
    rest = [
        app | {"models": [one for one in app["models"] if one["object_name"] not in OFTEN]}
        for app in app_list
    ]
    rank = {label: number for number, label in enumerate(APPS)}
    return sorted(
        (app for app in rest if app["models"]),
        key=lambda app: (rank.get(app["app_label"], len(APPS)), app["name"]),
    )


@register.inclusion_tag("admin/legal.html")
def legal_duties(request):
    """Say what the law asks of the office now: facts that lack, a review, barriers to answer."""
    found = {}
    if request.user.has_perm("kekiz_portal.change_page"):
        texts = [(page, legal.filled(page.safe_body).lacks) for page in Page.objects.all()]
        found |= {
            "lacks": [(page, dict.fromkeys(names)) for page, names in texts if names],
            "review": legal.review_due(),
        }
    if request.user.has_perm("kekiz_portal.change_barrierreport"):
        until = [report.answer_until for report in BarrierReport.objects.open()]
        found |= {"open": len(until), "overdue": sum(day < timezone.localdate() for day in until)}
    return found


@register.simple_tag
def saved_typing(request):
    """Return the tokens of the forms that were saved since the last page."""
    return kept_typing.take_saved(request)


@register.filter
def typing_store(opts):
    """Return where a form of a model keeps what is typed: with personal data, for this tab only."""
    if not opts:
        return "local"
    is_about_people = opts.app_label not in NOT_ABOUT_PEOPLE and opts.model_name != "newsletter"
    return "session" if is_about_people else "local"
