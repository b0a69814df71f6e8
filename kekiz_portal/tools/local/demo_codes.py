"""The codes an authenticator app would show for the demo logins now; never in production.

Standard library only, so that `make code` answers at once.
"""

import base64
import hmac
import sys
import time

PERIOD_SECONDS = 30
DIGITS = 6
LOGINS = "demo-logins.txt"


def code(secret, at):
    """Return the code of a base32 ``secret`` at a moment in seconds (RFC 6238, RFC 4226)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    counter = int(at) // PERIOD_SECONDS
    digest = hmac.digest(key, counter.to_bytes(8, "big"), "sha1")
    start = digest[-1] & 0x0F
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"


def lines(folder, at):
    """Yield a line for each demo login of a folder, and how long the codes are good."""
    for login in (folder / LOGINS).read_text().splitlines():
        name, _password, secret, _role = login.split(maxsplit=3)
        yield f"{name:<14}{code(secret, at)}"
    yield f"new codes in {PERIOD_SECONDS - int(at) % PERIOD_SECONDS} s; each counts once"


def main():
    """Print the codes of this moment."""
    from environment import state_dir  # noqa: PLC0415 - beside this file when run as a script

    try:
        sys.stdout.write("\n".join(lines(state_dir(), time.time())) + "\n")
    except FileNotFoundError:
        raise SystemExit("There are no demo logins yet: run `make run` first.") from None


if __name__ == "__main__":
    main()
