"""How hard a text is: counted by hand here, so that the two indices can be trusted."""

import pytest

from offers.quality import readability

SYLLABLES = {
    "Baby": 2, "Kind": 1, "Eltern": 2, "Beratung": 3, "Krabbelgruppe": 4, "Schwangerschaft": 3,
    "Familie": 4, "Familien": 4, "Familienzentrum": 6, "Ferien": 3, "Ferienprogramm": 5,
    "Linie": 3, "Studien": 3, "Medien": 3, "Therapie": 3, "Therapien": 4, "Information": 5,
    "Materialien": 6, "Italien": 4, "Dienstag": 2, "verdient": 2, "spielen": 2, "Knie": 1,
    "freie": 2, "Eier": 2, "neue": 2, "Bauernhof": 3, "Bäume": 2, "Museum": 3, "Zoo": 1,
    "Kooperation": 6, "Café": 2, "Qualität": 3, "aktuell": 3, "Jugendliche": 4, "Mai": 1,
    "Geburtsvorbereitung": 6, "Hebamme": 3, "10": 1, "Pst": 1,
}  # fmt: skip


@pytest.mark.parametrize(("word", "count"), SYLLABLES.items())
def test_syllables_are_counted_as_they_are_spoken(word, count):
    assert readability.syllables(word) == count


def test_both_indices_are_what_their_formulas_give_by_hand():
    # 2 sentences, 10 words, 2 of them longer than six letters, 17 syllables
    text = "Wir singen und spielen mit Babys. Die Krabbelgruppe kostet nichts."

    found = readability.read(text)

    assert (found.sentences, found.words) == (2, 10)
    assert found.lix == pytest.approx(5 + 100 * 2 / 10)
    assert found.flesch == pytest.approx(180 - 5 - 58.5 * 17 / 10)


def test_office_german_misses_the_targets_and_plain_german_meets_them():
    office = (
        "Die Inanspruchnahme der Unterstützungsleistungen setzt eine vorherige Terminvereinbarung "
        "voraus. Leistungsberechtigte Erziehungsberechtigte reichen entsprechende "
        "Einkommensnachweise gemeinsam mit dem Antragsformular fristgerecht bei der zuständigen "
        "Sachbearbeitung ein."
    )
    plain = (
        "Rufen Sie uns vorher an. Wir machen einen Termin aus. Bringen Sie bitte den Antrag mit. "
        "Wir sehen ihn dann mit Ihnen durch und sagen Ihnen, was noch fehlt."
    )

    assert readability.read(office).is_hard
    assert not readability.read(plain).is_hard


def test_a_few_words_are_never_called_hard():
    assert not readability.read("Schwangerschaftskonfliktberatungsstelle").is_hard


@pytest.mark.parametrize(
    "text",
    [
        "Am 20. September um ca. 9 Uhr ist z. B. ein Fest bei Fr. Müller.",
        "Nr. 3 in der Bebelstr. 5, ggf. auch Do. vormittags",
    ],
)
def test_a_date_or_an_abbreviation_ends_no_sentence(text):
    assert readability.sentences_of(text) == [text]


def test_each_paragraph_and_list_item_of_a_rich_text_is_a_sentence_of_its_own():
    text = "<p>Wir kochen &amp; essen. Kommen Sie?</p><ul><li>Mo</li><li><b>Di</b> und Do</li></ul>"

    assert readability.sentences_of(text) == [
        "Wir kochen & essen.",
        "Kommen Sie?",
        "Mo",
        "Di und Do",
    ]


def test_a_sentence_of_more_than_25_words_is_named_as_written():
    long = " ".join(["Kinder"] * 26) + "."

    assert readability.read(f"Kurz. {long} Kurz.").long_sentences == [long]
    assert readability.read("Wir gehen. " * 30).long_sentences == []


@pytest.mark.parametrize("text", ["", "   ", "<p></p>", "!!! ... –", "\x00", "<", "a<b"])
def test_whatever_is_typed_can_be_read(text):
    found = readability.read(text)

    assert found is None or found.words > 0
