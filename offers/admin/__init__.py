from . import institution, offer, places, schedule, vocabulary

__all__ = ["institution", "offer", "places", "schedule", "vocabulary"]
