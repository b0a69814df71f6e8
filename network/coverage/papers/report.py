"""The chain on two pages of paper for the committee: the picture first, then the figures and how
they are counted.
"""

from itertools import chain, repeat

from django.conf import settings
from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from kekiz_portal.lib import times
from network.coverage import findings
from network.coverage.cells import Thin
from network.coverage.doors import Doors
from network.coverage.thread import Thread
from network.lists import signs


def report(overview, by):
    """Return the PDF (PDF/UA-1) of an ``Overview``; ``by`` is who asked for it."""
    day = times.plain_day(overview.day)
    place = str(overview.place.label)
    data = {
        "title": _("Präventionskette %s") % place,
        "by": by,
        "about": f"{settings.CITY['full_name']}, {settings.CITY['department']} · {day}",
        "fonts": signs.FONTS,
        "lead": f"{capfirst(overview.cut.name)}. " + _("Stand %s.") % day,
        "figures": _figures(overview),
        "sentences": sentences(overview),
        "thread": _thread(overview),
        "heads": [_("Thema"), *(one.name for one in overview.phases)],
        "rows": [[topic.name, *map(_words, fields)] for topic, fields in overview.rows],
        "caption": _("Erreichbare Angebote von allen, je Thema und Lebensphase"),
        "steps": [
            [one.name, str(whole.offers), str(whole.within_reach), str(whole.providers)]
            for one, whole, _fields in overview.step_rows
        ],
        "parts": [
            [
                str(one["part"].label),
                str(one["there"]),
                str(one["within_reach"]),
                _("%(open)d von %(fields)d") % {"open": one["open"], "fields": one["fields"]},
            ]
            for one in overview.by_part()
        ],
        "words": {
            "page": _("Seite"),
            "of": _("von"),
            "picture": _("So dicht ist das Netz"),
            "legend": _(
                "Je dicker, desto mehr erreichbare Angebote. Gestrichelt: nur eines, oder alle von "
                "einem Anbieter. Ausgefranst: nichts erreichbar. Kein Faden: In diesem Alter wird "
                "das Thema nicht gebraucht."
            ),
            "most": _("Das Wichtigste"),
            "table": _("Die Kette in Zahlen"),
            "steps": _("Übergänge"),
            "step_heads": [_("Schritt"), _("Angebote"), _("erreichbar"), _("Anbieter")],
            "parts": _("Stadtbezirke und Ortsteile"),
            "part_heads": [_("Wo"), _("vor Ort"), _("erreichbar"), _("ohne Erreichbares")],
            "method": _("So ist gezählt"),
        },
        "method": _method(),
    }
    return signs.tagged_pdf("chain.typ", data)


def _figures(overview):
    all_here, mend = overview.all_here, findings.mend(overview)
    found = [
        [str(all_here.offers), _("Angebote")],
        [str(all_here.within_reach), _("davon erreichbar")],
        [f"{mend.open} / {mend.fields}", _("Felder ohne Erreichbares")],
        [str(len(findings.thin_ice(overview)[Thin.ONE_PROVIDER])), _("Felder mit nur 1 Anbieter")],
        [
            _("%s %%") % number_format(Doors().percent),
            _("der Fragen haben eine zuständige Stelle (ganze Stadt)"),
        ],
    ]
    if overview.since and overview.since.then.entries:
        change = overview.change
        words = _("kamen, gingen seit %s") % times.plain_day(overview.since.day)
        found.append([f"+{len(change.came)} −{len(change.gone)}", words])
    return found


def sentences(overview):
    """Return what matters most, the biggest hole first."""
    mend = findings.mend(overview)
    words = chain(
        [_("Das größte Loch: „%(topic)s“, %(ages)s: %(months)d Monate nichts Erreichbares.")],
        repeat(_("Danach: „%(topic)s“, %(ages)s: %(months)d Monate.")),
    )
    found = [
        one % {"topic": hole.topic, "ages": hole.age_words, "months": hole.months}
        for one, hole in zip(words, findings.holes(overview)[:3], strict=False)
    ]
    if mend.open:
        found.append(
            _("Von %(open)d leeren Feldern schließt %(calls)d ein Anruf, %(new)d ein Angebot.")
            % {"open": mend.open, "calls": mend.by_a_call, "new": mend.new}
        )
    if overview.doubles_here:
        found.append(
            _("Stellen, an denen drei Anbieter oder mehr dasselbe zur selben Zeit tun: %d.")
            % len(overview.doubles_here)
        )
    if overview.is_nothing_confirmed:
        found.append(_("Kein Eintrag ist bestätigt: Alle Zahlen beruhen auf ungeprüften Angaben."))
    return found


def _thread(overview):
    """Return the picture of the page; who cannot see it reads where it is torn."""
    thread = Thread(overview)
    torn = [
        f"{topic} ({', '.join(phases)})"
        for topic, *_at, pieces in thread.lines
        if (phases := _torn(thread, pieces))
    ]
    told = {"torn": "; ".join(torn) or _("nirgends")}
    return {
        "alt": _("Je Thema ein Faden durch die Lebensphasen. Gerissen ist er hier: %(torn)s.")
        % told,
        "heads": [one.name for one in thread.phases],
        "lines": [
            {"topic": topic, "pieces": [_piece(one) for one in pieces]}
            for topic, _y, pieces in thread.lines
        ],
    }


def _torn(thread, pieces):
    along = zip(thread.phases, pieces, strict=True)
    return [phase.name for phase, one in along if one.kind == "torn"]


def _piece(piece):
    ends = {sign for _x, sign in piece.torn_from}
    about = {"kind": piece.kind, "width": piece.width}
    return about | {"starts": 1 in ends, "ends": -1 in ends}


def _words(field):
    cell = field.cell
    if cell.is_empty:
        return str(cell.worst.label)
    return _("%(reached)d von %(all)d") % {"reached": cell.within_reach, "all": cell.offers}


def _method():
    return [
        _("Quelle: die Einträge des Portals, wie Familien sie an diesem Tag sehen."),
        _("Erreichbar heißt: Kontakt, Ort und Zeit oder Zugang sind bekannt."),
        _("Was ins Haus kommt, online, am Telefon oder in der ganzen Stadt ist, zählt überall."),
        _(
            "Ein Feld ist ein Thema in einer Lebensphase. Leer heißt es nur in dem Alter, in dem "
            "das Thema nach Annahme der Planung gebraucht wird."
        ),
        _("Die Excel-Datei derselben Seite nennt alle Zahlen, auch die Kinderzahlen mit Quelle."),
    ]
