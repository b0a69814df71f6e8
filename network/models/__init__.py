from .agreement import Agreement
from .audit import AuditEntry
from .call import Call
from .chain import ChainAssumptions, ChainNeed
from .chain_note import ChainNote
from .children_count import ChildrenCount
from .consent_letter import ConsentLetter
from .contact import Contact
from .conversation import Conversation
from .data_request import DataRequest
from .group import Group
from .house_letter import HouseLetter
from .house_link import HouseLink
from .membership import Membership
from .need_indicator import NeedIndicator
from .newsletters.bounce import AddressHealth, Bounce
from .newsletters.checked_link import CheckedLink
from .newsletters.delivery import Delivery, SendingPace
from .newsletters.mail_request import MailRequest
from .newsletters.mailing_list import MailingList
from .newsletters.newsletter import Newsletter, NewsletterEdition
from .newsletters.newsletter_block import NewsletterBlock
from .newsletters.segment import Segment
from .newsletters.subscription import Consent, Subscription, Suppression
from .partner import Partner
from .place_alert import PlaceAlert
from .proposal_answer import ProposalAnswer
from .saved_list import SavedList
