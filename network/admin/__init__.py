"""The office's pages of the network, one module a purpose."""

from . import audit, contact, group, partner, saved_list, start

__all__ = ["audit", "contact", "group", "partner", "saved_list", "start"]
