#!/usr/bin/env python
"""Django's command line for the portal."""

import os
import sys


def main():
    """Run one command; what a person has to put right is one sentence, not a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kekiz_portal.settings")
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - needs the variable above

    from kekiz_portal.unavailable import plain_sentences  # noqa: PLC0415 - needs the variable above

    with plain_sentences():
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
