"""The office's pages of the network, one module a purpose."""

from . import audit, contact, partner

__all__ = ["audit", "contact", "partner"]
