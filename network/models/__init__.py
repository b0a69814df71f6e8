from .agreement import Agreement
from .audit import AuditEntry
from .contact import Contact
from .conversation import Conversation
from .group import Group
from .membership import Membership
from .partner import Partner
from .saved_list import SavedList

__all__ = [
    "Agreement",
    "AuditEntry",
    "Contact",
    "Conversation",
    "Group",
    "Membership",
    "Partner",
    "SavedList",
]
