"""The texts of pages in every language: found in the code, kept as ``.po``, compiled to ``.mo``.

Two catalogues for a language: ``locale/`` says what the portal says, ``locale/`` beside a city's
data what the city's own lists say (phases, topics, milestones). A text that changed in German is
another text: its translations no longer stand for it, so a page shows the German again.
"""

import csv
import io
import re
import tomllib
from pathlib import Path

from babel.messages import extract, mofile, pofile
from babel.messages.catalog import Catalog
from django.conf import settings
from django.utils.translation import override, templatize

from network.newsletters.subscribing import personal_data
from offers.exchange.city.helplines import for_readers

ROOT = settings.BASE_DIR
# What families and partners meet; the office works in German.
FOR_FAMILIES = [
    "kekiz_portal/barriers.py",
    "kekiz_portal/films.py",
    "kekiz_portal/lib/languages.py",
    "kekiz_portal/lib/mailbox.py",
    "kekiz_portal/lib/telephone.py",
    "kekiz_portal/lib/times.py",
    "lifephases/age_text.py",
    "lifephases/ages.py",
    "lifephases/forms.py",
    "network/newsletters/subscribing",
    "network/place_alerts",
    "offers/browsing",
    "offers/models/cost_option.py",
    "offers/models/district.py",
    "offers/models/last_heard.py",
    "offers/models/location.py",
    "offers/models/occurrence.py",
    "offers/models/offer/choices.py",
    "offers/models/offer/words.py",
    "offers/models/office/experience.py",
    "offers/models/office/feedback.py",
    "offers/models/office/free_places.py",
    "offers/models/place.py",
    "offers/models/schedule.py",
    "offers/models/search/helpline.py",
    "offers/my_child",
    "offers/notepad",
    "offers/pocket",
    "offers/recurrence/entry.py",
    "offers/schedules",
    "offers/templatetags",
    "offers/views",
    "templates",
]
FOR_THE_OFFICE = [
    "templates/account",
    "templates/admin",
    "templates/embedding/_choices.html",
    "templates/embedding/make.html",
    "templates/gallery.html",
    "templates/mfa",
    "templates/network/asking",
    "templates/offers/widgets",
    "templates/post",
]
OF_THE_CITY = {
    "helpline_needs.csv": ["name"],
    "helplines.csv": ["name", "hours", "cost", "languages", "when_to_show"],
    "institution_kinds.csv": ["name"],
    "life_phases.csv": ["name_de"],
    "milestone_contacts.csv": ["who"],
    "milestones.csv": ["title", "what_to_do", "by_when"],
    "phase_details.csv": ["short_name", "description"],
    "target_groups.csv": ["name"],
    "topics.csv": ["name_de", "description_de"],
}
CALLS = {
    **dict.fromkeys(["_", "_now", "gettext", "gettext_lazy", "gettext_noop"]),
    **dict.fromkeys(["ngettext", "ngettext_lazy"], (1, 2)),
    **dict.fromkeys(["pgettext", "pgettext_lazy"], ((1, "c"), 2)),
    **dict.fromkeys(["npgettext", "npgettext_lazy"], ((1, "c"), 2, 3)),
}
# A call in what Django makes of a template.
STRING = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
CALL = re.compile(rf"\b(?:n?p?gettext|_)\((?:{STRING}|[\s,]|count)*\)")


def folders():
    """Return the folder of each catalogue, with what is to be said in it: German texts."""
    return {
        ROOT / "locale": texts_of_the_portal(),
        settings.CITY_DIR / "locale": texts_of_the_city(settings.CITY_DIR),
    }


def texts_of_the_portal():
    """Return every text of the portal's own that families may meet."""
    found = Catalog()
    for path in sorted(_sources()):
        text = path.read_text(encoding="utf-8")
        if path.suffix != ".py":  # only the calls of what templatize makes are Python
            text = "\n".join(CALL.findall(templatize(text, origin=str(path))))
        source = io.BytesIO(text.encode())
        for _line, message, _comments, context in extract.extract("python", source, CALLS):
            if message:
                found.add(message, context=context)
    with override(settings.LANGUAGE_CODE):
        for name in personal_data.words():
            found.add(name)
    return found


def _sources():
    for place in FOR_FAMILIES:
        path = ROOT / place
        for one in [path] if path.is_file() else path.rglob("*"):
            place_of_one = one.relative_to(ROOT).as_posix()
            is_source = one.suffix in {".py", ".html", ".txt"} and "migrations" not in one.parts
            if is_source and not place_of_one.startswith(tuple(FOR_THE_OFFICE)):
                yield one


def texts_of_the_city(folder):
    """Return every text of a city's lists that pages show, but those of single offers."""
    found = Catalog()
    for name, columns in OF_THE_CITY.items():
        path = Path(folder) / name
        if path.exists():
            with path.open(encoding="utf-8", newline="") as file:
                for row in csv.DictReader(file):
                    for text in filter(None, map(row.get, columns)):
                        found.add(for_readers(text) if name == "helplines.csv" else text)
    city = tomllib.loads((Path(folder) / "city.toml").read_text(encoding="utf-8"))
    contact = [city["contact"].get(field) for field in ("purpose", "hours")]
    situations = [each["label"] for each in city.get("situations", [])]
    for text in filter(None, [city["claim"], *contact, *situations]):
        found.add(text)
    return found


def path_of(folder, language):
    return folder / language / "LC_MESSAGES" / "django.po"


def read(path, language):
    """Return the catalogue in a file, or an empty one."""
    if not path.exists():
        return Catalog(locale=language, header_comment=f"# {language}", fuzzy=False)
    with path.open("rb") as file:
        return pofile.read_po(file, locale=language)


def brought_up_to_date(catalogue, texts):
    """Let a catalogue hold these German texts and no others, each with what it had for it."""
    catalogue.update(texts, no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    return catalogue


def written(catalogue):
    """Return a catalogue as the bytes of a ``.po``."""
    out = io.BytesIO()
    pofile.write_po(
        out, catalogue, width=100, no_location=True, omit_header=False, sort_output=True
    )
    return out.getvalue()


def compiled(catalogue):
    """Return a catalogue as the bytes of a ``.mo``, as gettext reads it."""
    out = io.BytesIO()
    mofile.write_mo(out, catalogue)
    return out.getvalue()


def lacking(catalogue):
    """Return the German texts that have no translation yet."""
    return [message.id for message in catalogue if message.id and not _is_said(message)]


def _is_said(message):
    said = message.string
    return all(said) if isinstance(said, tuple | list) else bool(said)
