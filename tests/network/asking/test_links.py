"""The link of a letter: a wrong one, one that is over, and what is kept of the key."""

import datetime as dt
import logging

import pytest
from django.utils import timezone

from kekiz_portal.lib.limits import Limit
from kekiz_portal.logs import WithoutQuery
from network.models import HouseLink

pytestmark = pytest.mark.django_db


def test_the_key_is_kept_nowhere_and_read_by_no_cache_no_search_engine_and_no_log(
    client, page, key
):
    answer = client.get(page)
    line = logging.makeLogRecord({"msg": f'"POST {page}/aendern/7?getan=stimmt HTTP/1.1" 303'})
    WithoutQuery().filter(line)

    assert key not in str(HouseLink.objects.values())
    assert line.getMessage() == '"POST /partner/…/aendern/7 HTTP/1.1" 303'
    assert answer["Cache-Control"] == "no-store, private"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["X-Robots-Tag"] == "noindex"
    assert not answer.cookies
    assert "Disallow: /partner/\n" in client.get("/robots.txt").content.decode()


def test_the_page_that_shows_a_mistake_is_there_again_after_a_step_back(client, page, entry):
    """No other cache may hold it, but the browser: what nobody kept is an error page there."""
    answer = client.post(f"{page}/aendern/{entry().pk}", {"phone": "0800 abc"})

    assert answer.context["form"].errors
    assert answer["Cache-Control"] == "private, no-cache"
    assert answer["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize(
    "token", ["x", "0" * 43, "a%00b", "%ff", "%F0%9F%8D%B0", "k" * 3000, "%2e"]
)
def test_a_guessed_link_says_whom_to_call(client, token):
    answer = client.get(f"/partner/{token}")

    assert answer.status_code in {400, 404}
    if answer.status_code == 404:
        assert "02323 16-1651" in answer.content.decode()
        assert answer["Cache-Control"] == "no-store, private"


def expire(link):
    link.update(expires_at=timezone.now() - dt.timedelta(seconds=1))


def archive(link):
    institution = link.get().institution
    institution.archived_on = timezone.localdate()
    institution.save()


@pytest.mark.parametrize("end", [expire, lambda link: link.revoke(), archive])
def test_a_link_that_is_over_does_nothing_and_says_whom_to_call(client, page, entry, end):
    offer = entry()
    end(HouseLink.objects.all())

    for answer in (
        client.get(page),
        client.post(page, {"weg": offer.pk}),
        client.get(f"{page}/aendern/{offer.pk}"),
    ):
        assert answer.status_code == 410
        assert "gilt nicht mehr" in answer.content.decode()
        assert "02323 16-1651" in answer.content.decode()
    assert not offer.feedback.exists()


def test_too_many_answers_from_one_connection_have_to_wait(client, page, monkeypatch):
    monkeypatch.setattr("network.asking.views.ANSWERS", Limit("partner", connection=0, network=0))

    answer = client.post(page, {"nachricht": "1", "note": "Hallo"})

    assert answer.status_code == 429
    assert answer["Retry-After"]
