from .model import Offer
