"""Where hardly anybody gets a place, a family reads so before it sets out: on card and sheet."""

import re

import pytest

from offers.models import Offer

pytestmark = pytest.mark.django_db
SCARCE = {
    "herner-tafel-lebensmittel": ("nimmt zurzeit kaum neue auf", "neredeyse yeni kimse"),
    "seepferdchen-kurs-dlrg": ("mit Warteliste", "bekleme listesiyle"),
}


@pytest.mark.parametrize("slug", SCARCE)
def test_card_and_sheet_say_where_hardly_anybody_gets_a_place(client, herne, slug):
    offer = Offer.objects.get(slug=slug)
    word = re.search("tafel|seepferdchen", slug)[0]
    for language, words in zip(["", "/tr"], SCARCE[slug], strict=True):
        sheet = client.get(f"{language}/merkzettel/?a={offer.pk}").content.decode()
        cards = client.get(f"{language}/angebote/?q={word}").content.decode()

        assert words in re.search(r'<ol class="sheet".*?</ol>', sheet, re.DOTALL)[0]
        card = cards[cards.index(f"/angebote/{slug}/") :]
        assert words in card[: card.index("</article>")]
