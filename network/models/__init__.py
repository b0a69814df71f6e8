from .contact import Contact
from .partner import Partner

__all__ = ["Contact", "Partner"]
