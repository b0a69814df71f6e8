"""Mails of the portal, whatever part of it writes them."""

from django.core.mail import EmailMessage


def test_a_mail_is_named_after_the_domain_it_comes_from_and_not_after_a_machine(settings):
    message = EmailMessage("Bitte bestätigen", "Guten Tag", to=["a@m.example"]).message()

    assert message["Message-ID"].endswith(f"@{settings.MAIL_DOMAIN}>")
