"""The coordinators write, look at and send a newsletter."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import Group, User
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from network.models import Bounce, Contact, Newsletter, NewsletterBlock
from network.newsletters import links
from tests.factories.network import ContactFactory
from tests.html_forms import form_of

pytestmark = pytest.mark.django_db
State = Newsletter.State


@pytest.fixture
def newsletter(newsletter_to):
    return newsletter_to("anna@m.example", "ben@m.example", start=False)


@pytest.fixture
def office(client, signed_in):
    """A coordinator at the computer."""
    user = User.objects.create_user("koordination", email="k@herne.example", is_staff=True)
    user.groups.set([Group.objects.get(name="Koordination")])
    return signed_in(client, user)


def page(newsletter, name="dispatch"):
    return reverse(f"admin:network_newsletter_{name}", args=[newsletter.pk])


def state(newsletter):
    newsletter.refresh_from_db()
    return newsletter.state


def confirmed(office, newsletter, **when):
    """Return what somebody agrees to by pressing yes on the page that asks."""
    asked = office.post(page(newsletter), {"step": "send"} | when)
    return form_of(asked, None) | {"step": "send"}


def send(office, newsletter, **when):
    return office.post(page(newsletter), confirmed(office, newsletter, **when))


def test_new_newsletter_is_written_with_its_blocks(office):
    address = reverse("admin:network_newsletter_add")
    fields = form_of(office.get(address), "newsletter_form")
    fields |= {"title": "Frühling", "slug": "fruehling", "blocks-0-text": "Guten Tag"}

    response = office.post(address, fields)

    assert response.status_code == 302
    block = NewsletterBlock.objects.get()
    assert (block.newsletter.title, block.text) == ("Frühling", "<p>Guten Tag</p>")


def test_page_shows_number_and_list_before_sending(office, newsletter):
    text = office.get(page(newsletter)).content.decode()

    assert "2 Menschen bekommen ihn" in text
    assert "anna@m.example" in text
    assert "Alles in Ordnung" in text


def test_sending_asks_a_second_time(office, newsletter):
    asked = office.post(page(newsletter), {"step": "send"})

    assert state(newsletter) == State.DRAFT
    assert "Ja, an 2 Menschen senden" in asked.content.decode()

    send(office, newsletter)

    assert state(newsletter) == State.SENDING
    assert newsletter.deliveries.count() == 2


def test_only_what_was_confirmed_is_sent_else_it_is_asked_again(office, newsletter):
    agreed = confirmed(office, newsletter)
    changes = [
        lambda: newsletter.blocks.update(text="<p>Guten Abend!</p>"),
        lambda: Newsletter.objects.update(title="Anders"),
        lambda: Contact.objects.filter(email="ben@m.example").update(email="eva@m.example"),
        lambda: ContactFactory(email="new@m.example", wants_mail=True),
    ]
    for change in changes:
        change()
        asked = office.post(page(newsletter), agreed)

        assert state(newsletter) == State.DRAFT
        assert "Inzwischen sind Text oder Empfänger andere" in asked.content.decode()
        agreed = form_of(asked, None) | {"step": "send"}

    assert "an 3 Menschen senden" in asked.content.decode()
    office.post(page(newsletter), agreed)
    assert state(newsletter) == State.SENDING
    assert newsletter.editions.get().subject == "Anders"


def test_what_must_be_mended_keeps_it_from_being_sent(office, newsletter):
    newsletter.blocks.all().delete()

    answer = office.post(page(newsletter), {"step": "send", "agreed": "x"})

    assert state(newsletter) == State.DRAFT
    assert "noch keinen Baustein" in answer.content.decode()


def test_planned_newsletter_waits_and_can_be_taken_back(office, newsletter):
    tomorrow = timezone.localtime() + timedelta(days=1)
    when = tomorrow.strftime("%Y-%m-%dT%H:%M")

    asked = office.post(page(newsletter), {"step": "send", "at": when}).text
    assert "Wirklich planen?" in asked
    assert "Wirklich senden?" not in asked

    send(office, newsletter, at=when)
    assert state(newsletter) == State.SCHEDULED
    assert newsletter.send_at.timestamp() == pytest.approx(tomorrow.timestamp(), abs=60)

    office.post(page(newsletter), {"step": "unschedule"})
    assert state(newsletter) == State.DRAFT


def test_a_page_older_than_a_colleague_s_plan_sends_nothing_and_says_whose_and_when(
    office, newsletter
):
    day = timezone.localtime().replace(month=12, day=1, hour=8, minute=0, second=0, microsecond=0)
    at = day.replace(year=day.year + 1)
    agreed = confirmed(office, newsletter)  # asked before, not yet pressed
    send(office, newsletter, at=at.strftime("%Y-%m-%dT%H:%M"))

    for pressed in ({"step": "send"}, {"step": "send", "at": f"{at.year}-12-02T08:00"}, agreed):
        told = office.post(page(newsletter), pressed, follow=True).content.decode()

        assert "koordination hat ihn inzwischen für" in told
        assert f"1. Dezember {at.year}, 08:00 Uhr geplant" in told
        assert (state(newsletter), newsletter.send_at) == (State.SCHEDULED, at)


def test_a_page_older_than_the_sending_says_that_it_was_sent_and_how_far_it_is(office, newsletter):
    agreed = confirmed(office, newsletter)
    send(office, newsletter)

    for now, words in ((State.SENDING, "wird versendet"), (State.SENT, "versendet")):
        Newsletter.objects.update(state=now)
        for pressed in ({"step": "send"}, {"step": "send", "at": "bald"}, agreed):
            answer = office.post(page(newsletter), pressed, follow=True)

            assert f"Der Newsletter ist inzwischen „{words}“" in answer.content.decode()
            assert "progress" in answer.context
    assert newsletter.deliveries.count() == 2


@pytest.mark.parametrize("when", ["2020-01-01T10:00", "bald", "\x00", "9999999-01-01T00:00"])
def test_nonsense_as_a_time_is_explained(office, newsletter, when):
    answer = office.post(page(newsletter), {"step": "send", "agreed": "x", "at": when})

    assert answer.status_code == 200
    assert "errorlist" in answer.content.decode()
    assert state(newsletter) == State.DRAFT


def test_sending_is_halted_goes_on_and_is_ended_for_good(office, newsletter):
    send(office, newsletter)

    office.post(page(newsletter), {"step": "pause"})
    assert state(newsletter) == State.PAUSED
    office.post(page(newsletter), {"step": "resume"})
    assert state(newsletter) == State.SENDING
    office.post(page(newsletter), {"step": "stop"})
    assert state(newsletter) == State.SENDING
    office.post(page(newsletter), {"step": "stop", "agreed": "1"})
    assert state(newsletter) == State.STOPPED


def test_second_click_says_what_happened_meanwhile(office, newsletter):
    send(office, newsletter)

    answer = office.post(page(newsletter), {"step": "resume"}, follow=True)

    assert "ging nicht mehr" in answer.content.decode()


def test_who_writes_newsletters_may_not_send_them_without_the_right(client, signed_in, newsletter):
    user = User.objects.create_user("schreibt", is_staff=True)
    group = Group.objects.get(name="Koordination")
    user.user_permissions.set(group.permissions.exclude(codename="send_newsletter"))
    signed_in(client, user)

    answer = client.post(page(newsletter), {"step": "send", "agreed": "x"})

    assert answer.status_code == 403
    assert state(newsletter) == State.DRAFT
    assert "Weiter zum Versand" not in client.get(page(newsletter)).content.decode()


def test_sent_newsletter_can_be_read_but_not_changed(office, newsletter):
    change = page(newsletter, "change")
    fields = form_of(office.get(change), "newsletter_form") | {"title": "Anders"}
    send(office, newsletter)

    late = office.post(change, fields)

    assert late.status_code == 409
    assert "Anders" in late.content.decode()  # what was typed can be copied
    assert office.get(change).status_code == 200
    newsletter.refresh_from_db()
    assert newsletter.title != "Anders"


def test_test_mail_goes_to_oneself_alone(office, newsletter):
    office.post(page(newsletter), {"step": "test"})

    (sent,) = mail.outbox
    assert sent.to == ["k@herne.example"]
    assert sent.subject == "Test: Neues für Familien"
    assert "Guten Tag!" in sent.body
    assert "%%" not in sent.body + sent.alternatives[0].content
    (web,) = set(re.findall(r"https?://\S+/verwaltung/\S+", sent.body))
    assert office.get(urlsplit(web).path).status_code == 200


def test_a_title_with_a_line_break_adds_no_header_to_the_test_mail(office, newsletter):
    newsletter.title = "Neues\r\nBcc: fremd@herne.example"
    newsletter.save()

    office.post(page(newsletter), {"step": "test"})

    (sent,) = mail.outbox
    assert sent.subject == "Test: Neues Bcc: fremd@herne.example"
    assert sent.message()["Bcc"] is None


def test_a_mail_server_that_is_down_is_told_and_the_page_stays(office, newsletter, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    answer = office.post(page(newsletter), {"step": "test"}, follow=True)

    assert answer.status_code == 200
    assert "Der Mailserver nahm die Testmail nicht an" in answer.content.decode()


def test_preview_shows_html_in_a_frame_and_plain_text(office, newsletter):
    text = office.get(page(newsletter, "preview")).content.decode()
    framed = office.get(page(newsletter, "preview_page"))

    assert "Guten Tag!" in text
    assert "%%" not in text, "a reader gets a link there"
    assert "Guten Tag!" in framed.content.decode()
    assert framed["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in framed["Content-Security-Policy"]


def test_numbers_come_alone_for_the_page_that_asks_again(office, newsletter):
    send(office, newsletter)

    text = office.get(page(newsletter, "progress")).content.decode()

    assert "0 von 2 Nachrichten fertig" in text
    assert "<html" not in text


def test_unknown_newsletter_is_not_found(office):
    for name in ["dispatch", "preview", "preview_page", "progress"]:
        number = 10**25
        assert (
            office.get(reverse(f"admin:network_newsletter_{name}", args=[number])).status_code
            == 404
        )


def test_sent_newsletter_can_be_taken_out_of_the_archive_and_put_back(office, client, newsletter):
    send(office, newsletter)
    Newsletter.objects.update(state=State.SENT, finished_at=timezone.now())
    public = reverse("network:archive_issue", args=[newsletter.slug])
    assert "Aus dem Archiv nehmen" in office.get(page(newsletter)).content.decode()

    office.post(page(newsletter), {"step": "withdraw"})
    assert client.get(public).status_code == 404

    office.post(page(newsletter), {"step": "publish"})
    assert client.get(public).status_code == 200


def test_page_says_how_many_left_with_this_newsletter_and_how_many_came_back(
    office, client, newsletter
):
    send(office, newsletter)
    first, second = newsletter.deliveries.order_by("pk")
    Bounce.objects.create(delivery=second, address=second.address, kind="hard", effect="counted")

    client.post(urlsplit(links.unsubscribe_url(first)).path)

    text = " ".join(re.sub("<[^>]*>", " ", office.get(page(newsletter)).content.decode()).split())
    assert "1 zurückgekommen" in text
    assert "1 haben sich damit abgemeldet" in text
