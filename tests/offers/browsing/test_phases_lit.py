"""The pictograms of an offer are those of the phases that it is really about."""

import pytest

from lifephases import ages
from lifephases.models import LifePhase
from offers.browsing.phases import AgeBar, light_phases
from tests.factories.lifephases import LifePhaseFactory
from tests.factories.offers import OfferFactory

CHAIN = {
    "schwangerschaft": (-10, 2),
    "baby": (0, 12),
    "kleinkind": (12, 36),
    "kita": (36, 78),
    "grundschule": (70, 132),
    "weiterfuehrende": (120, 204),
    "beruf": (168, 324),
}
LIT = {
    (72, 131): ["grundschule"],  # "6–10 Jahre" lit three
    (60, 131): ["kita", "grundschule"],
    (84, 155): ["grundschule", "weiterfuehrende"],
    (0, 36): ["baby", "kleinkind"],
    (36, 78): ["kita"],
    (-9, 0): ["schwangerschaft"],
    (168, 179): ["weiterfuehrende", "beruf"],
    (71, 71): ["kita", "grundschule"],
    (None, None): list(CHAIN),
}


@pytest.fixture
def chain(db):
    for slug, ends in CHAIN.items():
        LifePhaseFactory(slug=slug, ages=ages.span(*ends))
    LifePhaseFactory(slug="eltern", kind=LifePhase.Kind.CROSS, ages=ages.span(-10, 324))
    return list(LifePhase.objects.all())


@pytest.mark.parametrize(("ends", "lit"), LIT.items())
def test_only_the_phases_an_age_really_covers_are_lit_on_card_and_page(chain, ends, lit):
    offer = OfferFactory.build(ages=ages.span(*ends))

    light_phases([offer], chain)
    on_page = [one.phase.slug for one in AgeBar(offer.ages, chain).segments if one.lit]

    assert [phase.slug for phase in offer.phases_lit] == lit
    assert on_page == lit
