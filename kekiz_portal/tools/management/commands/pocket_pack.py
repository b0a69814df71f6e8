"""Say how large the directory is that a device may keep."""

import time

import brotli
from django.core.management.base import BaseCommand

from offers.catalogue import held
from offers.pocket import pack


class Command(BaseCommand):
    help = "Print how many bytes the directory for devices has, as it is and over the line."

    def handle(self, **_options):
        started = time.perf_counter()
        made = pack.current(held.current())
        seconds = time.perf_counter() - started
        packed = len(brotli.compress(made.body, quality=7, lgwin=16))
        self.stdout.write(f"{len(made.body)} bytes, {packed} with brotli, made in {seconds:.1f} s")
