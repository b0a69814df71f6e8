#!/usr/bin/env python
"""Django's command line for the portal."""

import os
import sys

from django.core.management import execute_from_command_line

from kekiz_portal.serving.unavailable import plain_sentences, require_services


def main():
    """Run one command; what a person has to put right is one sentence, not a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kekiz_portal.settings")
    with plain_sentences():
        if "runserver" in sys.argv[1:2]:  # its own check runs in a thread, out of our reach
            require_services()
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
