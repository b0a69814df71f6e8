"""What hosts ask machines to leave alone (RFC 9309)."""

from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from django.conf import settings

from .link_visit import FIRST_ERROR, fetch

MOST_BYTES = 100_000
FIRST_OF_SERVER = 500


class Robots:
    """Remembers for a while what each host asked for."""

    def __init__(self):
        self.rules = {}

    def allow(self, url):
        """Whether the host of an address lets us read it; one that fails lets nobody (2.3.1.4)."""
        parts = urlsplit(url)
        host = f"{parts.scheme}://{parts.netloc}"
        if host not in self.rules:
            self.rules[host] = _rules_of(host)
        return self.rules[host].can_fetch(settings.LINK_CHECK_USER_AGENT, url)


def _rules_of(host):
    rules = RobotFileParser()
    found = fetch(f"{host}/robots.txt", MOST_BYTES)
    if found.status is None or found.status >= FIRST_OF_SERVER:
        rules.disallow_all = True
    elif found.status >= FIRST_ERROR:
        rules.allow_all = True
    rules.parse(found.body.decode(errors="replace").splitlines())
    return rules
