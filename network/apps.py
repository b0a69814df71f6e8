from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.content_version import NO_ENTRY


class NetworkConfig(AppConfig):
    name = "network"
    verbose_name = _("Netzwerk")
    default_auto_field = "django.db.models.BigAutoField"
    # The archive of newsletters, and the lists one may subscribe to.
    shown_to_readers = dict.fromkeys(
        [
            "MailingList",
            "Newsletter",
            "Newsletter.interests",
            "Newsletter.mailing_lists",
            "Newsletter.saved_lists",
            "NewsletterBlock",
            "NewsletterBlock.left_out",
            "NewsletterEdition",
        ],
        NO_ENTRY,
    )
    not_shown_to_readers = (
        "AddressHealth",
        "Agreement",
        "AuditEntry",
        "Bounce",
        "Call",
        "ChainAssumptions",
        "ChainNeed",
        "ChainNote",
        "CheckedLink",
        "ChildrenCount",
        "Consent",
        "ConsentLetter",
        "Contact",
        "Conversation",
        "DataRequest",
        "Delivery",
        "Group",
        "HouseLetter",
        "HouseLink",
        "MailRequest",
        "Membership",
        "NeedIndicator",
        "Partner",
        "PlaceAlert",
        "ProposalAnswer",
        "SavedList",
        "Segment",
        "SendingPace",
        "Subscription",
        "Suppression",
    )

    def ready(self):
        from . import receivers  # noqa: F401, PLC0415 - connects them
        from .admin import notices  # noqa: F401, PLC0415 - connects them
        from .asking import replies  # noqa: F401, PLC0415 - connects it
        from .coverage.importing import figures  # noqa: PLC0415 - registers lists
        from .newsletters.bounces import checks  # noqa: F401, PLC0415 - registers them
        from .newsletters.composing import record  # noqa: F401, PLC0415 - registers the parts
        from .people.importing import subject  # noqa: PLC0415 - registers lists of people
        from .place_alerts import telling  # noqa: F401, PLC0415 - connects it

        subject.make_known()
        figures.make_known()
