"""What a city's folder says about its network: partners, groups and who belongs to them."""

from network.models import Group, Membership, Partner
from offers.exchange.city.facts import one_at_a_time
from offers.exchange.city.institutions import SOURCE
from offers.exchange.city.loading import Subject, load_file
from offers.exchange.city.row_forms import ReadyField, RowForm
from offers.models import Institution


class PartnerForm(RowForm):
    labels = ReadyField()
    columns = {"institution": "id"}

    class Meta:
        model = Partner
        fields = ["institution", "labels"]


class Partners(Subject):
    file = "partners.csv"
    columns = ("id", "name", "labels")
    key = "id"

    def find(self, row):
        return _partner(row, "id")

    def save(self, row, instance):
        institution = _institutions(row["id"]).first()
        data = {"institution": institution and institution.pk, "labels": row.parts("labels")}
        return PartnerForm.save_row(row, data, instance)


class GroupForm(RowForm):
    class Meta:
        model = Group
        fields = ["slug", "name", "kind", "description", "is_active"]


class Groups(Subject):
    file = "networks.csv"
    columns = ("slug", "name", "kind", "description", "source_url", "certainty")

    def find(self, row):
        return Group.objects.filter(slug=row["slug"]).first()

    def save(self, row, instance):
        is_active = instance.is_active if instance else True
        return GroupForm.save_row(row, row.values | {"is_active": is_active}, instance)


class MembershipForm(RowForm):
    columns = {"partner": "institution"}

    class Meta:
        model = Membership
        fields = ["group", "partner", "role", "since"]


class Memberships(Subject):
    file = "network_members.csv"
    columns = ("key", "group", "institution", "name", "role", "since", "certainty")
    key = "key"

    def find(self, row):
        return Membership.objects.filter(
            group__slug=row["group"], partner=_partner(row, "institution"), until=None
        ).first()

    def save(self, row, instance):
        partner = _partner(row, "institution")
        group = Group.objects.filter(slug=row["group"]).first()
        data = {
            "group": group and group.pk,
            "partner": partner and partner.pk,
            "role": row["role"],
            "since": row["since"],
        }
        return MembershipForm.save_row(row, data, instance)


SUBJECTS = [Partners, Groups, Memberships]


def load(folder, progress=None):
    """Load the files of the network from a folder; yields the ``FileReport`` of each."""
    with one_at_a_time():
        for subject in SUBJECTS:
            yield load_file(subject(), folder, progress)


def _institutions(external_id):
    return Institution.objects.filter(source=SOURCE, external_id=external_id)


def _partner(row, column):
    return Partner.objects.filter(institution__in=_institutions(row[column])).first()
