"""Whatever is changed, the very next search knows it; what is taken back, it never knew."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from offers.models import Offer, OfferPlace, SearchPosting, SearchSynonym, SearchWord
from offers.search.index.indexing import in_bulk
from tests.factories.offers import (
    DistrictFactory,
    InstitutionFactory,
    InstitutionKindFactory,
    LocationFactory,
    OfferFactory,
    OfferPlaceFactory,
    OfferTypeFactory,
    ProtectedLocationFactory,
    TargetGroupFactory,
    TopicFactory,
)
from tests.offers.exchange.imports import check, commit, outcomes, problems, undo, upload
from tests.offers.search.finding import found

pytestmark = pytest.mark.django_db
DRAFT = [Offer.Status.DRAFT]


def literally(word):
    return found(word, literal=True)


def test_a_new_title_is_found_and_the_old_one_no_longer():
    offer = OfferFactory(title="Krabbelgruppe")

    offer.title = "Stillcafé"
    offer.save()

    assert literally("Stillcafé") == ["Stillcafé"]
    assert literally("Krabbelgruppe") == []


@pytest.mark.parametrize(
    "field", ["alternate_name", "search_terms", "teaser", "eligibility_text", "provider_name"]
)
def test_every_text_of_an_offer_is_found(field):
    OfferFactory(title="Treff", **{field: "Sonnenblume"})

    assert literally("sonnenblume") == ["Treff"]


def test_a_description_is_found_in_the_language_it_is_written_in():
    OfferFactory(title="Treff", description='<p>Wir spielen.</p><p lang="tr">Çocuklar oynuyor.</p>')

    assert literally("spielen") == ["Treff"]
    assert literally("çocuklar") == ["Treff"]
    assert SearchWord.objects.get(folded="cocuklar").language == "tr"


def test_topics_given_taken_and_renamed_are_followed():
    topic = TopicFactory(name="Zahngesundheit")
    OfferFactory(title="Sprechstunde", topics=[topic])
    offer = OfferFactory(title="Vortrag")

    offer.topics.add(topic)
    assert set(literally("Zahngesundheit")) == {"Sprechstunde", "Vortrag"}
    offer.topics.clear()
    assert literally("Zahngesundheit") == ["Sprechstunde"]
    topic.name = "Mundhygiene"
    topic.save()
    assert literally("Mundhygiene") == ["Sprechstunde"]
    assert literally("Zahngesundheit") == []


def test_topics_chosen_from_the_side_of_the_topic_are_followed():
    topic, offer = TopicFactory(name="Zahngesundheit"), OfferFactory(title="Vortrag")

    topic.offers.add(offer)

    assert literally("Zahngesundheit") == ["Vortrag"]


@pytest.mark.parametrize(
    ("factory", "path"),
    [
        (OfferTypeFactory, "offer_type"),
        (InstitutionFactory, "provider"),
        (InstitutionKindFactory, "provider__kind"),
        (InstitutionFactory, "provider__parent"),
    ],
)
def test_a_renamed_type_provider_or_kind_of_house_is_followed(factory, path):
    named = factory(name="Sonnenblume")
    first, *second = path.split("__")
    belonging = InstitutionFactory(**{second[0]: named}) if second else named
    name = {"provider_name": ""} if first == "provider" else {}
    OfferFactory(title="Treff", **{first: belonging}, **name)
    assert literally("Sonnenblume") == ["Treff"]

    named.name = "Gänseblümchen"
    named.save()

    assert literally("Gänseblümchen") == ["Treff"]
    assert literally("Sonnenblume") == []


def test_target_groups_are_followed():
    group, offer = TargetGroupFactory(name="Alleinerziehende"), OfferFactory(title="Treff")

    offer.target_groups.add(group)
    assert literally("Alleinerziehende") == ["Treff"]
    offer.target_groups.remove(group)
    assert literally("Alleinerziehende") == []


def test_places_and_the_parts_of_the_city_they_lie_in_are_followed():
    district = DistrictFactory(name="Constantin")
    location = LocationFactory(name="Alte Schmiede", district=district)
    place = OfferPlaceFactory(location=location, offer=OfferFactory(title="Treff"))
    assert literally("Schmiede") == ["Treff"]

    location.name = "Neue Wache"
    location.save()
    assert (literally("Wache"), literally("Schmiede")) == (["Treff"], [])
    district.name = "Holthausen"
    district.save()
    assert literally("Holthausen") == ["Treff"]
    place.delete()
    assert literally("Wache") == []


def test_a_protected_place_is_never_in_the_index():
    hidden = ProtectedLocationFactory(
        name="Fuchsbau", street="Geheimgasse 7", postal_code="44623", transport_note="Bus Dachsweg"
    )
    place = OfferPlaceFactory(location=hidden, offer=OfferFactory(), note="Klingel Marder")
    open_place = OfferPlaceFactory(location=LocationFactory(name="Dachsburg"))

    open_place.location.visibility = "protected"
    open_place.location.district = None
    open_place.location.save()
    place.save()

    words = set(SearchWord.objects.values_list("folded", flat=True))
    stems = set(SearchPosting.objects.values_list("stem", flat=True))
    assert words & {"fuchsbau", "geheimgasse", "44623", "dachsweg", "marder"} == set()
    assert stems & {"fuchsbau", "geheimgass", "44623", "mard", "dachsburg"} == set()


def test_of_a_place_of_which_only_the_district_may_be_known_nothing_else_is_found():
    district = DistrictFactory(name="Constantin")
    location = LocationFactory(
        name="Fuchsbau", street="Stillgasse 7", visibility="district", district=district
    )
    OfferPlaceFactory(location=location, offer=OfferFactory(title="Treff"))

    assert literally("Constantin") == ["Treff"]
    assert (literally("Fuchsbau"), literally("Stillgasse")) == ([], [])


def test_what_was_taken_back_was_never_there():
    offer = OfferFactory(title="Krabbelgruppe")

    with transaction.atomic():
        offer.title = "Stillcafé"
        offer.save()
        OfferFactory(title="Babymassage")
        assert literally("Stillcafé") == ["Stillcafé"]
        transaction.set_rollback(True)

    assert literally("Krabbelgruppe") == ["Krabbelgruppe"]
    assert (literally("Stillcafé"), literally("Babymassage")) == ([], [])
    assert not SearchWord.objects.filter(folded="babymassage").exists()


def test_an_offer_goes_with_its_postings_and_places():
    offer = OfferPlaceFactory(offer=OfferFactory(title="Krabbelgruppe")).offer

    offer.delete()

    assert literally("Krabbelgruppe") == []
    assert not SearchPosting.objects.exists()


def test_places_deleted_at_once_are_followed():
    OfferPlaceFactory(location=LocationFactory(name="Wache"), offer=OfferFactory(title="Treff"))

    OfferPlace.objects.all().delete()

    assert literally("Wache") == []


def test_a_save_that_changes_no_word_writes_nothing_to_the_index():
    offer = OfferFactory(title="Krabbelgruppe")

    with CaptureQueriesContext(connection) as queries:
        offer.phone = "02323 1"
        offer.save()

    written = [one["sql"] for one in queries if "offers_search" in one["sql"]]
    assert [sql for sql in written if not sql.startswith("SELECT")] == []


def test_in_bulk_everything_is_indexed_at_the_end():
    with in_bulk():
        offers = [OfferFactory(title=f"Krabbelgruppe {name}") for name in ("Nord", "Süd")]
        offers[0].topics.add(TopicFactory(name="Zahngesundheit"))
        assert literally("Krabbelgruppe") == []

    assert literally("Krabbelgruppe") == ["Krabbelgruppe Nord", "Krabbelgruppe Süd"]
    assert literally("Zahngesundheit") == ["Krabbelgruppe Nord"]


def test_in_bulk_that_fails_leaves_nothing_behind():
    with transaction.atomic(), in_bulk():
        OfferFactory(title="Krabbelgruppe")
        transaction.set_rollback(True)

    assert literally("Krabbelgruppe") == []
    assert found("Krabbelgruppe", statuses=Offer.Status.values) == []


def test_a_synonym_is_effective_at_once_and_gone_at_once():
    OfferFactory(title="Hebammenvermittlung")
    assert found("Storchentante") == []

    synonym = SearchSynonym.objects.create(term="Hebamme", phrase="Storchentante")
    assert found("Storchentante") == ["Hebammenvermittlung"]
    synonym.delete()
    assert found("Storchentante") == []


def test_words_that_are_very_long_or_no_words_harm_nothing():
    OfferFactory(
        title="x" * 100, description="<p>" + "Wort" * 5000 + " 👶🏽 \u200f & | ! <-> :*</p>"
    )

    assert literally("x" * 100) == ["x" * 100]


def test_an_import_is_found_when_it_is_taken_over_and_gone_when_it_is_taken_back():
    terms = f"{OfferTypeFactory(name='Kurs').name};{TopicFactory(name='Bewegung').name}"
    data = f"Titel;Angebotsart;Themen;Träger\nZirkuswoche;{terms};Hüpfverein"
    run = commit(check(upload(data)))
    assert found("Zirkuswoche", statuses=DRAFT) == ["Zirkuswoche"]
    assert found("Hüpfverein", statuses=DRAFT) == ["Zirkuswoche"]

    undo(run)
    assert found("Zirkuswoche", statuses=DRAFT) == []


def test_an_institution_renamed_by_an_import_is_followed():
    house = InstitutionFactory(name="Sonnenhaus", source="Liste", external_id="7")
    OfferFactory(title="Treff", provider=house, provider_name="")

    data = f"ID;Herkunft;Name;Art\n7;Liste;Sternenhaus;{house.kind}"
    run = commit(check(upload(data, kind="institutions")))
    assert (outcomes(run), problems(run)) == (["changed"], {})

    assert (literally("Sternenhaus"), literally("Sonnenhaus")) == (["Treff"], [])
