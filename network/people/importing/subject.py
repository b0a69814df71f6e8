"""Tells the import below what a list of people is."""

from django.urls import reverse

from offers.exchange.importing.subjects import Subject, register
from offers.models import ImportRun

from . import answering, committing
from .checking import Checker
from .columns import of_people

WANTED = ["network.add_contact", "network.change_contact", "network.export_contacts"]


def may_import(user):
    """Only the coordinators: such a list holds people."""
    return user.has_perms(WANTED)


def address(number):
    return reverse("admin:network_contact_change", args=[number])


def make_known():
    register(
        Subject(
            kind=ImportRun.Kind.PEOPLE,
            columns=of_people,
            checker=Checker,
            commit=committing.Commit,
            undo=committing.Undo,
            choices=answering.choices,
            answer=answering.answer,
            may_import=may_import,
            address=address,
        )
    )
