from .audit import AuditEntry
from .contact import Contact
from .partner import Partner

__all__ = ["AuditEntry", "Contact", "Partner"]
