"""What something costs, as a set of cents that can be compared; free is 0."""

import re

AMOUNT = re.compile(
    r"(?<![\d.,])(\d{1,4})(?:[.,](\d{2}|-{1,2}|–))?\s?(?:€|euro\b|eur\b)|"
    r"(?:€|\beuro|\beur)\s?(\d{1,4})(?:[.,](\d{2}))?(?!\d)",
    re.IGNORECASE,
)
FREE = re.compile(
    r"\b(?:kostenlos|kostenfrei|gebührenfrei|entgeltfrei|unentgeltlich|beitragsfrei)(?:e[rsnm]?)?\b|"
    r"\b(?:eintritt|teilnahme|besuch)(?: ist)?:? frei\b|\bkost(?:et|en) nichts\b|"
    r"\bkeine (?:kosten|gebühr)",
    re.IGNORECASE,
)
NOT_FREE = re.compile(
    r"nicht (?:kostenlos|kostenfrei)|(?:kostenlose\w*|kostenfreie\w*) (?:parkplätz|wlan|hotline|"
    r"nummer|erstgespräch|schnupper|probe|app|download|newsletter)|kostenlos (?:parken|aus dem)|"
    r"(?:kostenlos|kostenfrei) (?:für|mit|bei|ab|bis|unter)\b|"
    r"(?:erste\w*|schnupper\w*) .{0,30}kosten(?:los|frei)",
    re.IGNORECASE,
)
ABOUT = re.compile(
    r"kosten\b|kostet|gebühr|beitrag|\bpreis|eintritt|entgelt|teilnahme|honorar|"
    r"(?:pro|je|im|für) (?:kind|person|familie|termin|treffen|monat|stunde|kurs|nachmittag|woche|"
    r"tag|einheit|vormittag|besuch|erwachsene)|monatlich|wöchentlich|\bzahlen\b|\bkurs",
    re.IGNORECASE,
)
OF_OTHER_THINGS = re.compile(
    r"spende|entschädigung|ehrenamtlich|kaution|pfand|verdien|lohn|gehalt|bußgeld|kindergeld|"
    r"zuschuss|gutschein|preisgeld|budget|"
    r"förder(?:ung|t|summe)|parken|parkgebühr|stellplatz|miete|vermietung|material|getränk|kaffee|"
    r"kuchen|essen\b|mittagessen|versand|mahngebühr|säumnis|mitgliedsbeitrag|steuer|gewonnen|gewinn|"
    r"bis zu \d+ (?:€|euro)|rabatt",
    re.IGNORECASE,
)


def amounts_in(text):
    """Return the cents that a text names, with 0 where it says that something costs nothing."""
    found = set()
    for match in AMOUNT.finditer(text):
        euros, cents = (match[1], match[2]) if match[1] else (match[3], match[4])
        found.add(int(euros) * 100 + (int(cents) if cents and cents.isdigit() else 0))
    if FREE.search(text) and not NOT_FREE.search(text):
        found.add(0)
    return frozenset(found)


def is_about_the_price(text, headings=()):
    """Whether an amount in a text, below some headings, is what a family pays to take part."""
    if OF_OTHER_THINGS.search(text) or any(OF_OTHER_THINGS.search(one) for one in headings):
        return False
    return bool(ABOUT.search(" / ".join((*headings[-1:], text)))) or bool(FREE.search(text))
