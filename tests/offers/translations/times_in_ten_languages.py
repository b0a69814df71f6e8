"""Reads when something takes place back into a rule, in every language of the pages.

The sentences are written down here once more; names of days and months are those of CLDR (Babel).
"""

import re
from functools import cache

from babel import Locale
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import override

DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
# How often, in the order of KINDS; then hours, in the order of HOURS; then the holidays.
KINDS = ["daily", "two weeks", "weeks", "month", "months", "year on", "year"]
HOURS = ["around the clock", "over night", "between", "from"]
HOLIDAYS = ["skip", "only"]
SAID = {
    "de": [
        *("täglich", "alle zwei Wochen {days}", "alle {n} Wochen {days}"),
        *("jeden {w} {d} im Monat", "alle {n} Monate am {w} {d}"),
        *("jedes Jahr am {n}. {month}", "jedes Jahr am {w} {d} im {month}"),
        *("rund um die Uhr", "{a} Uhr bis {b} Uhr am nächsten Tag", "{a}–{b} Uhr", "ab {a} Uhr"),
        *("nicht in den Schulferien", "nur in den Schulferien"),
    ],
    "en": [
        *("daily", "every two weeks {days}", "every {n} weeks {days}"),
        *("every {w} {d} of the month", "every {n} months on the {w} {d}"),
        *("every year on the {n}{th} {month}", "every year on the {w} {d} in {month}"),
        *("around the clock", "from {a} to {b} the next day", "from {a} to {b}", "from {a}"),
        *("not in the school holidays", "only in the school holidays"),
    ],
    "tr": [
        *("her gün", "iki haftada bir {days}", "{n} haftada bir {days}"),
        *("her ayın {w} {d} günü", "{n} ayda bir, ayın {w} {d} günü"),
        *("her yıl {n} {month} günü", "her yıl {month} ayının {w} {d} günü"),
        *("günün her saati", "saat {a} – ertesi gün {b}", "saat {a}–{b}", "saat {a} sonrası"),
        *("okul tatillerinde yok", "yalnızca okul tatillerinde"),
    ],
    "ar": [
        *("كل يوم", "كل أسبوعين {days}", "كل {n} أسابيع {days}"),
        *("يوم {d} {w} من كل شهر", "كل {n} أشهر يوم {d} {w}"),
        *("كل سنة يوم {n} {month}", "كل سنة يوم {d} {w} من {month}"),
        *("على مدار الساعة", "من {a} حتى {b} في اليوم التالي", "من {a} إلى {b}", "من الساعة {a}"),
        *("ليس في العطل المدرسية", "في العطل المدرسية فقط"),
    ],
    "uk": [
        *("щодня", "раз на два тижні {days}", "раз на {n} тиж. {days}"),
        *("щомісяця: {d} ({w} такий день)", "раз на {n} міс.: {d} ({w} такий день місяця)"),
        *("щороку: {n} {month}", "щороку, {month}: {d} ({w} такий день)"),
        *("цілодобово", "{a} – {b} год наступного дня", "{a}–{b} год", "з {a} год"),
        *("не на шкільних канікулах", "лише на шкільних канікулах"),
    ],
    "ru": [
        *("ежедневно", "раз в две недели {days}", "раз в {n} нед. {days}"),
        *("каждый месяц: {d} ({w} такой день)", "раз в {n} мес.: {d} ({w} такой день месяца)"),
        *("каждый год: {n} {month}", "каждый год, {month}: {d} ({w} такой день)"),
        *("круглосуточно", "{a} – {b} ч. следующего дня", "{a}–{b} ч.", "с {a} ч."),
        *("не в школьные каникулы", "только в школьные каникулы"),
    ],
    "pl": [
        *("codziennie", "co dwa tygodnie {days}", "co {n} tyg. {days}"),
        *("co miesiąc: {w} {d}", "co {n} mies.: {w} {d}"),
        *("co roku, dnia {n} {month}", "co roku: {w} {d}, {month}"),
        *(
            "całą dobę",
            "od godz. {a} do godz. {b} następnego dnia",
            "godz. {a}–{b}",
            "od godz. {a}",
        ),
        *("nie w ferie szkolne", "tylko w ferie szkolne"),
    ],
    "ro": [
        *("zilnic", "la două săptămâni {days}", "la {n} săptămâni {days}"),
        *("în fiecare lună: {w} {d}", "la {n} luni: {w} {d}"),
        *("în fiecare an, pe {n} {month}", "în fiecare an: {w} {d} din {month}"),
        *(
            "non-stop",
            "ora {a} până la ora {b} în ziua următoare",
            "orele {a}–{b}",
            "de la ora {a}",
        ),
        *("nu în vacanțele școlare", "doar în vacanțele școlare"),
    ],
    "bg": [
        *("всеки ден", "на всеки две седмици {days}", "на всеки {n} седмици {days}"),
        *("всеки месец: {w} {d}", "на всеки {n} месеца: {w} {d}"),
        *("всяка година на {n} {month}", "всяка година: {w} {d}, {month}"),
        *("денонощно", "{a} ч. до {b} ч. на следващия ден", "{a}–{b} ч.", "от {a} ч."),
        *("не през училищните ваканции", "само през училищните ваканции"),
    ],
    "fa": [
        *("هر روز", "هر دو هفته {days}", "هر {n} هفته {days}"),
        *("{w} {d} هر ماه", "هر {n} ماه {w} {d}"),
        *("هر سال روز {n} {month}", "هر سال {w} {d} ماه {month}"),
        *("شبانه‌روزی", "ساعت {a} تا {b} روز بعد", "ساعت {a} تا {b}", "از ساعت {a}"),
        *("نه در تعطیلات مدرسه", "فقط در تعطیلات مدرسه"),
    ],
}
WEEKS = {
    "de": "ersten zweiten dritten vierten letzten",
    "en": "first second third fourth last",
    "tr": "ilk ikinci üçüncü dördüncü son",
    "ar": "الأول الثاني الثالث الرابع الأخير",
    "uk": "перший другий третій четвертий останній",
    "ru": "первый второй третий четвёртый последний",
    "pl": "1. 2. 3. 4. ostatni/-a",
    "ro": "prima a_doua a_treia a_patra ultima",
    "bg": "първи/първа втори/втора трети/трета четвърти/четвърта последен/последна",
    "fa": "اولین دومین سومین چهارمین آخرین",
}
NUMBER_OF_WEEK = [1, 2, 3, 4, -1]
COMMAS = ",،"
LISTED = re.compile(f"[{COMMAS}] ")
CLOCK = r"\d{1,2}(?::\d\d)?"
GAPS = {"days": "[^0-9]+", "n": r"\d+", "th": "st|nd|rd|th", "d": ".+", "month": ".+?"}
OTHERWISE_SPELLED = {"ar": {"إبريل": 4}}
GAPS |= {"a": CLOCK, "b": CLOCK}
ENDS = "first", "last"


def read(words, language):
    """Return how often, at which hours and in which holidays something takes place."""
    said = dict(zip([*KINDS, *HOURS, *HOLIDAYS], SAID[language], strict=True))
    holidays = next((one for one in HOLIDAYS if words.endswith(f" {said[one]}")), "keep")
    words = words.removesuffix(f" {said.get(holidays)}").rstrip(COMMAS)
    for kind in HOURS:
        if found := re.fullmatch(f"(.+) {_pattern(said[kind], language)}", words):
            words, hours = found[1], (kind, *(found.groupdict()[gap] for gap in _gaps(said[kind])))
            break
    else:
        hours = ()
    return _how_often(words, said, language), hours, holidays


def _how_often(words, said, language):
    for kind in KINDS:
        if found := re.fullmatch(_pattern(said[kind], language), words):
            gaps = found.groupdict()
            return kind, *(_value(gap, gaps[gap], language) for gap in sorted(gaps) if gap != "th")
    return "week", _value("days", words, language)


def _value(gap, text, language):
    if gap == "n":
        return int(text)
    if gap == "w":
        return NUMBER_OF_WEEK[_weeks(language).index(text)]
    if gap == "d":
        return DAYS[_weekdays(language).index(_plain(text))]
    if gap == "month":
        return months(language)[_plain(text)]
    return tuple(DAYS[_short_weekdays(language).index(one)] for one in LISTED.split(text))


@cache
def _pattern(said, language):
    gaps = GAPS | {"w": "|".join(map(re.escape, _weeks(language)))}
    parts = re.split(r"\{(\w+)\}", said)
    parts[::2] = map(re.escape, parts[::2])
    parts[1::2] = [f"(?P<{gap}>{gaps[gap]})" for gap in parts[1::2]]
    return "".join(parts)


def _gaps(said):
    return re.findall(r"\{(\w+)\}", said)


def _weeks(language):
    return [one.replace("_", " ") for one in WEEKS[language].split()]


@cache
def _weekdays(language):
    return [_plain(Locale(language).days["format"]["wide"][day]) for day in range(7)]


@cache
def _short_weekdays(language):
    with override(language):
        return [str(WEEKDAYS_ABBR[day]) for day in range(7)]


@cache
def months(language):
    """Return the numbers of the months by their names, alone and after a day."""
    forms = Locale(language).months
    return OTHERWISE_SPELLED.get(language, {}) | {
        _plain(name): number
        for form in ("format", "stand-alone")
        for number, name in forms[form]["wide"].items()
    }


def _plain(name):
    return re.sub("[ ʼ’'‌]", "", name).casefold()


def read_hours(words, language):
    """Return from when to when somebody answers, by day of the week: {0: [("8", "16:30")]}."""
    between = _pattern(
        dict(zip([*KINDS, *HOURS], SAID[language], strict=False))["between"], language
    )
    days = "|".join(map(re.escape, _short_weekdays(language)))
    one = re.compile(f"(?:(?P<first>{days})(?:–(?P<last>{days}))? )?{between}")
    found, run = {}, []
    for part in LISTED.split(words):
        read = one.fullmatch(part)
        if read["first"]:
            numbers = [_short_weekdays(language).index(read[end] or read["first"]) for end in ENDS]
            run = range(numbers[0], numbers[1] + 1)
        for day in run:
            found.setdefault(day, []).append((read["a"], read["b"]))
    return found
