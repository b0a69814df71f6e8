"""Load a city's network from its folder; run again, it changes nothing."""

from itertools import chain

from network.coverage import facts as figures
from network.people import facts as people
from offers.management.commands.load_facts import Command as LoadFacts


def load(folder, progress=None):
    return chain(people.load(folder, progress), figures.load(folder, progress))


class Command(LoadFacts):
    help = (
        "Loads partner institutions, groups, memberships, children and need from a city's folder, "
        "after load_facts."
    )
    load = staticmethod(load)
