"""The roles of the staff: what each may do, as data, and how it gets into the database."""

from dataclasses import dataclass

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission

from offers.models.office.editorship import PROVIDER_EDITORS

ROLE_APPS = ["lifephases", "offers", "network", "kekiz_portal", "auth", "axes"]

VIEW = ("view",)
EDIT = ("view", "add", "change")
EVERYTHING = ("view", "add", "change", "delete")

# Entries that the public or the network knows are archived; really deleting one is rare.
LASTING = {
    "offers.offer",
    "offers.institution",
    "network.partner",
    "network.contact",  # people are ended; their data goes by itself at its stated end
    "network.group",
}
# The words of the search: whoever hears how families ask may add them.
SEARCH_WORDS = dict.fromkeys(
    [
        "offers.searchsynonym",
        "offers.parentssentence",
        "offers.helplineneed",
        "offers.helplineneednumber",
        "offers.helplinesign",
    ],
    EVERYTHING,
)
# What was searched in vain, and what names a protected address, is noted and forgotten by itself.
COUNTED = dict.fromkeys(
    [
        *("offers.searchdemand", "offers.addressleak", "offers.pursuit", "offers.reachcount"),
        "offers.experience",
        "offers.freeplaces",
        "offers.twindecision",
        "offers.unmetneed",
    ],
    VIEW,
)
# What was sent to whom is written by the workers alone.
LEDGER = {
    "network.addresshealth": ("view", "change"),
    "network.bounce": VIEW,
    "network.delivery": VIEW,
    "network.newsletteredition": VIEW,
    "network.call": ("view", "add"),  # noted at the call desk
    "network.consent": VIEW,  # evidence
    "network.consentletter": VIEW,
    "network.datarequest": EDIT,  # what is answered proves that it was
    "network.houseletter": ("view", "add"),  # asked for with an action, written by workers
    "network.houselink": ("view", "change"),  # taken back, never made by hand
    "network.mailrequest": VIEW,
    "network.proposalanswer": (),
    "network.checkedlink": (),
    "network.sendingpace": (),
    "network.sendingrun": (),
    # People sign up themselves; the office corrects and erases when asked.
    "network.subscription": ("view", "change", "delete"),
    "network.suppression": ("view", "add", "delete"),
}
ASKS_HOUSES = "network.add_houseletter"  # of its people an editor learns nothing
WORKFLOW = {"offers.publish_offer", "offers.return_offer", "offers.archive_offer"}


@dataclass(frozen=True)
class Role:
    """Actions on every model of an app, then exceptions for single models, then rights by name."""

    apps: dict
    models: dict
    rights: frozenset = frozenset()


ROLES = {
    "Redaktion": Role(
        apps={"offers": EVERYTHING, "lifephases": EVERYTHING},
        models={
            "offers.editorship": (),
            "kekiz_portal.page": ("view", "change"),
            "kekiz_portal.film": EVERYTHING,
            "kekiz_portal.barrierreport": ("view", "change"),
            "network.call": ("view", "add"),
        }
        | COUNTED,
        rights=frozenset(WORKFLOW | {ASKS_HOUSES}),
    ),
    "Koordination": Role(
        apps={"network": EVERYTHING, "offers": VIEW, "lifephases": VIEW},
        models={
            "network.auditentry": (),
            "offers.editorship": (),
            "offers.addressleak": (),
            "offers.offertranslation": (),  # a desk to work at, nothing to look at
        }
        | SEARCH_WORDS
        | {"offers.duty": EVERYTHING}  # they see on one page whose duty nobody knows
        | LEDGER,
        rights=frozenset(WORKFLOW | {"network.export_contacts", "network.send_newsletter"}),
    ),
    "Administration": Role(
        apps=dict.fromkeys(["offers", "lifephases", "network", "kekiz_portal"], EVERYTHING),
        models={
            "auth.user": EDIT,  # switched off, never deleted
            "auth.group": VIEW,  # what a role may do stands here, not in the admin
            "axes.accessattempt": ("view", "delete"),
            "network.auditentry": VIEW,
        }
        | COUNTED
        | LEDGER,
        rights=frozenset(WORKFLOW | {"network.send_newsletter"}),
    ),
    PROVIDER_EDITORS: Role(
        apps={},
        models={
            "offers.offer": EDIT,
            "offers.offerplace": EVERYTHING,
            "offers.schedule": EVERYTHING,
            "offers.scheduleexception": EVERYTHING,
            "offers.costoption": EVERYTHING,
            "offers.contactpoint": EVERYTHING,
            "offers.location": ("view", "add"),
            "offers.institution": VIEW,
            "offers.district": VIEW,
            "offers.topic": VIEW,
            "offers.offertype": VIEW,
            "offers.targetgroup": VIEW,
            "offers.changeproposal": ("view", "add"),
            "lifephases.lifephase": VIEW,
        },
    ),
    "Übersetzung": Role(apps={}, models={"offers.offertranslation": EDIT}),
}
MAY_DELETE_FOR_GOOD = {"Administration"}


def rights(name):
    """Return the rights of a role as ``app.codename``."""
    role = ROLES[name]
    actions = {}
    for app, everywhere in role.apps.items():
        for model in apps.get_app_config(app).get_models():
            # History is read, never written by hand.
            is_history = model.__name__.startswith("Historical")
            label = model._meta.label_lower  # noqa: SLF001 - public in Django
            actions[label] = set(VIEW if is_history else everywhere)
    actions |= {label: set(chosen) for label, chosen in role.models.items()}
    if name not in MAY_DELETE_FOR_GOOD:
        for label in LASTING & set(actions):
            actions[label].discard("delete")
    granted = {
        f"{label.partition('.')[0]}.{action}_{label.partition('.')[2]}"
        for label, chosen in actions.items()
        for action in chosen
    }
    return granted | role.rights


def apply_roles(**_):
    """Make the groups of all roles with exactly their rights; return nothing, safe to repeat.

    Raises LookupError when a right does not exist: a typing error must not quietly take a right
    away. Runs after every ``migrate``, so production has the roles too.
    """
    for app in ROLE_APPS:
        create_permissions(apps.get_app_config(app), verbosity=0)
    known = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.select_related("content_type")
    }
    for name in ROLES:
        wanted = rights(name)
        if missing := wanted - set(known):
            raise LookupError(f"{name}: no such right: {', '.join(sorted(missing))}")
        group, _created = Group.objects.get_or_create(name=name)
        group.permissions.set([known[right] for right in wanted])
