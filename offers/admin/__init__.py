from . import (
    address_leaks,
    feedback,
    institution,
    places,
    schedule,
    search_demand,
    search_words,
    terms,
)
from .deciding import proposals, twins
from .importing import import_run as importing
from .offer import offer, within_reach
from .translating import desk as translations
