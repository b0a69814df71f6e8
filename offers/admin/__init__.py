from . import institution, offer, places, vocabulary

__all__ = ["institution", "offer", "places", "vocabulary"]
