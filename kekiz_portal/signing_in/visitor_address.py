"""The network address of a visitor, from one place."""

from ipaddress import ip_address, ip_network

from django.conf import settings

from kekiz_portal.lib.limits import networks_of


def visitor_address(request):
    """Return the visitor's address, None when there is none that can be believed.

    Behind the trusted proxy it is the last entry of X-Forwarded-For: that one the proxy wrote
    itself, everything before it the visitor may have made up.
    """
    if settings.SECURE_PROXY:
        written = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2]
    else:
        written = request.META.get("REMOTE_ADDR", "")
    try:
        return str(ip_address(written.strip()))
    except ValueError:
        return None


def counted_address(request):
    """Return the address under which tries are counted: of IPv6 the first of its /64.

    One household, and one rented server, holds all the others of it.
    """
    address = visitor_address(request)
    return address and str(ip_network(networks_of(address)[0])[0])
