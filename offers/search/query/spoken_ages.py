"""Ages as people write them: "7 Jahre", "1 jährige", "anderthalb", "2. Klasse", "3 yaş".

An age becomes a month for the filter ``alter``; being pregnant, or a word such as "Baby",
becomes a phase of life.
"""

import re
from dataclasses import replace

from lifephases.ages import MONTHS_A_YEAR, OLDEST
from offers.search.words.folding import fold
from offers.search.words.tokens import Spoken

WEEKS_A_MONTH = 4.35
HALF_A_YEAR = 6  # how much younger than three "under three" is taken for
AGE_BEFORE_FIRST_FORM = 5  # a child in the first form is six, or about to be seven
LAST_FORM = 13
APART = 3 * MONTHS_A_YEAR  # from which two ages are those of two children


def _any_of(text):
    """Return a pattern for one of these words; a star stands for any ending."""
    words = sorted(text.split(), key=len, reverse=True)
    patterns = (re.escape(fold(word.rstrip("*"))) + r"\w*" * word.endswith("*") for word in words)
    return f"(?:{'|'.join(patterns)})"


_NUMBERS = {
    0.5: "halbes halb",
    1: "ein eine einen einem einer eines one bir один одна одного jeden eden",
    1.5: "anderthalb anderthalbjährig eineinhalb einundhalb полтора півтора półtora birbuçuk",
    2: "zwei zwo two iki два две дві dwa",
    2.5: "zweieinhalb",
    3: "drei three üç три trzy trei sê",
    3.5: "dreieinhalb",
    4: "vier four dört чотири четыре cztery patru",
    4.5: "viereinhalb",
    5: "fünf five beş п'ять пять pięć cinci",
    5.5: "fünfeinhalb",
    6: "sechs six altı шість шесть sześć șase",
    7: "sieben seven yedi сім семь siedem șapte",
    8: "acht eight sekiz вісім восемь osiem opt",
    9: "neun nine dokuz",
    10: "zehn ten",
    11: "elf eleven",
    12: "zwölf twelve",
    13: "dreizehn thirteen",
    14: "vierzehn fourteen",
    15: "fünfzehn fifteen",
    16: "sechzehn sixteen",
    17: "siebzehn seventeen",
    18: "achtzehn eighteen",
}
NUMBERS = {fold(word): number for number, words in _NUMBERS.items() for word in words.split()}
_ORDINALS = "erst zweit dritt viert fünft sechst siebt acht neunt zehnt elft zwölft dreizehnt"
ORDINALS = {fold(word): number for number, word in enumerate(_ORDINALS.split(), start=1)}

YEARS = _any_of(
    """jahr jahre jahren jahres jährig* j year years yr yrs yo yıl yaş yaşında* yaşlarında yaşına
    лет год года годик* годовал* роки років рік року річн* година години годишн* lat lata rok
    roku letni* latek latka latki rocz* летн* ani an
    سنوات سنة سنين عام اعوام سال ساله سالگی sal salî salan
    snin sneen senin sana sanawat saleh salashe salesh godini godina goda rokiv roki rik"""
)
MONTHS = _any_of(
    """monat monate monaten monats mon monatig* month months aylık ay aylik месяц* місяц* місяці*
    месец* miesiąc* miesięcy miesięczn* luni lună شهر اشهر أشهر شهور ماه ماهه meh mehan mehî"""
)
WEEKS = _any_of("woche wochen wochig* wöchig* week weeks haftalık недель недели тижні* tygodni")
CHILD = _any_of(
    """kind kinder kindern sohn sohnes tochter töchter junge jungen mädchen bub enkel enkelin
    teenager teenie zwilling zwillinge großer große kleiner kleine son daughter boy girl child
    children kid kids oğlum kızım çocuk çocuğum oğlu kızı сын* дочь дочка дочери ребенок ребенку
    син* донька доньці дитина дитині syn syna córka córki dziecko dziecka fiul fiica copil copilul
    дъщеря дете jungs mädels enkelkind neffe nichte cousin cousine bruder schwester
    ibni benti binti pesaram dokhtaram rebenok rebenku dochka dytyna deteto sinat
    ابني ابنتي ابن ابنه طفل طفلي پسرم دخترم پسر دختر فرزند kurê keça zarok"""
)
BABY = _any_of("baby säugling bebek bebe бебе")
FORM = _any_of("klasse klassen klässler* schuljahr sınıf* класс* клас* grade klasa klasy")
FROM = _any_of("ab über bis alter age aged wiek lebensalter")
BETWEEN = r"(?: (?:ist|wird|von|mit|jetzt|bald|fast|is|aged|alter|age|im alter von))? "
NUMBER = rf"(?:\d{{1,2}}(?:\.\d)?|{_any_of(' '.join(NUMBERS))})"
DIGITS = r"\d{1,2}"
START, END = r"(?<![\w.])", r"(?![\w.])"
NO_SPAN_BEFORE = r"(?<!\bseit )(?<!\bvor )(?<!\bin )"  # how long ago, or until when
NO_AGE_AFTER = (
    rf"{END}(?! (?:uhr|euro|eur|mal|x|kinder|kindern|kids|tag|tage|tagen|stunden?|minuten|wochen?"
    r"|km|prozent|klasse|klassen|personen|plat\w*|schuljahr|geschwister|children|euros))"
)
HALF_YEARS = _any_of("anderthalb eineinhalb zweieinhalb dreieinhalb viereinhalb fünfeinhalb")
# Ages that one word says, in months.
SAID_AS_ONE = {
    "vorschulkind": 60,
    "vorschulkinder": 60,
    "vorschuler": 60,
    "vorschulalter": 60,
    "halbjahrig": 6,
    "halbjahrige": 6,
    "halbjahriges": 6,
    "سنتين": 24,
    "سنتان": 24,
    "عامين": 24,
    "شهرين": 2,
}
ORDINAL = _any_of(" ".join(ORDINALS))
OLD = r"(?: (?:alt\w*|old))?"


def _span(kind):
    """Return the pattern of two numbers of a kind: "6-10", "6 bis 10"."""
    return rf"(?P<{kind}>{NUMBER})(?:-| bis | to | до | do | la )(?P<until>{NUMBER})"


# Two children are not one of the age between: what fits one of them has to stay.
AND = (
    r"(?: (?:und|oder|u|and|or|ve|veya|і|й|та|або|и|или|i|lub|albo|si|sau|an) "
    r"| (?:و|او|يا) ?)"
)
ONE_MORE = rf"(?:[ .]{NUMBER})*{AND}{NUMBER}"
SEVERAL = [
    re.compile(START + pattern)
    for pattern in (
        rf"{NUMBER}{ONE_MORE} ?(?:{YEARS}|{MONTHS}|{FORM}){END}",
        rf"{CHILD}{BETWEEN}{NUMBER}{ONE_MORE}" + NO_AGE_AFTER,
        rf"{FORM} {NUMBER}{ONE_MORE}{END}",
        rf"(?:mit|fur) {DIGITS}{ONE_MORE}$",
    )
]
WITHIN = r"(?:zwischen|between|между|між|помежду|miedzy|intre|بين)"
JUST_WITHIN = re.compile(rf"(?<!\w){WITHIN} (?:den )?$")


YEARS_AND_MONTHS = (
    rf"(?P<years>{NUMBER})(?P<half> bucuk)? ?{YEARS}"
    rf"(?: und (?P<months>{DIGITS}) ?{MONTHS})?"
)
NUMBER_WORDS = _any_of(" ".join(word for word, number in NUMBERS.items() if number > 1))

# What is written, and the groups in it that say years, months, weeks or a form of school.
PATTERNS = [
    re.compile(pattern)
    for pattern in (
        START + rf"(?:unter|under|u) (?P<under>{DIGITS})" + NO_AGE_AFTER + f"(?: {YEARS})?",
        START + _span("years") + f" ?{YEARS}{END}",
        START + _span("months") + f" ?{MONTHS}{END}",
        START + rf"{WITHIN} (?P<years>{NUMBER}){AND}(?P<until>{NUMBER}) ?(?:{YEARS})?{END}",
        START + NO_SPAN_BEFORE + YEARS_AND_MONTHS + OLD + END,
        START + NO_SPAN_BEFORE + rf"(?P<months>{NUMBER}) ?{MONTHS}" + OLD + END,
        START + rf"(?P<weeks>{NUMBER}) ?{WEEKS} (?:alt\w*|old)" + END,
        START + rf"(?P<form>{DIGITS}) ?{FORM}" + END,
        START + rf"{FORM} (?P<form>{DIGITS})" + END,
        START + rf"(?P<ordinal>{ORDINAL})(?:e[nrs]? (?:klasse|schuljahr)|klass(?:e|ler\w*))" + END,
        START + rf"(?P<said>{_any_of(' '.join(SAID_AS_ONE))})" + END,
        # Numbers without a unit only count beside whom they are about.
        START + BABY + BETWEEN + rf"(?P<months>{DIGITS})" + NO_AGE_AFTER,
        START + CHILD + BETWEEN + rf"(?P<years>{DIGITS}|{NUMBER_WORDS})" + NO_AGE_AFTER,
        START + FROM + rf" (?P<years>{DIGITS})" + NO_AGE_AFTER,
        START + rf"(?:mit|fur|ab) (?P<years>{DIGITS}|{NUMBER_WORDS})$",
        START + rf"(?P<years>{DIGITS})-(?P<until>{DIGITS})" + NO_AGE_AFTER,
        START + rf"(?P<years>{HALF_YEARS})" + END,
    )
]


# Who tells of somebody may leave out whose age it is, and the unit: "mit 9 noch nicht allein".
NO_AGE_BEFORE = "".join(
    f"(?<!{word} )"
    for word in [
        "um",
        "am",
        "nr",
        "at",
        "bis",
        "vor",
        "nur",
        "seit",
        "gegen",
        "hartz",
        "grad",
        "до",
    ]
)
COUNTED = _any_of("kleine kleinen zwerge blagen jungs mädels söhne töchter mädchen enkel zimmer")
NO_COUNT = rf"(?! (?:auf|im zeugnis|in (?:mathe|deutsch|englisch)|{COUNTED}|{YEARS}|{MONTHS})\b)"
NO_DATE = r"(?! (?:jan|feb|marz|apr|mai|jun|jul|aug|sep|okt|nov|dez))"
TOLD = [
    re.compile(START + rf"(?:in|nach) der (?P<form>{DIGITS})" + NO_AGE_AFTER),
    re.compile(START + NO_AGE_BEFORE + r"(?P<years>\d|1[0-7])" + NO_AGE_AFTER + NO_DATE + NO_COUNT),
]


DAYS = _any_of("tag tage tagen day days")
TYPED = rf"(?:\d{{1,4}}(?:[.,]\d{{1,2}})?|[.,]\d|{_any_of(' '.join(NUMBERS))})"
# An age that stands alone in a field, and whose unit may stand in another.
TYPED_AGES = [
    re.compile(rf"(?:ca |etwa )?{pattern}{OLD}")
    for pattern in (
        rf"(?P<number>{TYPED})",
        rf"(?P<years>{TYPED}) ?{YEARS}(?:(?: und| u|,)? (?P<months>{TYPED}) ?{MONTHS})?",
        rf"(?P<months>{TYPED}) ?{MONTHS}",
        rf"(?P<weeks>{TYPED}) ?{WEEKS}",
        rf"(?P<days>{TYPED}) ?{DAYS}",
    )
]
DAYS_A_MONTH = 30.4
LONGEST_TYPED_AGE = 60


def typed_age(text, *, in_months):
    """Return the months of an age that was typed into a field of its own, ``None`` if it is none.

    "6 Wochen" is 1, "2½ Jahre" 30, "anderthalb" 18. A number alone is years, or ``in_months``.
    There is no limit to the age: who asks has to say that nobody helps at that age.
    """
    if len(text) > LONGEST_TYPED_AGE:
        return None
    said = " ".join(fold(text.replace("1/2", "½").replace(" ½", "½")).replace(". ", " ").split())
    hit = next((hit for one in TYPED_AGES if (hit := one.fullmatch(said))), None)
    if hit is None:
        return None
    numbers = {name: _typed_number(number) for name, number in hit.groupdict().items()}
    number = numbers.get("number", 0)
    years = numbers.get("years", 0) + (0 if in_months else number)
    months = numbers.get("months", 0) + (number if in_months else 0)
    months += numbers.get("weeks", 0) / WEEKS_A_MONTH + numbers.get("days", 0) / DAYS_A_MONTH
    return int(years * MONTHS_A_YEAR + months)


def _typed_number(text):
    return _number(text.replace(",", ".")) if text else 0


def ages_in(line, *, is_told=False):
    """Return each age that is ``Spoken`` of, and those of another number only as words.

    The first age is the one that counts, because the filter takes one; none does where several
    children are named. Where somebody tells of himself (``is_told``) a number alone may be one.
    """
    several = _of_several(line)
    found, taken = [], {at for one in several for at in one.positions}
    for pattern in [*PATTERNS, *TOLD] if is_told else PATTERNS:
        for hit in pattern.finditer(line.text):
            month = _month(hit.groupdict())
            positions = line.positions(hit)
            if month is None or taken.intersection(positions):
                continue
            if pattern in TOLD and (found or several):
                break
            taken.update(positions)
            found.append(Spoken(positions, "alter", str(month), is_certain=True))
    months = [int(one.value) for one in found]
    if several or (months and max(months) - min(months) >= APART):
        return several + [replace(one, name="") for one in found]
    return found


def _of_several(line):
    """Return the words that tell the ages of several children, as no value of a filter."""
    hits = [hit for pattern in SEVERAL for hit in pattern.finditer(line.text)]
    hits = [hit for hit in hits if not JUST_WITHIN.search(line.text[: hit.start()])]
    return [Spoken(line.positions(hit), value=hit[0], is_certain=True) for hit in hits[:1]]


def _month(said):
    """Return the month of an age, ``None`` if there is no such age."""
    if said.get("said"):
        return SAID_AS_ONE[said["said"]]
    form = said.get("form") or ORDINALS.get(said.get("ordinal"))
    if form:
        return _in_months(AGE_BEFORE_FIRST_FORM + int(form)) if int(form) <= LAST_FORM else None
    if said.get("under"):
        return _in_months(int(said["under"])) - HALF_A_YEAR
    if said.get("weeks"):
        return int(_number(said["weeks"]) / WEEKS_A_MONTH)
    years = _number(said.get("years")) + (0.5 if said.get("half") else 0)
    months = _number(said.get("months"))
    if said.get("until"):  # the middle of a span is where most of it fits
        until = _number(said["until"])
        years, months = (years and (years + until) / 2), (months and (months + until) / 2)
    month = int(years * MONTHS_A_YEAR + months)
    return month if month <= OLDEST else None


def _in_months(years):
    return int(years * MONTHS_A_YEAR)


def _number(text):
    if not text:
        return 0
    return NUMBERS[text] if text in NUMBERS else float(text)
