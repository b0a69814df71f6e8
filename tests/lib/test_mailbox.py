"""One mailbox is one mailbox, however it is spelled."""

import pytest
from django.core.exceptions import ValidationError

from kekiz_portal.lib import mailbox


@pytest.mark.parametrize(
    "spelling",
    [
        "info@kita-grün.example",
        "Info@Kita-Grün.example",
        "INFO@KITA-GRÜN.EXAMPLE",
        "info@xn--kita-grn-d6a.example",
        "info@XN--KITA-GRN-D6A.example.",
        "info@kita-gru\u0308n.example",
        " info@kita-grün.example\u200b",
    ],
)
def test_spellings_of_one_mailbox_are_one(spelling):
    assert mailbox.identity(spelling) == "info@xn--kita-grn-d6a.example"
    assert mailbox.shown(mailbox.stored(spelling)).lower() == "info@kita-grün.example"
    mailbox.validate(spelling)


def test_weisse_rose_with_sharp_s_is_another_mailbox():
    assert mailbox.identity("a@weiße-rose.example") == "a@xn--weie-rose-i1a.example"
    assert mailbox.identity("a@weiße-rose.example") != mailbox.identity("a@weisse-rose.example")


def test_the_part_before_the_at_is_kept_as_typed():
    assert mailbox.stored("Max.Muster@HERNE.example") == "Max.Muster@herne.example"


def test_a_server_gets_the_domain_in_ascii():
    assert mailbox.stored("info@kita-grün.example") == "info@xn--kita-grn-d6a.example"


@pytest.mark.parametrize("text", ["kein", "a@b@c", "a@-x.de", "müller@x.de", "a@☃.de", "a@x..de"])
def test_what_no_mail_reaches_is_refused(text):
    with pytest.raises(ValidationError):
        mailbox.validate(text)


@pytest.mark.parametrize(
    ("address", "reached"),
    [
        ("Max.Muster+kita@googlemail.com", "maxmuster@gmail.com"),
        ("m.a.x@gmail.com", "max@gmail.com"),
        ("max+1@outlook.de", "max@outlook.de"),
        ("max.muster@web.de", "max.muster@web.de"),
        ("max+1@herne.example", "max+1@herne.example"),
    ],
)
def test_limits_look_at_the_mailbox_a_provider_delivers_to(address, reached):
    assert mailbox.provider_mailbox(address) == reached
