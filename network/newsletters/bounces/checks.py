"""What must be right about the settings of bounces before the portal starts."""

from django.conf import settings
from django.core.checks import Error, register

from . import mailbox

# RFC 5321 allows 64 octets before the @; 31 are the plus, the number and the signature.
LONGEST_LOCAL_PART = 33


@register
def bounce_address_leaves_room(**_):
    """An address that is too long would be found out only by the mail server, mail by mail."""
    local, at, domain = settings.BOUNCE_ADDRESS.rpartition("@")
    if not settings.BOUNCE_ADDRESS or (at and domain and 0 < len(local) <= LONGEST_LOCAL_PART):
        return []
    return [
        Error(
            "BOUNCE_ADDRESS must be an address with at most "
            f"{LONGEST_LOCAL_PART} signs before the @.",
            id="network.E001",
        )
    ]


@register
def bounce_mailbox_is_an_address(**_):
    """A typing error would otherwise show up only as bounces that nobody reads."""
    try:
        if settings.BOUNCE_MAILBOX:
            mailbox.address_of_mailbox()
    except mailbox.UnreadableMailboxError as error:
        return [Error(f"{error}.", id="network.E002")]
    return []
