"""The Bestandsaufnahme of the networks: which there are, who belongs to them, and who to none."""

from django.utils.translation import gettext as _

from kekiz_portal.lib import german_order
from kekiz_portal.lib.times import plain_day
from network.models import Partner
from offers.models import District

from .chapters import Chapter, Paper
from .owed import Figures, partners_by_kind


def paper(overview, year, by):
    """Return the paper of the last day of a year; ``by`` is who asked for it."""
    figures = Figures(overview, year)
    chapters = [
        *(_groups(figures), _members(figures), partners_by_kind(figures)),
        *(_topics(figures), _parts(figures), _agreements(figures), _alone(figures)),
    ]
    return Paper(_("Bestandsaufnahme der Netzwerke"), figures.lead, by, chapters)


def _groups(figures):
    rows = [
        [str(one), str(one.get_kind_display()), one.description or "–", len(those)]
        for one, those in figures.groups.items()
    ]
    heads = [_("Netzwerk oder Verbund"), _("Art"), _("Worum es geht"), _("Partner")]
    method = _("Quelle: Netzwerke, die arbeiten und an diesem Tag Mitglieder hatten.")
    return Chapter(_("Welche Netzwerke es gibt"), heads, rows, method)


def _members(figures):
    known = {}
    for one in figures.members:
        known.setdefault((str(one.group), str(one.partner)), one)
    rows = [
        [
            group,
            name,
            str(one.partner.institution.kind),
            (one.since and plain_day(one.since)) or "–",
        ]
        for (group, name), one in sorted(known.items(), key=lambda pair: _order(*pair[0]))
    ]
    heads = [_("Netzwerk oder Verbund"), _("Einrichtung"), _("Art"), _("seit")]
    method = _("Quelle: die Mitgliedschaften des Tages. Personen sind hier nicht genannt.")
    return Chapter(_("Wer dazugehört"), heads, rows, method)


def _topics(figures):
    supply, provider = figures.supply, {}
    for one in figures.partners:
        provider[f"#{one.institution_id}"] = one.pk
    rows = []
    for topic in figures.overview.topics:
        entries = supply.entries_of(supply.about(topic.slug))
        those = {provider[one.provider] for one in entries if one.provider in provider}
        rows.append([topic.name, len(those), len(those & figures.in_a_group)])
    heads = [_("Thema"), _("Partner mit Angebot dazu"), _("davon in einem Netzwerk")]
    method = _("Quelle: die Angebote des Tages, deren Anbieter ein Partner ist.")
    return Chapter(_("Wozu Partner etwas anbieten"), heads, rows, method)


def _parts(figures):
    boroughs = [one for one in figures.overview.parts if one.level == District.Level.BOROUGH]
    rows = []
    for part in boroughs:
        there = set(Partner.objects.in_district(part.slug).values_list("pk", flat=True))
        those = there & {one.pk for one in figures.partners}
        rows.append([str(part.label), len(those), len(those & figures.in_a_group)])
    heads = [_("Stadtbezirk"), _("Partner mit einem Ort dort"), _("davon in einem Netzwerk")]
    method = _(
        "Quelle: die öffentlichen Orte der Partner von heute. Wer mehrere hat, zählt überall."
    )
    return Chapter(_("Wo Partner sind"), heads, rows, method)


def _agreements(figures):
    rows = [
        [
            str(one.partner),
            one.title,
            (one.valid_until and plain_day(one.valid_until)) or _("offen"),
        ]
        for one in sorted(figures.agreements, key=lambda one: _order(str(one.partner), one.title))
    ]
    method = _("Quelle: Vereinbarungen, die an diesem Tag galten.")
    heads = [_("Einrichtung"), _("Worüber"), _("gilt bis")]
    return Chapter(_("Vereinbarungen"), heads, rows, method)


def _alone(figures):
    those = [one for one in figures.partners if one.pk not in figures.in_a_group]
    rows = [
        [str(one), str(one.institution.kind)]
        for one in sorted(those, key=lambda one: _order(str(one)))
    ]
    method = _("Quelle: Partner ohne Mitgliedschaft an diesem Tag.")
    return Chapter(_("Partner in keinem Netzwerk"), [_("Einrichtung"), _("Art")], rows, method)


def _order(*words):
    return [german_order.key(one) for one in words]
