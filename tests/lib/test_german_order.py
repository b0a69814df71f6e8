"""German lists stand in German order, in Python and by the database alike."""

import pytest
from django.db.models import Value

from kekiz_portal.lib.german_order import GermanOrder, in_german_order, key
from offers.models import Topic

IN_ORDER = """Abenteuer|Arzt|Ärzte|ärztlich|AWO|Äxte|Kita|Kita-Alm|Kita Zoo|Lotse|„Löwe“|Ofen|Öl
    |Straße|Strasse 2|Straßen|Übergang|Unten|Yılmaz|Żak|Zoo"""


def test_awo_stands_after_abenteuer_and_umlauts_beside_their_letters():
    wanted = [word.strip() for word in IN_ORDER.split("|")]

    assert in_german_order(reversed(wanted)) == wanted


@pytest.mark.django_db
def test_the_database_makes_the_same_keys():
    Topic.objects.create(slug="a", name="A")
    texts = [
        *IN_ORDER.split("|"),
        "O'Neill",
        "E\u0301 \u2013 100 % {x}",
        "Größe\u00a0ß",
        "İı",
        "Семья",
    ]
    texts.append("".join(chr(code) for code in range(0x20, 0x250)))
    topics = Topic.objects.order_by()[:1]

    for text in texts:
        assert topics.values_list(GermanOrder(Value(text)), flat=True).get() == key(text)
