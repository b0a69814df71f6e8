"""Distress is answered with whom to call, in any language; an ordinary question is not."""

import pytest

from offers.models import Offer
from offers.search.query.understanding import understand
from offers.search.ranking import ranked
from tests.offers.search.finding import found

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
        ("baby hat tabletten geschluckt", "notruf-112"),
        ("ребенок выпил моющее средство", "notruf-112"),
        ("child drank bleach", "notruf-112"),
        ("mein kind atmet nicht", "notruf-112"),
        ("mein man schlegt mich", "polizei-110"),
        ("муж ударил меня", "polizei-110"),
        ("dziecko połknęło baterię", "notruf-112"),
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
    "words",
    [
        "mein sohn liegt bewusstlos im bad",
        "mama liegt auf dem boden und wacht nicht auf",
        "hab mein baby geschüttelt",
        "die babysitterin hat den kleinen geschüttelt",
        "kind hat in die steckdose gefasst",
        "baby hat nasentropfen getrunken",
        "annem yerde yatıyor uyanmıyor",
        "ماما وقعت وما عم تفيق",
        "дитина подавилась і синіє",
        "мама упала и не встает",
        "mama upadła i się nie rusza",
        "copilul s-a inecat cu mancare si e vanat",
        "бебето падна от леглото",
        "mum fell down and wont wake up",
        "dayê ket û ranabe",
        "نوزادم را تکان دادم",
        "mein freund hat mich geschlagen und ich blute stark",
    ],
)
def test_whoever_may_die_in_the_next_minutes_gets_112_first(herne, words):
    understanding = understand(words)

    assert understanding.is_crisis
    assert understanding.helplines[0] == "notruf-112"


@pytest.mark.parametrize(
    "words",
    [
        "wehen",
        "vorzeitige wehen",
        "wehen 30 woche",
        "blutung schwanger",
        "schwanger und blute",
        "20 ssw blutung",
        "fruchtblase geplatzt",
        "schwanger starke bauchschmerzen",
        "hamilelikte kanama",
        "doğum sancısı",
        "suyum geldi",
        "آلام المخاض",
        "أنا حامل وأنزف",
        "نزل ماء الجنين",
        "перейми",
        "кров вагітна",
        "відійшли води",
        "схватки",
        "кровь при беременности",
        "отошли воды",
        "skurcze",
        "krwawienie w ciąży",
        "odeszły wody",
        "contracții",
        "sângerare în sarcină",
        "mi s-a rupt apa",
        "контракции",
        "кървене при бременност",
        "изтекоха водите",
        "contractions",
        "i am pregnant and bleeding",
        "my waters broke",
        "êşa zayînê",
        "xwîn di ducaniyê de",
        "ava pitikê rijiya",
        "درد زایمان",
        "باردارم و خونریزی دارم",
        "کیسه آب پاره شد",
    ],
)
def test_labour_and_bleeding_in_pregnancy_bring_112_and_the_delivery_room(herne, words):
    understanding = understand(words)

    titles = found(words)[:5]
    assert understanding.helplines[:2] == ("notruf-112", "aerztlicher-bereitschaftsdienst")
    assert {"Hebammengeleiteter Kreißsaal", "Geburtsvorbereitungskurs"} <= set(titles)
    assert "Schwangerschaftskonfliktberatung" not in titles


@pytest.mark.parametrize("words", ["übungswehen", "nasenbluten schwanger", "bauch tut weh"])
def test_what_only_sounds_like_labour_is_no_emergency(herne, words):
    assert not understand(words).is_crisis


@pytest.mark.parametrize(
    "words",
    [
        "ich will nicht mehr da sein",
        "wäre besser wenn es mich nicht gäbe",
        "ich will zu oma in den himmel",
        "hab mich von allen verabschiedet",
        "bensiz daha iyi olur",
        "أهلي أحسن بدوني",
        "хочу заснути і не прокинутись",
        "скоро меня не станет",
        "wszystkim będzie lepiej beze mnie",
        "ar fi mai bine fara mine",
        "искам да заспя и да не се събудя",
        "i wish i was never born",
        "ez her roj li mirinê difikirim",
        "اگه نباشم همه راحت میشن",
    ],
)
def test_whoever_does_not_want_to_live_says_so_sideways_and_finds_somebody_to_talk_to(herne, words):
    understanding = understand(words)

    assert understanding.is_crisis
    assert understanding.helplines[0] in {"soforthilfe-herne", "nummer-gegen-kummer-kinder"}
    assert "telefonseelsorge" in understanding.helplines


@pytest.mark.parametrize(
    "words",
    [
        "papa schlägt mich",
        "mein stiefvater haut mich",
        "ich bin 12 und werde zuhause geschlagen",
        "annem beni dövüyor",
        "ماما بتضربني",
        "mój ojczym mnie bije",
        "my stepdad hits me",
        "mama hat mich rausgeschmissen",
        "opa fasst mich an",
    ],
)
def test_a_child_finds_the_childrens_line_before_others(herne, words):
    assert understand(words).helplines[0] == "nummer-gegen-kummer-kinder"


def test_a_grown_up_who_speaks_of_a_child_is_no_child(herne):
    assert understand("mein mann schlägt meine tochter").helplines[0] == "polizei-110"


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
        "sondermüll putzmittel abgeben",
        "kind will nicht essen gemüse",
        "baby wacht nachts auf und schläft nicht ein",
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


@pytest.mark.parametrize("words", ["ich will sterben", "i want to die"])
def test_below_the_numbers_stands_only_what_helps(herne, words):
    titles = Offer.objects.in_bulk(ranked(understand(words)).ids).values()

    assert "Soforthilfe Herne: Hotline rund um die Uhr" in {one.title for one in titles}
    assert len(titles) <= 3


def test_numbers_for_professionals_are_shown_to_nobody(herne):
    understanding = understand("kindesmisshandlung verdacht")

    assert "medizinische-kinderschutzhotline" not in understanding.helplines
