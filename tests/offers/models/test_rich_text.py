"""Texts show paragraphs, headings, lists and links; whatever else is typed stays outside."""

import pytest
from django.template import engines
from hypothesis import given
from hypothesis import strategies as st

from kekiz_portal.lib import rich_text
from kekiz_portal.models import Page
from offers.models import Offer
from offers.search.query.understanding import understand
from offers.search.ranking import ranked
from tests.factories.offers import OfferFactory

TYPED = {
    "": "",
    "Komm vorbei.": "<p>Komm vorbei.</p>",
    "Erster Absatz.\r\n\r\nZweiter\nAbsatz.": "<p>Erster Absatz.</p>\n<p>Zweiter<br>Absatz.</p>",
    "Kinder < 3 & Eltern": "<p>Kinder &lt; 3 &amp; Eltern</p>",
    "<p>Ein <b>fettes</b> Wort</p>": "<p>Ein <strong>fettes</strong> Wort</p>",
    "<div>Zeile</div>": "<p>Zeile</p>",
    "Mit <strong>Kind</strong>\n\nund Oma": "<p>Mit <strong>Kind</strong></p>\n<p>und Oma</p>",
    "<h3>Mitbringen</h3><ul><li>Tuch</li></ul>": "<h3>Mitbringen</h3><ul><li>Tuch</li></ul>",
    "<p>Hallo</p><p><br></p><p><ul><li>Tuch</li><li><br></li></ul></p>": (
        "<p>Hallo</p><ul><li>Tuch</li></ul>"
    ),
    '<p><a href="https://herne.de" onclick="x()">Stadt</a></p>': (
        '<p><a href="https://herne.de">Stadt</a></p>'
    ),
}
HARMFUL = [
    "<script>alert(1)</script><p>Hallo</p>",
    '<p><a href="javascript:alert(1)">Hallo</a></p>',
    '<p onclick="alert(1)">Hallo</p>',
    '<p><img src=x onerror="alert(1)">Hallo</p>',
    '<p style="position:fixed">Hallo</p>',
    "<p><svg><p><style><!--</style><img src=x onerror=alert(1)>-->Hallo</p>",
    '<p><a href="data:text/html,alert(1)">Hallo</a></p>',
    "<iframe src='https://example.org'></iframe><p>Hallo</p>",
]


@pytest.mark.parametrize(("typed", "kept"), TYPED.items())
def test_what_is_typed_is_kept_as_paragraphs_headings_lists_and_links(typed, kept):
    assert rich_text.stored(typed) == kept


@pytest.mark.parametrize("text", HARMFUL)
def test_nothing_that_acts_gets_in(text):
    kept = rich_text.stored(text)

    assert "Hallo" in kept or "img" not in kept
    for trace in (
        "script",
        'alert(1)"',
        "onclick",
        'onerror="',
        "style",
        "<img",
        "<iframe",
        "data:",
    ):
        assert trace not in kept


@given(st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"])))
def test_cleaning_twice_changes_nothing(text):
    once = rich_text.stored(text)

    assert rich_text.stored(once) == once


@given(
    st.lists(st.sampled_from(["<p>", "</p>", "<b>", "a", "<li>", "</ul>", "\n\n", "<", "&lt;p>"]))
)
def test_cleaning_broken_markup_twice_changes_nothing(parts):
    once = rich_text.stored("".join(parts))

    assert rich_text.stored(once) == once


@pytest.mark.parametrize("typed", ["Eins.\n\nZwei\nDrei.", "a & b < c", '„Zitat“ "x"'])
def test_who_types_plain_text_finds_plain_text_again(typed):
    assert rich_text.as_typed(rich_text.stored(typed)) == typed


@pytest.mark.parametrize("stored", ["<p>Ein <strong>Wort</strong></p>", "<p>&lt;p&gt;</p>"])
def test_what_is_more_than_paragraphs_is_shown_as_it_is(stored):
    assert rich_text.as_typed(stored) == stored


def test_the_words_of_a_text_stand_alone():
    markup = "<h3>Mitbringen</h3><ul><li>Tuch &amp; Tasse</li><li>Laune</li></ul><p>Bis<br>bald</p>"

    assert rich_text.as_text(markup).split("\n") == [
        "Mitbringen",
        "Tuch & Tasse",
        "Laune",
        "Bis",
        "bald",
    ]


@pytest.mark.django_db
def test_a_description_is_clean_however_it_is_saved():
    offer = OfferFactory(description="<script>x</script><p onclick='x'>Hallo</p>")

    offer.refresh_from_db()
    assert offer.description == "<p>Hallo</p>"
    assert offer.history.first().description == "<p>Hallo</p>"


@pytest.mark.django_db
def test_what_got_past_the_cleaning_is_not_shown(client):
    offer = OfferFactory()
    Offer.objects.filter(pk=offer.pk).update(description="<p>Hallo<img src=x onerror=x()></p>")

    html = client.get(offer.get_absolute_url()).content.decode()

    assert "<p>Hallo</p>" in html
    assert "onerror" not in html


@pytest.mark.django_db
def test_a_page_keeps_its_headings():
    page = Page.objects.create(slug="impressum", title="Impressum", body="<h2>Wer</h2><h1>Was</h1>")

    page.refresh_from_db()
    assert page.body == page.safe_body == "<h2>Wer</h2>Was"


@pytest.mark.django_db
def test_search_finds_the_words_and_not_the_markup():
    OfferFactory(
        description='<h3>Stillen</h3><p>mit <strong>Tuch</strong> <a href="https://x.de">hier</a></p>'
    )

    def finds(word):
        return bool(ranked(understand(word)).ids)

    assert finds("Stillen")
    assert finds("Tuch")
    assert [word for word in ("strong", "h3", "href", "x.de") if finds(word)] == []


@pytest.mark.django_db
def test_the_filter_shows_plain_text_as_paragraphs():
    template = engines["django"].from_string("{% load offer_text %}{{ text|rich_text }}")

    assert template.render({"text": "Eins.\n\nZwei <3."}) == "<p>Eins.</p>\n<p>Zwei &lt;3.</p>"
