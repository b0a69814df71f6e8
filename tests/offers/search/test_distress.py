"""Distress is answered with whom to call, in any language; an ordinary question is not."""

import pytest

from offers.models import Offer
from offers.search.ranking import ranked
from offers.search.understanding import understand

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("mein mann schlägt mich", "polizei-110"),
        ("eşim beni dövüyor ne yapabilirim", "polizei-110"),
        ("زوجي يضربني", "polizei-110"),
        ("мене б'є чоловік", "polizei-110"),
        ("муж бьет меня", "polizei-110"),
        ("mąż mnie bije", "polizei-110"),
        ("soțul mă bate", "polizei-110"),
        ("мъжът ми ме бие", "polizei-110"),
        ("my husband hits me", "polizei-110"),
        ("mêrê min li min dixe", "polizei-110"),
        ("شوهرم مرا میزند", "polizei-110"),
        ("die nachbarn schlagen ihr kind", "polizei-110"),
        ("ich will nicht mehr leben", "soforthilfe-herne"),
        ("artık yaşamak istemiyorum", "soforthilfe-herne"),
        ("أريد أن أموت", "soforthilfe-herne"),
        ("не хочу жити", "soforthilfe-herne"),
        ("хочу умереть", "soforthilfe-herne"),
        ("nie chcę już żyć", "soforthilfe-herne"),
        ("vreau să mor", "soforthilfe-herne"),
        ("искам да умра", "soforthilfe-herne"),
        ("i want to kill myself", "soforthilfe-herne"),
        ("dixwazim bimirim", "soforthilfe-herne"),
        ("می خواهم بمیرم", "soforthilfe-herne"),
        ("meine tochter ritzt sich die arme", "soforthilfe-herne"),
        ("ich habe angst dass ich meinem baby etwas antue", "soforthilfe-herne"),
        ("kann einfach nicht mehr", "soforthilfe-herne"),
        ("der onkel fasst meine tochter an", "sexueller-missbrauch"),
        ("çocuğum taciz edildi", "sexueller-missbrauch"),
        ("baby hat tabletten geschluckt", "giftnotruf-bonn"),
        ("ребенок выпил моющее средство", "giftnotruf-bonn"),
        ("child drank bleach", "giftnotruf-bonn"),
        ("mein kind atmet nicht", "notruf-112"),
        ("mein man schlegt mich", "polizei-110"),
        ("муж ударил меня", "polizei-110"),
        ("dziecko połknęło baterię", "giftnotruf-bonn"),
        ("ungewollt schwanger und niemand darf es wissen", "schwangere-in-not"),
        ("schwanger und niemand weiß es", "schwangere-in-not"),
        ("ich will mein kind nicht mehr haben", "soforthilfe-herne"),
        ("شوهرم مرا می زند", "polizei-110"),
    ],
)
def test_distress_comes_first(herne, words, first):
    understanding = understand(words)

    assert understanding.is_crisis
    assert understanding.helplines[0] == first


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("ich bin total überfordert mit meinem sohn", "elterntelefon"),
        ("çocuğum söz dinlemiyor", "elterntelefon"),
        ("my child won't listen", "elterntelefon"),
        ("ich werde gemobbt", "nummer-gegen-kummer-kinder"),
        ("kinderarzt am sonntag", "aerztlicher-bereitschaftsdienst"),
        ("ich bin so einsam", "telefonseelsorge"),
    ],
)
def test_a_worry_shows_a_number_without_alarm(herne, words, number):
    understanding = understand(words)

    assert number in understanding.helplines
    assert not understanding.is_crisis


@pytest.mark.parametrize(
    "words",
    [
        "mein kind schlägt andere kinder",
        "mein kind schafft die schule nicht",
        "kein kitaplatz",
        "kind in der kita abgeben",
        "behindertes kind",
        "mein mann möchte elternzeit nehmen",
        "hip hop und rap für jugendliche",
        "kurtka zimowa dla dziecka",
        "dziecko nie chce jeść",
        "familienleben mit zwillingen",
        "Familienleben ohne Stress",
        "leben ohne auto",
        "weiterbildung ohne abschluss",
        "my child is not talking",
        "homeless family",
        "mein kind läuft noch nicht",
        "mein kind will nicht essen",
        "кърмене",
        "schwanger und kein geld",
    ],
)
def test_an_ordinary_question_is_no_crisis(herne, words):
    assert not understand(words).is_crisis


def test_the_titles_of_offers_are_no_cry_for_help(herne):
    titles = Offer.objects.exclude(target_groups__shows_helplines=True).values_list(
        "title", flat=True
    )

    assert [title for title in titles if understand(title).is_crisis] == []


@pytest.mark.parametrize(
    ("words", "offer"),
    [
        ("ich will sterben", "Soforthilfe"),
        ("ölmek istiyorum", "Soforthilfe"),
        ("хочу умереть", "Soforthilfe"),
        ("nachbarskind wird vernachlässigt", "Erziehungs- und Familienberatung"),
        ("onkel fasst kind an", "Beratung für Frauen und Mädchen nach Gewalt"),
        ("mein freund hat mich geschlagen", "Frauenhaus"),
    ],
)
def test_distress_finds_the_offers_that_help_too(herne, words, offer):
    titles = Offer.objects.in_bulk(ranked(understand(words)).ids[:5]).values()

    assert any(offer in one.title for one in titles)


def test_numbers_for_professionals_are_shown_to_nobody(herne):
    understanding = understand("kindesmisshandlung verdacht")

    assert "medizinische-kinderschutzhotline" not in understanding.helplines
