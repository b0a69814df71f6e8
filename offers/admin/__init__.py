from . import (
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
