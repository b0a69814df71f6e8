"""Whom families can ask, so that no number stands without a name and no door is the wrong one.

About an offer: its own contact, else its provider's. Else, and where nothing was found: whose duty
the need is by the rules of the office (``duties``). The city's function that the configuration
names is the last way. Neither is ever shown as the offer's number.
"""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from .contact import channels, duties
from .contact.channels import Channel
from .contact.duties import Need


@dataclass(frozen=True)
class WhomToAsk:
    """Who answers and how; ``of`` is "offer", "provider", "duty" or "city".

    ``is_youth_office`` says whether families reach the Jugendamt, ``None`` where nobody knows;
    ``purpose`` is what they learn there, ``anonymous`` whether they may keep their name to
    themselves; ``is_confirmed`` whether somebody said of late that it is their duty.
    """

    of: str
    name: str
    channels: tuple[Channel, ...]
    is_youth_office: bool | None = None
    purpose: str = ""
    anonymous: bool = False
    is_confirmed: bool = True

    @property
    def in_writing(self):
        """Whether somebody who cannot use a telephone gets an answer, too."""
        return any(channel.email for channel in self.channels)

    @property
    def is_own(self):
        return self.of == "offer"

    @property
    def is_duty(self):
        return self.of == "duty"

    @property
    def is_city(self):
        """Whether neither the offer nor its provider is reached, but who answers beside them."""
        return self.of in {"duty", "city"}


def whom_to_ask(offer):
    """Return whom to ask about an offer from ``Offer.objects.for_page()``."""
    if own := channels.of_offer(offer):
        return WhomToAsk("offer", offer.provider_words, own)
    provider = offer.provider
    if provider and (theirs := channels.of_institution(provider)):
        return WhomToAsk("provider", provider.name, theirs)
    return beside(offer)


def beside_a_house(institution, topics=()):
    """Return who answers for an institution, ``None`` where it has a number or a mailbox itself."""
    if channels.of_institution(institution):
        return None
    parent = institution.parent
    if parent and (theirs := channels.of_institution(parent)):
        return WhomToAsk("provider", parent.name, theirs)
    lie_in = [place.district.path for place in institution.public_locations if place.district]
    return who_answers(topics, lie_in)


def beside(offer):
    """Return who answers for what an offer is about, where the offer itself is no way."""
    paths = [
        place.location.district.path for place in offer.public_places if _lies_in_a_part(place)
    ]
    span = offer.ages
    return who_answers([one.slug for one in offer.topics.all()], paths, span)


def who_answers(topics=(), paths=(), span=None):
    """Return who answers for a need; the first of its topics that is somebody's duty decides.

    ``paths`` name parts of the city as ``District.path`` does; of several counts what they share.
    ``span`` is one of ages as a range, ``None`` where the age is not known.
    """
    about = {"path": _shared(paths)}
    if span is not None and span.lower is not None and span.upper is not None:
        about |= {"first": span.lower, "end": span.upper}
    known = duties.current()
    answers = (known.answer(Need(topic, **about)) for topic in [*topics, None])
    rule = next((one for one in answers if one), None)
    return of_duty(rule) if rule else of_the_city()


def of_duty(rule):
    """Return the ``WhomToAsk`` of a ``Rule``.

    Unchecked it promises less than the city's function: a number of both is the city's, as the
    foot of every page says it.
    """
    duty = rule.duty
    if not duty.is_checked and rule.channels[0].phone == settings.CITY["contact"]["phone"]:
        return of_the_city()
    return WhomToAsk(
        "duty",
        duty.who,
        rule.channels,
        duty.is_youth_office,
        anonymous=bool(duty.is_anonymous),
        is_confirmed=duty.is_checked,
    )


def of_the_city():
    """Return the function of the city that answers where nobody else is known."""
    contact = settings.CITY["contact"]
    hours = contact.get("hours", "")
    channel = Channel("", contact["phone"], contact.get("email", ""), hours, hours)
    name = f"{contact['name']}, {settings.CITY['full_name']}"
    return WhomToAsk(
        "city",
        name,
        (channel,),
        contact.get("is_youth_office"),
        contact.get("purpose", ""),
        contact.get("anonymous", False),
    )


def city_in_a_line():
    """Say whom to call at the city inside a sentence, the name before the number."""
    contact = settings.CITY["contact"]
    return _("%(name)s, Telefon %(phone)s") % {"name": contact["name"], "phone": contact["phone"]}


def _lies_in_a_part(place):
    return place.location is not None and place.location.district is not None


def _shared(paths):
    """Return how far paths go together, as a tuple."""
    shared = []
    for steps in zip(*paths, strict=False):
        if len(set(steps)) > 1:
            break
        shared.append(steps[0])
    return tuple(shared)
