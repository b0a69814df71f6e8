"""Every night the portal forgets what nobody needs: stray pictures, lists never taken over."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from offers.curation import pictures
from offers.curation.record import take
from offers.models import ChangeProposal, ImportRun, Offer
from offers.tasks import tidy_up
from tests.factories.offers import OfferFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def kept(name):
    return default_storage.save(f"bilder/{name}", ContentFile(b"x"))


def test_only_pictures_that_nobody_shows_go_and_only_after_a_day():
    shown, proposed, stray = kept("a.webp"), kept("b.webp"), kept("c.webp")
    offer = OfferFactory()
    Offer.objects.filter(pk=offer.pk).update(picture=shown, picture_is_decorative=True)
    wanted = take(offer)
    wanted["root"][offer.pk]["picture"] = proposed
    ChangeProposal.objects.create(offer=offer, base=take(offer), wanted=wanted)

    assert pictures.discard_unused() == 0
    assert pictures.discard_unused(now=timezone.now() + timedelta(days=2)) == 1

    assert default_storage.exists(shown)
    assert default_storage.exists(proposed)
    assert not default_storage.exists(stray)


def test_a_list_that_nobody_took_over_for_a_month_is_forgotten():
    old, new, done = (
        ImportRun.objects.create(kind="offers", file_name=name, state=state, done_at=at)
        for name, state, at in [
            ("alt.csv", "checked", None),
            ("neu.csv", "checked", None),
            ("fertig.csv", "done", timezone.now()),
        ]
    )
    long_ago = timezone.now() - timedelta(days=31)
    ImportRun.objects.filter(pk__in=[old.pk, done.pk]).update(created_at=long_ago)

    tidy_up()

    assert set(ImportRun.objects.all()) == {new, done}


def test_nothing_to_tidy_up_is_no_error():
    tidy_up()
