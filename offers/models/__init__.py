from .closing_day import ClosingDay
from .contact_point import ContactPoint
from .cost_option import CostOption
from .district import District
from .duty import Duty
from .institution import Institution
from .location import AccessibilityFact, Location
from .milestone_contact import MilestoneContact
from .occurrence import Occurrence
from .offer import Offer
from .office.address_leak import AddressLeak
from .office.change_proposal import ChangeProposal
from .office.editorship import Editorship
from .office.experience import Experience
from .office.feedback import Feedback
from .office.free_places import FreePlaces
from .office.import_run import ImportMapping, ImportRow, ImportRun
from .office.kept_upload import KeptUpload
from .office.link_check import LinkCheck
from .office.loaded_row import LoadedRow
from .office.looks import Looks
from .office.pursuit import Pursuit
from .office.reach_count import ReachCount
from .office.twin_decision import TwinDecision
from .parents_sentence import ParentsSentence
from .place import OfferPlace
from .schedule import Schedule, ScheduleException, SchoolHoliday
from .search.helpline import Helpline
from .search.helpline_need import HelplineNeed, HelplineNeedNumber, HelplineSign
from .search.search_demand import SearchDemand
from .search.search_index import SearchChange, SearchPosting, SearchWord, SentenceVector
from .search.search_synonym import SearchSynonym
from .search.unmet_need import UnmetNeed
from .source import Source
from .translation import OfferTranslation
from .vocabulary import InstitutionKind, OfferType, TargetGroup, Topic
