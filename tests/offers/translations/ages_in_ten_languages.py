"""Reads an age in words back into months, in every language of the pages, by words of its own.

Each language has a list of what to read as what; what is left afterwards is the same for all:
``3 Y TO UNDER 7``. # is a number, with an H where it is and a half.
"""

import re

READ_AS = {
    "de": [
        ("jedes Alter", "ANY"),
        ("Schwangerschaft", "BEFORE9"),
        ("bis zum #. Geburtstag", r"TO BIRTHDAY \1"),
        ("bis unter # Jahre", r"TO UNDER \1"),
        ("vor der Geburt", "BEFORE"),
        ("(?:zur|der)? ?Geburt", "BIRTH"),
        ("ab", "FROM"),
        ("bis", "TO"),
        ("Monat(?:en|e)?", "M"),
        ("Jahr(?:en|e)?", "Y"),
        ("und", "AND"),
    ],
    "en": [
        ("any age", "ANY"),
        ("Pregnancy", "BEFORE9"),
        ("until they turn #", r"TO BIRTHDAY \1"),
        ("to under # years", r"TO UNDER \1"),
        ("before birth", "BEFORE"),
        ("[Bb]irth", "BIRTH"),
        ("from", "FROM"),
        ("up to|until", "TO"),
        ("months?", "M"),
        ("years?", "Y"),
        ("and", "AND"),
    ],
    "tr": [
        ("her yaş", "ANY"),
        ("Hamilelik", "BEFORE9"),
        ("– #. yaş günü", r"TO BIRTHDAY \1"),
        ("– # yaş altı", r"TO UNDER \1"),
        ("doğumdan # ay önce(?:si)?", r"\1 M BEFORE"),
        ("doğumdan #–# ay önce", r"\1–\2 M BEFORE"),
        ("(.+) ve sonrası", r"FROM \1"),
        ("[Dd]oğum", "BIRTH"),
        (" – ", " TO "),
        ("ay", "M"),
        ("yaş", "Y"),
        ("dahil", ""),
    ],
    "ar": [
        ("كل الأعمار", "ANY"),
        ("الحمل", "BEFORE9"),
        ("حتى إتمام سن #", r"TO BIRTHDAY \1"),
        ("حتى ما قبل سن #", r"TO UNDER \1"),
        ("من سن # إلى #", r"\1–\2 Y"),
        ("من # إلى # (?:أشهر|شهرًا|شهر)", r"\1–\2 M"),
        ("(?:ما )?قبل الولادة بـ# إلى # (?:أشهر|شهرًا|شهر)", r"\1–\2 M BEFORE"),
        ("(?:ما )?قبل الولادة بـ# (?:أشهر|شهرًا|شهر)", r"\1 M BEFORE"),
        ("الولادة", "BIRTH"),
        ("بدءًا من", "FROM"),
        ("حتى", "TO"),
        (" و(?=\\d)", " AND "),
        ("أشهر|شهرًا|شهر", "M"),
        ("سنوات|سنة", "Y"),
    ],
    "uk": [
        ("будь-який вік", "ANY"),
        ("Вагітність", "BEFORE9"),
        ("– до #-го дня народження", r"TO BIRTHDAY \1"),
        ("– до # років", r"TO UNDER \1"),
        ("– до народження", "TO BIRTH"),
        ("за #–# міс. до народження", r"\1–\2 M BEFORE"),
        ("(міс\\w*) до народження", r"\1 BEFORE"),
        ("(?:від )?[Нн]ародження", "BIRTH"),
        ("(.+) і далі", r"FROM \1"),
        (" – ", " TO "),
        ("міс(?:яц\\w*|\\.)|місяць", "M"),
        ("рок\\w*|рік", "Y"),
        ("і", "AND"),
    ],
    "ru": [
        ("любой возраст", "ANY"),
        ("Беременность", "BEFORE9"),
        ("– до #-го дня рождения", r"TO BIRTHDAY \1"),
        ("– до # (?:лет|года)", r"TO UNDER \1"),
        ("– до рождения", "TO BIRTH"),
        ("за #–# мес. до рождения", r"\1–\2 M BEFORE"),
        ("(мес\\w*) до рождения", r"\1 BEFORE"),
        ("(?:с )?[Рр]ождени[ея]", "BIRTH"),
        ("(.+) и далее", r"FROM \1"),
        (" – ", " TO "),
        ("мес(?:яц\\w*|\\.)", "M"),
        ("лет|год\\w*", "Y"),
        ("и", "AND"),
    ],
    "pl": [
        ("każdy wiek", "ANY"),
        ("Ciąża", "BEFORE9"),
        ("do #. urodzin", r"TO BIRTHDAY \1"),
        ("do ukończenia # lat", r"TO UNDER \1"),
        ("przed porodem", "BEFORE"),
        ("[Nn]arodzin\\w*", "BIRTH"),
        ("od:", "FROM"),
        ("do", "TO"),
        ("mies\\.", "M"),
        ("lata?|roku?", "Y"),
        ("i", "AND"),
    ],
    "ro": [
        ("orice vârstă", "ANY"),
        ("Sarcină", "BEFORE9"),
        ("până la a #-a aniversare", r"TO BIRTHDAY \1"),
        ("până la împlinirea a #(?: de)? ani", r"TO UNDER \1"),
        ("înainte de naștere", "BEFORE"),
        ("[Nn]aștere", "BIRTH"),
        ("de la", "FROM"),
        ("până la", "TO"),
        ("(?:de )?(?:luni|lună)", "M"),
        ("(?:de )?ani?", "Y"),
        ("și", "AND"),
    ],
    "bg": [
        ("всяка възраст", "ANY"),
        ("Бременност", "BEFORE9"),
        ("до навършване на # г\\.", r"TO BIRTHDAY \1"),
        ("до ненавършени # години", r"TO UNDER \1"),
        ("преди раждането", "BEFORE"),
        ("[Рр]аждане(?:то)?", "BIRTH"),
        ("от", "FROM"),
        ("до", "TO"),
        ("месеца?", "M"),
        ("годин[аи]", "Y"),
        ("и", "AND"),
    ],
    "fa": [
        ("هر سنی", "ANY"),
        ("بارداری", "BEFORE9"),
        ("تا روز تولد # سالگی", r"TO BIRTHDAY \1"),
        ("تا پیش از # سالگی", r"TO UNDER \1"),
        ("پیش از تولد", "BEFORE"),
        ("تولد", "BIRTH"),
        ("از", "FROM"),
        ("# تا #(?= ماه| سال)", r"\1–\2"),
        ("تا", "TO"),
        ("ماه", "M"),
        ("سال", "Y"),
        ("و", "AND"),
    ],
}

ISOLATES = dict.fromkeys(map(ord, "\u2066\u2069"))
HALF = {"fa": (r"(\d+) سال و نیم", r"\1H سال")}
YEAR = 12


def read(words, language):
    """Return the first and the last month that words say; ``None`` is open."""
    plain = words.translate(ISOLATES).replace("½", "H")
    plain = re.sub(*HALF.get(language, ("$^", "")), plain)
    for said, meant in READ_AS[language]:
        pattern = said.replace("#", r"(\d+H?)")
        if said == said.strip():  # whole words
            pattern = rf"(?<!\w)(?:{pattern})(?!\w)"
        plain = re.sub(pattern, meant, plain)
    return _read(" ".join(plain.split()))


def _read(plain):
    if plain == "ANY":
        return None, None
    if plain.startswith("FROM "):
        return _month(plain.removeprefix("FROM ")), None
    if " TO " in plain:
        first, last = plain.split(" TO ")
        return None if first == "BEFORE9" else _month(first), _month(last)
    if plain == "BEFORE9":
        return None, -1
    if found := re.fullmatch(r"(\w+)–(\w+) (M BEFORE|M|Y)", plain):
        first, last, unit = found.groups()
        whole = YEAR - 1 if unit == "Y" and not last.endswith("H") else 0
        return _month(f"{first} {unit}"), _month(f"{last} {unit}") + whole
    whole = YEAR - 1 if re.fullmatch(r"\d+ Y", plain) else 0
    return _month(plain), _month(plain) + whole


def _month(plain):
    """Return the month that one age says, in whatever order its parts stand."""
    if plain == "BIRTH":
        return 0
    if found := re.fullmatch(r"BIRTHDAY (\d+)", plain):
        return YEAR * int(found[1])
    if found := re.fullmatch(r"UNDER (\d+)", plain):
        return YEAR * int(found[1]) - 1
    if found := re.fullmatch(r"(\d+) M BEFORE", plain):
        return -int(found[1])
    found = re.fullmatch(r"(?:(\d+)(H)? Y)?(?: (?:AND )?)?(?:(\d+) M)?", plain)
    assert found, plain
    years, half, months = found.groups()
    return YEAR * int(years or 0) + (YEAR // 2 if half else 0) + int(months or 0)
