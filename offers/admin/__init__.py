from . import feedback, institution, offer, places, proposals, schedule, vocabulary

__all__ = [
    "feedback",
    "institution",
    "offer",
    "places",
    "proposals",
    "schedule",
    "vocabulary",
]
