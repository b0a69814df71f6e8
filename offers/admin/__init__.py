from . import (
    address_leaks,
    feedback,
    institution,
    places,
    proposals,
    schedule,
    search_demand,
    search_words,
    terms,
)
from .importing import import_run as importing
from .offer import offer, within_reach

__all__ = [
    "address_leaks",
    "feedback",
    "importing",
    "institution",
    "offer",
    "places",
    "proposals",
    "schedule",
    "search_demand",
    "search_words",
    "terms",
    "within_reach",
]
