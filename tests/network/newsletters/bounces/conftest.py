"""A newsletter that went out, and a mailbox on disk for what comes back."""

import pytest

from network.models import Delivery, Newsletter


@pytest.fixture(autouse=True)
def bounce_address(settings):
    settings.BOUNCE_ADDRESS = "bounces@portal.example"


@pytest.fixture
def sent_to(db):
    """A mail that was accepted: sent_to("a@kita.example") -> Delivery."""

    def make(address="leitung@kita.example"):
        number = Newsletter.objects.count()
        newsletter = Newsletter.objects.create(title="Neues im Oktober", slug=f"neues-{number}")
        return Delivery.objects.create(
            newsletter=newsletter,
            address=address,
            domain="kita.example",
            language="de",
            state=Delivery.State.SENT,
        )

    return make


@pytest.fixture
def maildir(tmp_path, settings):
    """An empty Maildir that the settings name."""
    for place in ("cur", "new", "tmp"):
        (tmp_path / "Maildir" / place).mkdir(parents=True)
    settings.BOUNCE_MAILBOX = f"maildir://{tmp_path}/Maildir"
    return tmp_path / "Maildir"


@pytest.fixture
def put(maildir):
    """Lay a mail into the mailbox: put(bytes) -> path."""

    def lay(raw):
        path = maildir / "new" / f"{len(list(maildir.rglob('*.host')))}.host"
        path.write_bytes(raw)
        return path

    return lay
