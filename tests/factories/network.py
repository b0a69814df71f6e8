import factory
from django.utils import timezone

from network.models import Agreement, Contact, Conversation, Group, Membership, Partner
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

    class Params:
        wants_mail = factory.Trait(
            mail_consent_given_on=factory.LazyFunction(timezone.localdate),
            mail_consent_text="Ich möchte E-Mails bekommen.",
            mail_consent_way="written",
        )


class GroupFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Group

    name = factory.Sequence("Netzwerk {}".format)
    slug = factory.Sequence("netzwerk-{}".format)


class MembershipFactory(factory.django.DjangoModelFactory):
    """A seat of the whole house; nobody is named."""

    class Meta:
        model = Membership

    group = factory.SubFactory(GroupFactory)
    partner = factory.SubFactory(PartnerFactory)


class AgreementFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Agreement

    partner = factory.SubFactory(PartnerFactory)
    title = "Kooperationsvereinbarung"


class ConversationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Conversation

    partner = factory.SubFactory(PartnerFactory)
    summary = "Termin vereinbart"
