from .agreement import Agreement
from .audit import AuditEntry
from .bounce import AddressHealth, Bounce
from .contact import Contact
from .conversation import Conversation
from .delivery import Delivery
from .group import Group
from .membership import Membership
from .newsletter import Newsletter, NewsletterEdition
from .partner import Partner
from .saved_list import SavedList
from .sending_pace import SendingPace
from .sending_run import SendingRun

__all__ = [
    "AddressHealth",
    "Agreement",
    "AuditEntry",
    "Bounce",
    "Contact",
    "Conversation",
    "Delivery",
    "Group",
    "Membership",
    "Newsletter",
    "NewsletterEdition",
    "Partner",
    "SavedList",
    "SendingPace",
    "SendingRun",
]
