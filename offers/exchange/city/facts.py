"""All files of a city in the order in which they build on each other."""

from contextlib import contextmanager

from django.db import connection

from offers.exchange.importing.mapping import INSTITUTIONS, OFFERS

from .days_off import ClosingDays, SchoolHolidays
from .districts import Districts
from .duties import Duties, MilestoneContacts
from .helplines import HelplineNeeds, Helplines
from .life_phases import LifePhases, Milestones
from .loading import load_file
from .offer_texts import OfferTexts
from .search_words import FILES as WORD_FILES
from .search_words import load_words
from .terms import InstitutionKinds, TargetGroups, Topics
from .whole_lists import WholeList

FIRST = [
    LifePhases,
    Topics,
    TargetGroups,
    InstitutionKinds,
    Districts,
    SchoolHolidays,
    ClosingDays,
]
THEN = [
    Helplines,
    HelplineNeeds,
    Milestones,
    MilestoneContacts,
    Duties,
    OfferTexts,
]
WHOLE_LISTS = [INSTITUTIONS, OFFERS]
LOCK = 0x6B656B697A  # "kekiz": one load at a time


def load(folder, progress=None):
    """Load every file of a folder; yields the ``FileReport`` of each as it is done."""
    with one_at_a_time():
        for subject in FIRST:
            yield load_file(subject(), folder, progress)
        for kind in WHOLE_LISTS:
            yield WholeList(kind).load(folder, progress)
        for subject in THEN:
            yield load_file(subject(), folder, progress)
        for words in WORD_FILES:
            yield load_words(words, folder, progress)


@contextmanager
def one_at_a_time():
    """Keep a second load waiting until this one is done."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
