"""The list of institutions with what this floor adds to it: asking them about their entries."""

from django.contrib import admin

from offers.admin.institution import InstitutionAdmin
from offers.models import Institution

from .asking import AsksHouses


class InstitutionAdminOfTheNetwork(AsksHouses, InstitutionAdmin):
    """The list of institutions as whoever writes letters to them sees it."""

    houses_path = "pk"
    actions = [*InstitutionAdmin.actions, "ask_houses"]


admin.site.unregister(Institution)
admin.site.register(Institution, InstitutionAdminOfTheNetwork)
