"""The report for the committee: two tagged pages that say what the table says."""

import re
import shutil
import subprocess

import pytest
from django.urls import reverse

from lifephases import ages
from network.models import AuditEntry
from tests.factories.lifephases import LifePhaseFactory
from tests.factories.offers import DistrictFactory, OfferFactory, OfferPlaceFactory, TopicFactory

pytestmark = pytest.mark.django_db


def test_one_click_gives_two_tagged_pages_with_the_figures_of_the_table(coordinator, tmp_path):
    DistrictFactory(slug="wanne", name="Wanne")
    sport = TopicFactory(name="Sport <#strong>", slug="sport")
    LifePhaseFactory(short_name="Grundschule", ages=ages.span(72, 131))
    offer = OfferFactory(topics=[sport], phone="02323 1", schedule_text="montags")
    OfferPlaceFactory(offer=offer, mode="online", location=None)
    OfferFactory(topics=[sport], ages=ages.span(0, 200))

    answer = coordinator.post(f"{reverse('coverage:report')}?bezirk=")

    pdf = b"".join(answer.streaming_content)
    assert answer["Content-Type"] == "application/pdf"
    taken = AuditEntry.objects.get(action=AuditEntry.Action.EXPORT)
    assert taken.details["what"] == "Bericht zur Kette"
    if not shutil.which("pdftotext"):
        return
    path = tmp_path / "report.pdf"
    path.write_bytes(pdf)
    tree = subprocess.run(["pdfinfo", "-struct-text", path], capture_output=True, check=True)
    assert {"H1", "H2", "Figure", "Table", "TH", "L"} <= set(
        re.findall(r"(?m)^ *(\w+)\b", tree.stdout.decode(errors="replace"))
    )
    text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True)
    words = re.sub(r"\s+", " ", text.stdout.decode())
    assert "Seite 2 von 2" in words
    assert "Sport <#strong> 1 von 2" in words
