"""Tells the import below what lists of figures are."""

from functools import partial

from django.urls import reverse

from offers.exchange.importing.subjects import Subject, register

from .figures import FIGURES, Checker, Commit, Undo


def may_import(model, user):
    """Who keeps such figures by hand may bring a list of them."""
    name = model._meta.model_name  # noqa: SLF001, Django's own public API
    return user.has_perms([f"network.add_{name}", f"network.change_{name}"])


def address(model, number):
    name = model._meta.model_name  # noqa: SLF001, Django's own public API
    return reverse(f"admin:network_{name}_change", args=[number])


def choices(_row):
    """A row of figures never asks what it is about."""
    return []


def answer(_row, _said):
    """Nothing was asked."""


def make_known():
    for kind, figures in FIGURES.items():
        register(
            Subject(
                kind=kind,
                columns=figures.columns,
                checker=Checker,
                commit=Commit,
                undo=Undo,
                choices=choices,
                answer=answer,
                may_import=partial(may_import, figures.model),
                address=partial(address, figures.model),
            )
        )
