"""Say how well the search understands labelled queries."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from kekiz_portal.tools import distress_evaluation, search_goals, spelling_evaluation
from kekiz_portal.tools import search_evaluation as evaluation
from offers.search.index import vectors

CALLS = Path("tests/offers/search")
READ = sorted(CALLS.glob("distress_*.csv"))
UNREAD = sorted(CALLS.glob("unread/distress_*.csv"))
HEADER = ("", "n", "hit@1", "hit@5", "MRR", "places", "ages", "help", "none", "median", "p95")
WIDTHS = (26, 4, 7, 7, 7, 7, 7, 7, 5, 9, 9)


class Command(BaseCommand):
    help = "Prints, by kind and language and in total, how well labelled queries are answered."

    def add_arguments(self, parser):
        parser.add_argument(
            "paths", type=Path, nargs="+", help="CSV files with the columns of queries.csv"
        )
        parser.add_argument(
            "--spelled", type=Path, nargs="*", default=[], help="files with wrong, right and kind"
        )

        parser.add_argument(
            "--only-figures", action="store_true", help="name no query, to keep a file unread"
        )

    def handle(self, *, paths, spelled, only_figures, **_options):
        for file in (*paths, *spelled):
            if not file.is_file():
                raise CommandError(f"There is no file {file}.")
        vectors.fill()  # a first load leaves it to the worker
        queries = [query for path in paths for query in labelled(path)]
        outcomes = evaluation.evaluate(queries)
        self.line(HEADER)
        for name in ("kind", "language"):
            for group, figures in evaluation.grouped(outcomes, name).items():
                self.line(cells(group, figures))
            self.stdout.write("")
        figures = evaluation.Figures(outcomes)
        self.line(cells("all", figures))
        left_out = len(queries) - len(outcomes)
        self.stdout.write(f"left out, as no offer that they name is public: {left_out}")
        if figures.answered_off_topic is not None:
            self.stdout.write(f"off-topic queries answered: {figures.answered_off_topic:.3f}")
        read, unread = (distress_evaluation.evaluate(files) for files in (READ, UNREAD))
        self.say_distress(read, unread, outcomes)
        for one in outcomes:
            if one.misses and not only_figures:
                self.say_miss(one)
        compared = {file: list(spelling_evaluation.compare(file)) for file in spelled}
        for file, rows in compared.items():
            self.say_spelled(file, rows, only_figures=only_figures)
        self.stdout.write("")
        rows = [one for rows in compared.values() for one in rows]
        goals = search_goals.of_queries(outcomes) + search_goals.of_spelling(rows)
        for goal in goals + search_goals.of_calls(read + unread):
            self.stdout.write(str(goal))

    def say_distress(self, read, unread, outcomes):
        """Print how calls for help are heard, and how many ordinary searches sound like one."""
        self.stdout.write(
            "\n              calls  right first  any  112 in danger | near  urgent  any"
        )
        groups = distress_evaluation.by_language(read + unread)
        groups["unread"] = distress_evaluation.Figures(unread)
        for language, figures in groups.items():
            right, any_, rescued, urgent, false = (
                "–" if share is None else f"{share:.3f}" for share in figures.shares
            )
            calls, near = len(figures.calls), len(figures.near_misses)
            self.stdout.write(
                f"{f'distress-{language}':13}{calls:6}{right:>13}{any_:>8}{rescued:>9}"
                f" |{near:5}{urgent:>8}{false:>7}"
            )
        ordinary = [one for one in outcomes if not one.query.helplines]
        urgent = sum(one.is_crisis for one in ordinary)
        self.stdout.write(f"ordinary searches answered as urgent: {urgent} of {len(ordinary)}")

    def line(self, row):
        first, *others = zip(row, WIDTHS, strict=True)
        self.stdout.write(
            f"{first[0]:<{first[1]}}" + "".join(f"{text:>{width}}" for text, width in others)
        )

    def say_miss(self, outcome):
        query = outcome.query
        self.stdout.write(f"\n{query.key} {query.text}: {', '.join(outcome.misses)}")
        wanted = ", ".join(sorted(query.offers) or query.title_parts) or query.topic
        self.stdout.write(f"    wanted {wanted}, shown {' | '.join(outcome.shown) or 'nothing'}")

    def say_spelled(self, path, compared, *, only_figures):
        """Say how often what is spelled wrong leads where the right word leads."""
        self.stdout.write(f"\n{path.name}: share that leads where the right word leads")
        for kind, (number, share) in spelling_evaluation.by_kind(compared).items():
            self.stdout.write(f"{kind:<26}{number:>4}{share:>7.3f}")
        for one in compared:
            if not one.leads_there and not only_figures:
                self.stdout.write(f"    {one.wrong}: not as {one.right}")


def labelled(path):
    """Return the labelled queries of a file; one without their columns is named."""
    try:
        return list(evaluation.read(path))
    except KeyError as error:
        raise CommandError(f"{path} has no column {error}.") from error


def cells(name, figures):
    """Return the cells of a line of figures."""
    shares = [
        figures.hit(1),
        figures.hit(evaluation.FIRST),
        figures.mean_reciprocal_rank,
        figures.places,
        figures.ages,
        figures.helplines,
    ]
    times = [f"{figures.milliseconds(percent):.1f} ms" for percent in (50, 95)]
    in_words = ["–" if share is None else f"{share:.3f}" for share in shares]
    return [name, len(figures.outcomes), *in_words, figures.without_a_hit, *times]
