"""Load a city's network from its folder; run again, it changes nothing."""

from network.people import facts
from offers.management.commands.load_facts import Command as LoadFacts


class Command(LoadFacts):
    help = (
        "Loads partner institutions, groups and memberships from a city's folder, after load_facts."
    )
    load = staticmethod(facts.load)
