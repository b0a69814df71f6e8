from .agreement import Agreement
from .audit import AuditEntry
from .bounce import AddressHealth, Bounce
from .checked_link import CheckedLink
from .consent import Consent
from .consent_letter import ConsentLetter
from .contact import Contact
from .conversation import Conversation
from .data_request import DataRequest
from .delivery import Delivery
from .group import Group
from .mail_request import MailRequest
from .mailing_list import MailingList
from .membership import Membership
from .newsletter import Newsletter, NewsletterEdition
from .newsletter_block import NewsletterBlock
from .partner import Partner
from .saved_list import SavedList
from .segment import Segment
from .sending_pace import SendingPace
from .sending_run import SendingRun
from .subscription import Subscription
from .suppression import Suppression

__all__ = [
    "AddressHealth",
    "Agreement",
    "AuditEntry",
    "Bounce",
    "CheckedLink",
    "Consent",
    "ConsentLetter",
    "Contact",
    "Conversation",
    "DataRequest",
    "Delivery",
    "Group",
    "MailRequest",
    "MailingList",
    "Membership",
    "Newsletter",
    "NewsletterBlock",
    "NewsletterEdition",
    "Partner",
    "SavedList",
    "Segment",
    "SendingPace",
    "SendingRun",
    "Subscription",
    "Suppression",
]
