"""Words that say nothing about what is looked for, in the languages people write in.

A stop word is left out only after names, abbreviations and phrases were found: "but" may be
the education package, and "nach der Grundschule" is more than a Grundschule.
"""

from .folding import fold

_STOP_WORDS = {
    "de": """
        stadtbezirk bezirk ortsteil stadtteil quartier viertel sprechende sprechend sprechen
        spreche fürs ans aufs zur ab aber alle allem allen aller alles als also am an ander
        andere anderen auch auf aus bei beim bin bis bitte bisschen da damit danach dann das
        dass dein deine dem den denn der des deshalb dich die dies diese diesem diesen dieser
        dieses dir doch dort du durch ein eine einem einen einer eines einfach er es etwas euch
        euer eure für gab gar geht gerade gern gerne gibt gibts ganz ganze ganzen ganzer ganzes
        hab habe haben hat hatte hätte hallo hey hi hier hin ich ihm ihn ihnen ihr ihre ihrem
        ihren ihrer im in ins irgendwas irgendwo ist ja jede jedem jeden jeder jedes jetzt kann
        kannst können könnte konnte los mach mache machen macht mal man manchmal mehr mein meine
        meinem meinen meiner meines mich mir mit mitten muss musste müssen möchte möchten nach
        neu nochmal noch nun nur ob oder ohne schon sehr sei sein seine seinem seinen seiner
        seit sich sie sind so soll sollen sollte sonst sowie suche suchen such gesucht finde
        finden findet tun und uns unser unsere unserem unseren unserer unter vom von vor wann
        war waren warum was weil welche welchem welchen welcher welches wem wen wenn wer werde
        werden wie wieder wieviel will willst wir wird wo woher wohin wollen würde würden zu zum
        zur zwischen über überhaupt um brauche brauchen braucht bräuchte benötige benötigen
        hätten unternehmen wisst weiß weiss jemand tipp tipps danke guten tag information
        informationen infos info angebot angebote angeboten nähe umgebung bekomme bekommen
        bekommt kriege kriegen kriegt her viel viele immer gut gute guter gutes beste besten
        bester frage fragen thema bereich total völlig komplett
    """,
    "en": """
        a about age old help am an and any anyone are as at be because but by can could do does
        for from get give have has he her here hi hello his how i im if in is it its just like
        looking look find me my near need needs not of on one or our please she so some
        something that the their them there these they this to too us was we what when where
        which who why will with would you your want
    """,
    "tr": """
        acaba ama ben bir biz bu bunu çok da daha de en gibi hangi hem her için ile ise
        istiyorum kim ki lazım mı mi mu mü ne neden nerede nasıl o olan olarak onun sen siz şu
        var ve veya ya yok arıyorum benim bana
    """,
    "uk": """
        а або але біля був від він вона для до є з за із і й як яка який коли ми мені мій моя на
        не ні про потрібна потрібен потрібно та те то у хочу це цей що шукаю щоб я де чи
    """,
    "ru": """
        а без бы в во вы где для до его ее если есть же за и из или ищу к как какой когда кто ли
        мне мой моя моего моей мы на надо не нет ни но нужен нужна нужно о об он она от по при
        про с со так там то ты у хочу что чтобы это я
    """,
    "pl": """
        a albo ale bez być co czy dla do gdzie i ich ile ja jak jaki jest jestem już kiedy kto
        który mam mi moja mój moje na nie o od oraz po potrzebuję przez przy się są szukam ta
        tak to tu u w we z za ze że żeby
    """,
    "ro": """
        a ai al ale am are ar ca care ce cel cu cum de din după e ea el este eu fi fie în îmi la
        lor lui mea meu mai mi nu o pe pentru prin sau să se sunt și un una unde unei unui vreau
        caut am nevoie
    """,
    "bg": """
        а аз ако без беше в във вие за и или има искам как какво като кога което кой къде ли ме
        ми мой моя на не ни но нужен нужна о от по при с са се си след съм със те ти това той
        търся тя у че ще
    """,
    "ku": """
        ez tu ew em hûn di de da li ji bi bo û an jî ku kî çi çawa kengî min te wî wê me we wan
        heye nîne dixwazim ev
    """,
    "ar": """
        في من على الى إلى عن مع هذا هذه هل ما ماذا متى اين أين كيف انا أنا نحن هو هي هم او أو و
        ثم لا نعم اريد أريد ابحث أبحث احتاج أحتاج لي لدي عندي هناك كل بعد قبل عمر عمره عمرها
    """,
    "fa": """
        از با به در را که این آن من ما تو او شما برای یک و یا هم چه کجا کی چگونه است هستم هست نیست
        می خواهم دارم نیاز
    """,
}

STOP_WORDS = {
    language: frozenset(fold(word) for word in words.split())
    for language, words in _STOP_WORDS.items()
}
SPELLED_STOP_WORDS = frozenset(_STOP_WORDS["de"].split())
ANY_LANGUAGE = frozenset().union(*STOP_WORDS.values())

# "I" and "me": whoever says so tells of himself, and not only what he looks for.
_OF_ONESELF = """
    ich mich mir bin ichs i im i'm me myself ben beni bana kendimi kendime أنا اني إني نفسي حالي
    я мене мені меня мне себя себе ja mnie mi mną siebie eu mă mie îmi m-am аз ме мен мене ez min
    xwe من مرا خودم
"""
OF_ONESELF = frozenset(fold(word) for word in _OF_ONESELF.split())

# Words of sentences: who speaks of whom, and what they want, rather than names what he looks for.
_OF_SENTENCES = """
    wir uns unser unsere unseren er ihn ihm sie es mein meine meinen meiner meinem dein ist sind war
    hat haben habe brauche brauchen suche suchen kann können möchte möchten will wollen gibt weiß
    wo wer was wie wann warum soll darf muss braucht sucht wohin nicht kein keine keinen noch immer
    nie weil wenn dass jetzt bald wird gar davon damit sich mich mir need my we our is are can where
    what how who looking want has he she benim kızım oğlum istiyorum nerede var arıyorum моя мой
    моей нам нужна где хочу мне сын дочь она kak gde moy syn шукаю потрібна мій мені мене донька син
    їй shukayu meni szukam potrzebuję mój moja gdzie caut unde vreau meu mea търся къде моят deteto
    sinat kade أريد أين ابني ابنتي أحتاج ibni benti wein پسرم دخترم کجا میخواهم pesaram
    dokhtaram koja
"""
OF_SENTENCES = OF_ONESELF | {fold(word) for word in _OF_SENTENCES.split()}

# Who an offer is for rather than what it is: nearly every offer is for children and parents.
_FAINT = """
    kind kinder kindes kindern sohn söhne tochter töchter junge jungen mädchen bub familie
    familien eltern mutter mütter mama mami vater väter papa stadt herr frau leute jugendliche
    jugendlichen jugendlicher hilfe hilfen helfen unterstützung lernen möglichkeit
    möglichkeiten verein baby babys klein kleine kleinen kleiner kleines beantragen beantrage
    freien draußen geld platz plätze alt alter jahr jahre jahren monat monate woche wochen
    nacht tage heute morgen abend allein alleine stelle adresse offen geöffnet öffnungszeiten
    telefon nummer kontakt anmelden anmeldung termin child children kids çocuk çocuğum дитина
    ребенок ребенка dziecko dziecka طفل أطفال copil дете
"""
FAINT_WORDS = frozenset(fold(word) for word in _FAINT.split())


# In which form something is offered, or what one does about it: alone they ask for nothing.
_COMMON = """
    kurs kurse kursus treff treffen gruppe gruppen angebot angebote programm projekt veranstaltung
    veranstaltungen uhr uhrzeit zeit zeiten tag stunde stunden minuten euro kosten gebühr gebühren
    preis preise beratung berater beraterin termine wechsel wechseln abholen abholung bringen
    bestellen kaufen verkaufen reparieren mieten suchen melden bescheid formular antrag anträge
    verlängern kündigen ausfüllen team mitarbeiter name haus raum räume stadtteil innenstadt beste
    besten gute guter gutes billig günstig schnell neu neue neuer neues groß große großer erste
    frei freie freier los lose arm reich lassen gehen kommen wissen sagen sagt fragen frage arbeiten
    spielen dienst center cent wohnen wohne wohnt lebe lebt leben gezogen umgezogen
    курс kursu kursy cours course
"""
COMMON_WORDS = FAINT_WORDS | {fold(word) for word in _COMMON.split()}


def is_stop_word(folded):
    """Whether a folded word means nothing to a search, in any of the languages."""
    return folded in ANY_LANGUAGE
