"""What a city's folder says about its network: partners, groups and who belongs to them."""

from django.db.models import Q

from kekiz_portal.lib.tables import several
from network.models import Group, Membership, Partner
from offers.exchange.city.facts import one_at_a_time
from offers.exchange.city.loading import KeptOnceEdited, Subject, load_file
from offers.exchange.city.row_forms import RowForm, row_form, slug_of
from offers.models import Institution

NUMBER, ORIGIN, NUMBER_THERE = "Kennung im Portal", "Herkunft", "Kennung dort"


class Partners(KeptOnceEdited):
    """Partners as the list of the office is exported."""

    file = "partners.csv"
    form = row_form(
        Partner,
        ["institution", "since", "labels", "notes"],
        institution=NUMBER,
        since="Partner seit",
        labels="Schlagworte",
        notes="interne Notiz",
    )
    columns = (*form.columns.values(), ORIGIN, NUMBER_THERE)
    key = NUMBER

    def find(self, row):
        return _partner(row)

    def data(self, row):
        labels = several.values(row["Schlagworte"])
        return super().data(row) | {"institution": _institution(row), "labels": labels}


class Groups(Subject):
    file = "networks.csv"
    form = row_form(Group, ["slug", "name", "kind", "description", "is_active"])
    columns = ("slug", "name", "kind", "description", "source_url", "certainty")

    def data(self, row):
        known = self.find(row)
        return super().data(row) | {"is_active": known is None or known.is_active}


class MembershipForm(RowForm):
    group = slug_of(Group)
    columns = {"partner": NUMBER}

    class Meta:
        model = Membership
        fields = ["group", "partner", "role", "since"]


class Memberships(KeptOnceEdited):
    file = "network_members.csv"
    form = MembershipForm
    columns = ("key", "group", NUMBER, ORIGIN, NUMBER_THERE, "role", "since")
    key = "key"

    def find(self, row):
        return Membership.objects.filter(
            group__slug=row["group"], partner=_partner(row), until=None
        ).first()

    def data(self, row):
        return super().data(row) | {"partner": _partner(row)}


SUBJECTS = [Partners, Groups, Memberships]


def load(folder, progress=None):
    """Load the files of the network from a folder; yields the ``FileReport`` of each."""
    with one_at_a_time():
        for subject in SUBJECTS:
            yield load_file(subject(), folder, progress)


def _institution(row):
    """Return the institution of a row, by its number here, else by that where it comes from."""
    told = Q(source=row[ORIGIN], external_id=row[NUMBER_THERE]) if row[NUMBER_THERE] else Q(pk=None)
    found = Institution.objects.filter(Q(uuid=row[NUMBER]) | told)
    return max(found, key=lambda one: str(one.uuid) == row[NUMBER], default=None)


def _partner(row):
    institution = _institution(row)
    return institution and Partner.objects.filter(institution=institution).first()
