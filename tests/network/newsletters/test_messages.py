"""What a mail looks like inside: as the standards ask, whatever is written into it."""

import re
from email import message_from_bytes
from email.policy import strict
from email.utils import parsedate_to_datetime
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from network.models import Delivery, Newsletter, NewsletterEdition
from network.newsletters import links
from network.newsletters.composing.messages import Mailing, UnusableAddressError

LINKS = "%%WEB%% %%SETTINGS%%\n%%UNSUBSCRIBE%%"
QUICK = hypothesis_settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
TEXTS = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=400)


def newsletter():
    return Newsletter(pk=7, title="Neues", slug="neues", key=UUID(int=7))


def mail(subject="Neues für Familien", html="<p>Hallo</p>", text="Hallo", address="a@m.example"):
    edition = NewsletterEdition(language="de", subject=subject, html=html, text=text)
    delivery = Delivery(pk=42, newsletter_id=7, address=address, language="de")
    return Mailing(newsletter(), edition).to(delivery)


def parsed(data):
    """Parse as strictly as Python can, header by header and part by part."""
    message = message_from_bytes(data, policy=strict)
    for part in message.walk():
        assert not part.defects
        for value in part.values():
            assert not value.defects
    return message


def body(message, kind):
    return message.get_body((kind,)).get_content()


def test_the_mail_is_as_the_standards_ask():
    message = parsed(mail(text=f"Hallo\n{LINKS}", html=f"<p>Hallo</p>{LINKS}"))

    for name in ("From", "To", "Subject", "Date", "Message-ID", "X-Delivery-GUID", "List-Id"):
        assert len(message.get_all(name)) == 1, name
    delivery = Delivery(pk=42, newsletter_id=7, address="a@m.example")
    assert message["List-Unsubscribe"] == f"<{links.unsubscribe_url(delivery)}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["To"] == "a@m.example"
    assert parsedate_to_datetime(message["Date"]).tzinfo is not None
    assert message.get_content_type() == "multipart/alternative"
    kinds = [part.get_content_type() for part in message.iter_parts()]
    assert kinds == ["text/plain", "text/html"]


def test_no_line_is_too_long_and_all_is_ascii():
    data = mail(subject="Ü" * 200, html="<p>" + "ä" * 5000 + LINKS, text="Wort " * 3000 + LINKS)

    assert data.isascii()
    lines = data.split(b"\r\n")
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    headers, encoded = data.split(b"\r\n\r\n", 1)
    assert max(map(len, headers.split(b"\r\n"))) <= 998
    assert max(map(len, encoded.split(b"\r\n"))) <= 76


def test_both_parts_hold_the_persons_own_links():
    message = parsed(
        mail(text=f"Hallo\n{LINKS}\n", html=f'<a href="%%UNSUBSCRIBE%%">ab</a>{LINKS}')
    )

    delivery = Delivery(pk=42, newsletter_id=7, address="a@m.example")
    for kind in ("plain", "html"):
        content = body(message, kind)
        assert "%%" not in content
        assert links.unsubscribe_url(delivery) in content
        assert links.settings_url(delivery) in content
        assert links.web_url(newsletter()) in content


def test_the_same_mail_has_the_same_identity_and_another_mail_another():
    first, again = parsed(mail()), parsed(mail())
    other = Mailing(
        newsletter(), NewsletterEdition(language="de", subject="", html="", text="")
    ).to(Delivery(pk=43, newsletter_id=7, address="a@m.example"))

    assert first["Message-ID"] == again["Message-ID"] != parsed(other)["Message-ID"]


@QUICK
@given(text=TEXTS, page=TEXTS)
def test_any_text_arrives_as_it_was_written(text, page):
    message = parsed(mail(text=text, html=page))

    assert same(body(message, "plain"), text)
    assert same(body(message, "html"), page)


def same(received, written):
    """Line ends may differ, nothing else."""
    return re.sub(r"\r\n|\r", "\n", received).rstrip("\n") == re.sub(
        r"\r\n|\r", "\n", written
    ).rstrip("\n")


@QUICK
@given(subject=TEXTS)
def test_no_subject_becomes_a_second_header(subject):
    message = parsed(mail(subject=subject + "\r\nBcc: c@m.example"))

    assert message["Bcc"] is None
    assert len(message.get_all("Subject")) == 1
    assert set(message.keys()) == set(parsed(mail()).keys())


@QUICK
@given(address=st.one_of(st.emails(), TEXTS.map(lambda text: text + "@m.example"), TEXTS))
def test_no_address_becomes_a_second_header_or_recipient(address):
    try:
        data = mail(address=address)
    except UnusableAddressError:
        return
    message = parsed(data)

    assert len(message["To"].addresses) == 1
    assert set(message.keys()) == set(parsed(mail()).keys())


@pytest.mark.parametrize(
    "address",
    [
        "a@m.example\r\nBcc: b@m.example",
        "a b@m.example",
        "a@m.example,b@m.example",
        "a@",
        "@m",
        "ü@m",
        "a..b@m.example",
        ".a@m.example",
        "a.@m.example",
        "a@m..example",
        "a@-m.example",
        "a" * 65 + "@m.example",
    ],
)
def test_an_address_no_server_takes_is_refused(address):
    with pytest.raises(UnusableAddressError):
        mail(address=address)


def test_an_address_with_a_domain_in_umlauts_is_written_as_servers_take_it():
    assert parsed(mail(address="info@müller.example"))["To"] == "info@xn--mller-kva.example"
