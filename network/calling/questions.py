"""What to ask on the telephone about an entry, in sentences one can say as they stand."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network.asking import house

# By the names of ``offers.quality.rules.MISSING``; what only the office can mend is not asked.
QUESTIONS = {
    "no_contact": gettext_lazy("Unter welcher Nummer oder Adresse erreichen Familien Sie dafür?"),
    "no_place": gettext_lazy("Wo findet es statt?"),
    "no_times": gettext_lazy("An welchem Wochentag und um wie viel Uhr ist es?"),
    "no_text": gettext_lazy("Was passiert dort? Ein Satz genügt."),
    "no_audience": gettext_lazy("Für wen ist es, und für welches Alter?"),
    "no_cost": gettext_lazy("Kostet es etwas?"),
    "no_price": gettext_lazy("Wie viel kostet es, und gibt es Ermäßigung?"),
    "no_access": gettext_lazy("Muss man sich anmelden, und wie geht das?"),
}
PLACES = gettext_lazy("Sind noch Plätze frei?")
HOW = gettext_lazy("Wann findet es statt, oder was tut eine Familie, um mitzumachen?")


def of(offer):
    """Return the sentences about an offer of ``gain.about``: is it there, what stands, what lacks.

    What is known is read out to be confirmed, and never asked as if nobody knew it.
    """
    sentences = [_("Gibt es „%s“ noch?") % offer.title]
    if known := _known(offer):
        said = "; ".join(f"{label}: {text}" for label, text in known)
        sentences.append(_("Bei uns steht: %s. Stimmt das noch?") % said.rstrip("."))
    lacking = [name for name in QUESTIONS if name in offer.hint_names]
    sentences += [str(QUESTIONS[name]) for name in lacking]
    asks_how = {"no_times", "no_access", "no_contact", "no_place"} & set(lacking)
    if not offer.is_within_reach and not asks_how:
        sentences.append(str(HOW))
    if offer.gives_places:
        sentences.append(str(PLACES))
    return sentences


def _known(offer):
    """Return label and words of what stands in an entry; old times without their warning."""
    when, *others = house.Entry(offer, waits=False).lines
    times = offer.times_as_text or ("" if when.is_missing else when.text)
    lines = [(line.label, line.text) for line in others if not line.is_missing]
    return [(when.label, times), *lines] if times else lines
