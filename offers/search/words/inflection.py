"""Which words count as one: forms of a word, and words that a phrase takes for another."""

from functools import lru_cache
from itertools import takewhile

from .folding import fold
from .stemming import stem

NOT = "nicht"
AGGLUTINATING = frozenset({"tr", "ku"})  # languages that add ending to ending
LETTERS_OF_A_ROOT = 4
LETTERS_IN_COMMON = 3
LAST_LATIN = "ɏ"
SHARED_IN_LATIN = (4, 4, 6)  # letters that words share of which none, one, two are lost
MOST_DIFFERENT = 4  # letters that words of another script do not share
SHORT_ENDING, ENDING, LONG_ENDING = 2, 3, 6

# Whoever writes "my son" means the child of a phrase; likewise for the others.
_SAME = {
    "kind": "kinder sohn sohne tochter tochtern junge jungs madchen bub enkel enkelin kleiner "
    "teenager teenie jugendlicher jugendliche zwillinge schuler schulerin",
    "baby": "babys saugling neugeborenes neugeborene kleines",
    "mann": "ehemann partner freund ex exmann exfreund lebensgefahrte man",
    "frau": "ehefrau partnerin freundin exfrau",
    "mutter": "mama mami mutti",
    "vater": "papa papi vati",
    NOT: "nichts nie niemals nix kein keine keinen keinem keiner keins ohne net",
}
_IRREGULAR = {
    "sprech": "spricht sprichst gesprochen",
    "schrei": "schreien schreie schreiend schrie geschrien",
    "lug": "lugt gelogen log",
    "ruf": "ruft rief gerufen",
    "beiss": "gebissen biss",
    "streit": "streitet stritten gestritten",
    "schlag": "schlug schlagt geschlagen",
    "trink": "trank getrunken",
    "ess": "isst gegessen",
    "sterb": "stirbt gestorben starb",
    "nehm": "nimmt genommen",
    "les": "liest gelesen",
    "werf": "wirft geworfen",
    "tret": "tritt getreten",
    "helf": "hilft geholfen",
    "bring": "bringt gebracht",
    "geh": "geht gegangen",
    "schlaf": "schlaft geschlafen",
    "weiss": "weiss wissen",
    "sucht": "sucht",
    "droh": "droht bedroht gedroht",
    "zwing": "zwingt gezwungen",
    "vergewaltig": "vergewaltigt vergewaltigung",
    "ritz": "ritzt geritzt",
    "schmeiss": "schmeisst geschmissen",
    "zahl": "bezahlt bezahlen bezahl",
}


# Plurals that share too little with their word, in other languages.
_SAME_ABROAD = {
    "child": "children kid kids",
    "ребенок": "дети детей детям ребенку ребенка",
    "дитина": "діти дітей дітям",
    "طفل": "أطفال الأطفال الطفل طفلي طفلتي",
    "کودک": "بچه",
}


def _by_word(table):
    return {word: one for one, words_ in table.items() for word in [one, *words_.split()]}


SAME_ABROAD = {fold(word): fold(one) for word, one in _by_word(_SAME_ABROAD).items()}
SAME, VERBS = _by_word(_SAME), _by_word(_IRREGULAR)
NEGATIONS = frozenset(word for word, one in SAME.items() if one == NOT)


@lru_cache(maxsize=20_000)
def root(folded):
    """Return what the inflected forms of a German word share: "geschlagen" and "schlägt"."""
    if folded in VERBS:
        return VERBS[folded]
    found = stem(folded)
    if found in VERBS:
        return VERBS[found]
    if found.startswith("ge") and len(found) > LETTERS_OF_A_ROOT + 2:
        found = found.removeprefix("ge")
    for ending in ("t", "ing"):
        if found.endswith(ending) and len(found) >= LETTERS_OF_A_ROOT + len(ending):
            found = found.removesuffix(ending)
    return VERBS.get(found, found)


def key_of(folded):
    """Return what a word of a longer phrase may be replaced by: a child by a son."""
    own = root(folded)
    return SAME.get(folded) or SAME.get(stem(folded)) or SAME.get(own) or own


def is_inflection(form, word, language):
    """Whether a word may be an inflected form of another one, both folded.

    Words in Latin letters have to share more, because a German one may look like them.
    """
    if form == word:
        return True
    pairs = zip(form, word, strict=False)
    shared = sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], pairs))
    lost, added = len(word) - shared, len(form) - shared
    ending = LONG_ENDING - lost if language in AGGLUTINATING else ENDING
    if shared < LETTERS_IN_COMMON or added > ending:
        return False
    if len(word) <= LETTERS_OF_A_ROOT:
        return not lost and added <= SHORT_ENDING
    if lost > SHORT_ENDING:
        return False
    if word[0] <= LAST_LATIN:
        return shared >= SHARED_IN_LATIN[lost]
    return lost + added <= MOST_DIFFERENT
