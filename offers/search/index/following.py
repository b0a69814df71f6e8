"""What of the search follows from a change: which offers to index, and
whether the vocabulary is another."""

from django.db.models import Q

from lifephases.models import LifePhase
from offers.models import (
    District,
    Helpline,
    HelplineNeed,
    HelplineNeedNumber,
    HelplineSign,
    Institution,
    InstitutionKind,
    Location,
    Offer,
    OfferPlace,
    OfferType,
    ParentsSentence,
    SearchSynonym,
    TargetGroup,
    Topic,
)

from . import freshness, vectors
from .indexing import index

CONCERNED = {
    Offer: lambda keys: Q(pk__in=keys),
    OfferPlace: lambda keys: Q(places__in=keys),
    Location: lambda keys: Q(places__location__in=keys),
    District: lambda keys: Q(places__location__district__in=keys),
    Institution: lambda keys: Q(provider__in=keys) | Q(provider__parent__in=keys),
    InstitutionKind: lambda keys: Q(provider__kind__in=keys),
    Topic: lambda keys: Q(topics__in=keys),
    OfferType: lambda keys: Q(offer_type__in=keys),
    TargetGroup: lambda keys: Q(target_groups__in=keys),
}
IN_THE_VOCABULARY = {District, Institution, Topic, LifePhase, SearchSynonym, ParentsSentence}
IN_THE_VOCABULARY |= {Helpline, HelplineNeed, HelplineNeedNumber, HelplineSign}


def follow(model, keys):
    """Follow a change of some rows of a model, given by their keys; also one without signals."""
    if model in IN_THE_VOCABULARY:
        freshness.touch()
    vectors.follow(model, keys)
    if model in CONCERNED:
        offers = Offer.objects.filter(CONCERNED[model](keys)).order_by()
        index(offers.values_list("pk", flat=True))
