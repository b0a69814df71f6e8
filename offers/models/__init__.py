from .cost_option import CostOption
from .district import District
from .helpline import Helpline
from .institution import Institution
from .loaded_row import LoadedRow
from .location import AccessibilityFact, Location
from .offer import Offer
from .place import OfferPlace
from .schedule import Occurrence, Schedule, ScheduleException, SchoolHoliday
from .vocabulary import InstitutionKind, OfferType, TargetGroup, Topic

__all__ = [
    "AccessibilityFact",
    "CostOption",
    "District",
    "Helpline",
    "Institution",
    "InstitutionKind",
    "LoadedRow",
    "Location",
    "Occurrence",
    "Offer",
    "OfferPlace",
    "OfferType",
    "Schedule",
    "ScheduleException",
    "SchoolHoliday",
    "TargetGroup",
    "Topic",
]
