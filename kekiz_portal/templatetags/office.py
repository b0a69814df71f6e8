"""The start page of the office: what there is to keep, in the order in which it is needed."""

from django import template

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
]
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
