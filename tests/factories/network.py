import factory

from network.models import Contact, Partner
from tests.factories.offers import InstitutionFactory


class PartnerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Partner

    institution = factory.SubFactory(InstitutionFactory)


class ContactFactory(factory.django.DjangoModelFactory):
    """A person only the office may see."""

    class Meta:
        model = Contact

    partner = factory.SubFactory(PartnerFactory)
    name = factory.Sequence("Person {}".format)
    phone = "02323 0000"
