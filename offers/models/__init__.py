from .address_leak import AddressLeak
from .change_proposal import ChangeProposal
from .closing_day import ClosingDay
from .contact_point import ContactPoint
from .cost_option import CostOption
from .district import District
from .editorship import Editorship
from .feedback import Feedback
from .helpline import Helpline
from .helpline_need import HelplineNeed, HelplineNeedNumber, HelplineSign
from .import_run import ImportMapping, ImportRow, ImportRun
from .institution import Institution
from .kept_upload import KeptUpload
from .link_check import LinkCheck
from .loaded_row import LoadedRow
from .location import AccessibilityFact, Location
from .offer import Offer
from .parents_sentence import ParentsSentence
from .place import OfferPlace
from .schedule import Occurrence, Schedule, ScheduleException, SchoolHoliday
from .search_demand import SearchDemand
from .search_index import SearchChange, SearchPosting, SearchWord, SentenceVector
from .search_synonym import SearchSynonym
from .source import Source
from .vocabulary import InstitutionKind, OfferType, TargetGroup, Topic

__all__ = [
    "AccessibilityFact",
    "AddressLeak",
    "ChangeProposal",
    "ClosingDay",
    "ContactPoint",
    "CostOption",
    "District",
    "Editorship",
    "Feedback",
    "Helpline",
    "HelplineNeed",
    "HelplineNeedNumber",
    "HelplineSign",
    "ImportMapping",
    "ImportRow",
    "ImportRun",
    "Institution",
    "InstitutionKind",
    "KeptUpload",
    "LinkCheck",
    "LoadedRow",
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
    "SearchDemand",
    "SearchPosting",
    "SearchSynonym",
    "SearchWord",
    "SentenceVector",
    "Source",
    "TargetGroup",
    "Topic",
]
