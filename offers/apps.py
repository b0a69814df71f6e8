from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OffersConfig(AppConfig):
    name = "offers"
    verbose_name = _("Angebote")
    default_auto_field = "django.db.models.BigAutoField"
    shown_to_readers = (
        "AccessibilityFact",
        "ClosingDay",
        "ContactPoint",
        "CostOption",
        "District",
        "Helpline",
        "HelplineNeed",
        "HelplineNeedNumber",
        "HelplineSign",
        "Institution",
        "InstitutionKind",
        "Location",
        "Occurrence",
        "Offer",
        "OfferPlace",
        "OfferType",
        "ParentsSentence",
        "Schedule",
        "ScheduleException",
        "SchoolHoliday",
        "SearchChange",
        "SearchPosting",
        "SearchSynonym",
        "SearchWord",
        "SentenceVector",
        "Source",
        "TargetGroup",
        "Topic",
    )
    not_shown_to_readers = (
        "AddressLeak",
        "ChangeProposal",
        "Editorship",
        "Feedback",
        "ImportMapping",
        "ImportRow",
        "ImportRun",
        "KeptUpload",
        "LinkCheck",
        "LoadedRow",
        "SearchDemand",
    )

    def ready(self):
        from kekiz_portal.lib.history import beginnings  # noqa: F401, PLC0415, connects the receivers

        from . import receivers  # noqa: F401, PLC0415, connects the receivers
        from .search.index import receivers as of_search  # noqa: F401, PLC0415, as above
