from . import feedback, importing, institution, offer, places, proposals, schedule, vocabulary

__all__ = [
    "feedback",
    "importing",
    "institution",
    "offer",
    "places",
    "proposals",
    "schedule",
    "vocabulary",
]
