from .model import Offer

__all__ = ["Offer"]
