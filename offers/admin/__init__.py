from . import (
    address_leaks,
    feedback,
    importing,
    institution,
    offer,
    places,
    proposals,
    schedule,
    search_demand,
    search_words,
    vocabulary,
)

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
    "vocabulary",
]
