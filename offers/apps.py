from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.content_version import ANY_ENTRY, NO_ENTRY, ONLY_FOUND

_OF_AN_OFFER = "SELECT offer_id FROM %I AS changed"
_AT_A_PLACE = "SELECT offer_id FROM %I AS changed JOIN offers_offerplace place ON place."


class OffersConfig(AppConfig):
    name = "offers"
    verbose_name = _("Angebote")
    default_auto_field = "django.db.models.BigAutoField"
    # Each with the offers that change with its rows.
    shown_to_readers = {
        "AccessibilityFact": f"{_AT_A_PLACE}location_id = changed.location_id",
        "ClosingDay": NO_ENTRY,  # dates follow from it
        "ContactPoint": _OF_AN_OFFER,
        "CostOption": _OF_AN_OFFER,
        "District": ANY_ENTRY,
        "Duty": NO_ENTRY,
        "FreePlaces": _OF_AN_OFFER,
        "Helpline": NO_ENTRY,
        "HelplineNeed": NO_ENTRY,
        "HelplineNeedNumber": NO_ENTRY,
        "HelplineSign": NO_ENTRY,
        "Institution": (
            "SELECT unnest(ARRAY[0, offer.id]) FROM %I AS changed"
            " LEFT JOIN offers_offer offer ON provider_id = changed.id"
        ),
        "Institution.locations": NO_ENTRY,
        "InstitutionKind": ANY_ENTRY,
        "Location": f"{_AT_A_PLACE}location_id = changed.id",
        "MilestoneContact": NO_ENTRY,
        "Occurrence": _OF_AN_OFFER,
        "Offer": "SELECT id FROM %I AS changed",
        "Offer.extra_phases": _OF_AN_OFFER,
        "Offer.target_groups": _OF_AN_OFFER,
        "Offer.topics": _OF_AN_OFFER,
        "OfferPlace": _OF_AN_OFFER,
        "OfferTranslation": _OF_AN_OFFER,
        "OfferType": NO_ENTRY,
        "ParentsSentence": NO_ENTRY,
        "Pursuit": _OF_AN_OFFER,  # it may say to hide the offer
        "ReachCount": NO_ENTRY,
        "Schedule": f"{_AT_A_PLACE}id = changed.place_id",
        "ScheduleException": NO_ENTRY,  # dates follow from it
        "SchoolHoliday": NO_ENTRY,  # dates follow from it
        "SearchPosting": ONLY_FOUND,
        "SearchSynonym": NO_ENTRY,
        "Source": "SELECT coalesce(offer_id, 0) FROM %I AS changed",  # else of an institution
        "TargetGroup": ANY_ENTRY,
        "Topic": ANY_ENTRY,
    }
    not_shown_to_readers = (
        "AddressLeak",
        "ChangeProposal",
        "Editorship",
        "Experience",
        "Feedback",
        "ImportMapping",
        "ImportRow",
        "ImportRun",
        "KeptUpload",
        "LinkCheck",
        "LoadedRow",
        "Looks",
        "SearchChange",  # what searches find of it has an edition (offers/search/query/memory.py)
        "SearchDemand",
        "SearchWord",
        "SentenceVector",
        "TwinDecision",  # making one of two archives the other
        "UnmetNeed",
    )

    def ready(self):
        from kekiz_portal.lib.history import beginnings  # noqa: F401, PLC0415, connects the receivers

        from . import receivers  # noqa: F401, PLC0415, connects the receivers
        from .search.index import receivers as of_search  # noqa: F401, PLC0415, as above
