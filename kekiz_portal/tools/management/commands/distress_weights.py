"""Learn anew to hear who is in need, from the example sentences."""

from django.core.management.base import BaseCommand, CommandError

from kekiz_portal.tools import distress_learning as learning
from offers.search.distress.classifier import NO_NEED, WEIGHTS
from offers.search.meaning import encoding

BARS = (0.05, 0.1, 0.2, 0.3, 0.5)


class Command(BaseCommand):
    help = "Writes data/search/distress_weights.npz; prints cross-validated figures before."

    def add_arguments(self, parser):
        parser.add_argument("--fast", action="store_true", help="without cross-validation")
        parser.add_argument(
            "--misses", action="store_true", help="list what cross-validation did not hear"
        )

    def handle(self, *, fast, misses, **_options):
        if not encoding.available():
            raise CommandError("Learning needs the sentence encoder.")
        given = learning.examples()
        if not fast:
            self.validate(given, list_misses=misses)
        learning.save(WEIGHTS, learning.learned(given))
        size = WEIGHTS.stat().st_size / 1e6
        self.stdout.write(f"Learned from {len(given)} sentences: {WEIGHTS.name}, {size:.1f} MB.")

    def validate(self, given, *, list_misses):
        heard = list(learning.cross_validated(given))
        calls = [(one, needs) for one, needs in heard if one.need != NO_NEED]
        near = [needs for one, needs in heard if one.need == NO_NEED and not one.is_voice]
        voices = [needs for one, needs in heard if one.is_voice]
        self.stdout.write("   bar   calls   near misses   voices")
        for bar in BARS:
            shares = [_above(rows, bar) for rows in ([n for _one, n in calls], near, voices)]
            self.stdout.write(f"{bar:6.2f}{shares[0]:8.3f}{shares[1]:14.3f}{shares[2]:9.3f}")
        right = sum(one.need == _likeliest(needs) for one, needs in calls) / len(calls)
        self.stdout.write(f"The right need is the likeliest one for {right:.3f} of the calls.")
        if list_misses:
            for one, needs in sorted(heard, key=lambda pair: _distress(pair[1])):
                if (one.need == NO_NEED) == (_distress(needs) > BARS[1]):
                    said = f"{_distress(needs):.2f} {one.need} {one.language} {one.text}"
                    self.stdout.write(said)


def _distress(needs):
    return 1 - needs[NO_NEED]


def _above(rows, bar):
    return sum(_distress(needs) > bar for needs in rows) / len(rows)


def _likeliest(needs):
    return max((slug for slug in needs if slug != NO_NEED), key=needs.get)
