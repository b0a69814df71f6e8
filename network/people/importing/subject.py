"""Tells the import below what a list of people is."""

from network.models import Contact
from offers.exchange.importing.subjects import Subject, register
from offers.models import ImportRun

from . import answering, committing
from .checking import Checker
from .columns import of_people

# Only the coordinators: such a list holds people.
RIGHTS = ["network.add_contact", "network.change_contact", "network.export_contacts"]


def make_known():
    work = {"checker": Checker, "commit": committing.Commit, "undo": committing.Undo}
    asking = {"choices": answering.choices, "answer": answering.answer}
    register(Subject(ImportRun.Kind.PEOPLE, Contact, RIGHTS, of_people, **work, **asking))
