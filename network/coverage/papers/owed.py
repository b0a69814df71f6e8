"""The figures that a kinderstark Sachbericht and the survey of the NZFH ask for, computed here.

They are those of the last day of a year, or of today as long as it runs; what happened is counted
from the first day of that year to it.
"""

import datetime as dt
from functools import cached_property

from django.db.models import Count, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from kekiz_portal.lib import german_order
from kekiz_portal.lib.times import plain_day
from network.coverage.cells import Supply
from network.coverage.past import entries_on
from network.models import (
    Agreement,
    Call,
    Conversation,
    HouseLetter,
    Membership,
    Partner,
    Subscription,
)
from offers.models import ChangeProposal, Experience, Feedback, UnmetNeed

from .chapters import Chapter, Paper

FEWEST_OF_FAMILIES = 5  # fewer might be one person


class Figures:
    """What a paper counts by: a year, and the part of the city and the programme of an overview."""

    def __init__(self, overview, year):
        self.overview, self.year = overview, year
        self.first = dt.date(year, 1, 1)
        self.day = min(dt.date(year, 12, 31), overview.day)
        self.in_year = self.first, self.day

    @property
    def lead(self):
        return _("%(place)s. %(cut)s. Stand %(day)s; Ereignisse vom %(first)s an.") % {
            "place": self.overview.place.label if self.overview.place else "",
            "cut": self.overview.cut.name,
            "day": plain_day(self.day),
            "first": plain_day(self.first),
        }

    @cached_property
    def supply(self):
        """The offers of the day: today's, or those of the last day of a year that is over."""
        if self.day == self.overview.day:
            return self.overview.supply
        return Supply(entries_on(self.day), self.day)

    @cached_property
    def partners(self):
        """The partners of the day here, each with the kind of its institution."""
        begun = Q(since=None) | Q(since__lte=self.day)
        there = Q(institution__archived_on=None) | Q(institution__archived_on__gt=self.day)
        found = Partner.objects.filter(begun, there)
        if self.overview.part:
            found = found.in_district(self.overview.slug)
        return list(found.select_related("institution__kind"))

    @property
    def kinds(self):
        """The partners of each kind of institution, by the name of the kind."""
        found = {}
        for one in self.partners:
            found.setdefault(str(one.institution.kind), set()).add(one.pk)
        return dict(sorted(found.items()))

    @cached_property
    def members(self):
        """Memberships of the day in groups that work, of the partners here."""
        rows = Membership.objects.open(self.day).filter(group__is_active=True)
        rows = rows.filter(partner__in=self.partners)
        return list(rows.select_related("group", "partner__institution__kind"))

    @cached_property
    def groups(self):
        """The keys of the partners here that belong to each group, by name."""
        found = {}
        for one in self.members:
            found.setdefault(one.group, set()).add(one.partner_id)
        return dict(sorted(found.items(), key=lambda pair: german_order.key(pair[0].name)))

    @cached_property
    def agreements(self):
        """Agreements that hold on the day, of the partners here."""
        rows = Agreement.objects.valid(self.day).filter(partner__in=self.partners)
        return list(rows.select_related("partner__institution__kind"))

    @cached_property
    def contacts(self):
        """Channel, day and partner of each contact in the year: noted, or a call of the call desk
        that somebody took."""
        noted = Conversation.objects.filter(on__range=self.in_year, partner__in=self.partners)
        of_house = {one.institution_id: one.pk for one in self.partners}
        calls = Call.objects.reached().filter(
            called_at__date__range=self.in_year, institution__in=of_house
        )
        return [
            *noted.order_by().values_list("channel", "on", "partner"),
            *(
                (Conversation.Channel.PHONE, timezone.localdate(at), of_house[house])
                for at, house in calls.order_by().values_list("called_at", "institution")
            ),
        ]

    @property
    def in_a_group(self):
        return {one.partner_id for one in self.members}

    @property
    def with_agreement(self):
        return {one.partner_id for one in self.agreements}


def paper(overview, year, by):
    """Return the paper of a year; ``by`` is who asked for it."""
    figures = Figures(overview, year)
    chapters = [
        *(_offers_by_phase(figures), _offers_by_topic(figures)),
        *(partners_by_kind(figures), _groups(figures)),
        *(_conversations(figures), _agreements(figures)),
        *(_of_institutions(figures), _of_families(figures)),
    ]
    return Paper(_("Zahlen für Sachbericht und Befragung"), figures.lead, by, chapters)


def _offers_by_phase(figures):
    overview = figures.overview
    spans = [*overview.phases, *overview.steps]
    rows = [_offers(figures, one.name, None, one) for one in spans]
    heads = [_("Lebensphase oder Schritt"), *_offer_heads()]
    method = _(
        "Quelle: die Einträge des Portals, wie Familien sie an diesem Tag sahen. Ein Angebot zählt "
        "in jeder Phase, die sein Alter berührt; „alle zusammen“ zählt jedes einmal. Erreichbar "
        "heißt: Kontakt, Ort und Zeit oder Zugang sind bekannt."
    )
    rows.append(_offers(figures, _("alle zusammen"), None, overview.span))
    return Chapter(_("Angebote nach Lebensphase"), heads, rows, method)


def _offers_by_topic(figures):
    overview = figures.overview
    rows = [_offers(figures, one.name, one.slug, overview.span) for one in overview.topics]
    method = _("Wie oben. Ein Angebot mit mehreren Themen zählt in jedem.")
    return Chapter(_("Angebote nach Thema"), [_("Thema"), *_offer_heads()], rows, method)


def _offer_heads():
    return [
        *(_("Angebote"), _("erreichbar"), _("kostenlos")),
        *(_("kommt ins Haus, online oder stadtweit"), _("Orte"), _("Anbieter")),
    ]


def _offers(figures, name, topic, column):
    cell = figures.supply.cell(topic, column, figures.overview.slug)
    coming = (cell.those & figures.supply.coming).bit_count()
    counted = [cell.offers, cell.within_reach, cell.free, coming, cell.places, cell.providers]
    return [str(name), *counted]


def partners_by_kind(figures):
    """Return how many partners there are of each kind of institution."""
    talked = {partner for _channel, _day, partner in figures.contacts}
    having = [figures.in_a_group, figures.with_agreement, talked]
    rows = [
        [kind, len(those), *(len(those & others) for others in having)]
        for kind, those in figures.kinds.items()
    ]
    everybody = {one.pk for one in figures.partners}
    sums = [len(everybody & others) for others in having]
    rows.append([_("alle zusammen"), len(everybody), *sums])
    heads = [_("Art der Einrichtung"), _("Partner"), _("in einem Netzwerk")]
    heads += [_("mit gültiger Vereinbarung"), _("mit Kontakt in diesem Jahr")]
    method = _(
        "Quelle: die Netzwerkpartner im Portal. Wer ohne „Partner seit“ eingetragen ist, zählt als "
        "schon damals dabei; archivierte Einrichtungen zählen bis zu ihrem Tag. In einem Stadtteil "
        "zählt, wer dort einen öffentlichen Ort hat."
    )
    return Chapter(_("Partner nach Art der Einrichtung"), heads, rows, method)


def _groups(figures):
    new = Membership.objects.filter(since__range=figures.in_year, partner__in=figures.partners)
    gone = Membership.objects.filter(until__range=figures.in_year, partner__in=figures.partners)
    came, left = (
        dict(rows.order_by().values_list("group").annotate(n=Count("partner", distinct=True)))
        for rows in (new, gone)
    )
    rows = [
        [
            str(one),
            str(one.get_kind_display()),
            len(those),
            came.get(one.pk, 0),
            left.get(one.pk, 0),
        ]
        for one, those in figures.groups.items()
    ]
    heads = [_("Netzwerk oder Verbund"), _("Art"), _("Partner")]
    heads += [_("neu in diesem Jahr"), _("ausgeschieden")]
    method = _(
        "Quelle: Netzwerke, die arbeiten, mit den Mitgliedschaften, die an diesem Tag galten. Ein "
        "Partner zählt je Netzwerk einmal, wie viele Personen ihn auch vertreten."
    )
    return Chapter(_("Netzwerke, Verbünde, Konferenzen"), heads, rows, method)


def _conversations(figures):
    told = [(str(kind.label), {kind}) for kind in Conversation.Channel]
    rows = []
    for name, kinds in [*told, (_("alle zusammen"), set(Conversation.Channel))]:
        found = [one for one in figures.contacts if one[0] in kinds]
        days, partners = {day for _channel, day, _partner in found}, {one[2] for one in found}
        rows.append([name, len(found), len(days), len(partners)])
    heads = [_("Wie"), _("notierte Kontakte"), _("an Tagen"), _("mit Partnern")]
    method = _(
        "Quelle: „letzte Kontakte“ der Partner in diesem Jahr; beim Telefon auch die Anrufe der "
        "Anrufliste, bei denen jemand da war. Eine Sitzung mit mehreren Partnern ist bei jedem "
        "notiert: Die Tage sagen, wie oft man zusammenkam."
    )
    return Chapter(_("Sitzungen und Gespräche"), heads, rows, method)


def _agreements(figures):
    here = Agreement.objects.filter(partner__in=figures.partners)
    rows = [
        [_("gültige Vereinbarungen"), len(figures.agreements)],
        [_("Partner mit gültiger Vereinbarung"), len(figures.with_agreement)],
        [_("in diesem Jahr unterschrieben"), here.filter(signed_on__range=figures.in_year).count()],
        [_("in diesem Jahr ausgelaufen"), here.filter(valid_until__range=figures.in_year).count()],
        [_("laufen in drei Monaten aus, ohne Nachfolge"), here.running_out(figures.day).count()],
    ]
    method = _(
        "Quelle: die Vereinbarungen bei den Partnern; ohne Ende gilt eine, bis jemand sie beendet."
    )
    return Chapter(_("Vereinbarungen"), [_("Was"), _("Anzahl")], rows, method)


def _of_institutions(figures):
    letters = HouseLetter.objects.to_houses().filter(sent_at__date__range=figures.in_year)
    wanted = ChangeProposal.objects.exclude(institution=None)
    wanted = wanted.filter(created_at__date__range=figures.in_year)
    calls = Call.objects.filter(called_at__date__range=figures.in_year)
    rows = [
        [_("Briefe mit der Bitte, Einträge zu bestätigen"), letters.count()],
        [_("davon beantwortet"), letters.answered().count()],
        [_("Vorschläge von Einrichtungen"), wanted.count()],
        [_("davon übernommen"), wanted.filter(state=ChangeProposal.State.ACCEPTED).count()],
        [_("Anrufe bei Einrichtungen"), calls.count()],
        [_("dabei bestätigte Einträge"), calls.aggregate(n=Sum("confirmed", default=0))["n"]],
    ]
    method = _("Quelle: Briefe, Vorschläge und Anrufe in diesem Jahr; immer die ganze Stadt.")
    return Chapter(_("Beteiligung der Einrichtungen"), [_("Was"), _("Anzahl")], rows, method)


def _of_families(figures):
    told = Experience.objects.filter(week__range=figures.in_year)
    missed = UnmetNeed.objects.filter(month__range=figures.in_year)
    rows = [
        *(_summed(one.label, told.filter(kind=one), "number") for one in Experience.Kind),
        *(_summed(one.label, missed.filter(kind=one), "count") for one in UnmetNeed.Kind),
        _enough(
            _("Hinweise zu Einträgen"),
            Feedback.objects.of_readers().filter(created_on__range=figures.in_year).count(),
        ),
        _enough(_("bekommen den Newsletter (heute)"), Subscription.objects.active().count()),
    ]
    method = _(
        "Quelle: „Waren Sie da?“, vergebliche Suchen, Hinweise und Newsletter, soweit das Portal "
        "sie noch aufbewahrt; immer die ganze Stadt. Weniger als fünf sind nie genannt: Es könnte "
        "eine Person sein."
    )
    return Chapter(_("Beteiligung der Familien"), [_("Was"), _("Anzahl")], rows, method)


def _summed(name, found, field):
    return _enough(str(name), found.aggregate(n=Sum(field, default=0))["n"])


def _enough(name, number):
    return [name, number if number >= FEWEST_OF_FAMILIES else _("weniger als 5")]
