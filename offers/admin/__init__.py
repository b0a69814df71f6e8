from . import institution, offer, places, proposals, schedule, vocabulary

__all__ = ["institution", "offer", "places", "proposals", "schedule", "vocabulary"]
