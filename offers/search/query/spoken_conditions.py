"""Conditions as people write them: free of charge, weekday, time of day, language, phase.

Each word becomes the value of a filter of ``browsing.filters``.
"""

from collections import defaultdict

from django.utils import timezone

from offers.search.words.folding import words
from offers.search.words.stop_words import ANY_LANGUAGE
from offers.search.words.tokens import Spoken

WEEKDAYS = ["mo", "di", "mi", "do", "fr", "sa", "so"]
IN_DAYS = "in tagen"  # a day that is counted from today is asked for as its weekday
# Several words are one condition when they follow each other.
_SAID = {
    ("kostenlos", "1"): """kostenlos, kostenlose, kostenloser, kostenloses, kostenlosen, kostenfrei,
        kostenfreie, kostenfreies, umsonst, gratis, gebührenfrei, ohne kosten, ohne gebühr,
        ohne bezahlen, kostet nichts, für lau, nichts kosten, nichts kostet, ohne geld, ücretsiz,
        bedava, parasız, free of charge, for free, free, no cost, безкоштовно, безкоштовний,
        безкоштовна, безкоштовні, бесплатно, бесплатный, бесплатная, бесплатные, bezpłatnie,
        bezpłatny, bezpłatna, bezpłatne, za darmo, darmowy, darmowe, darmowa, gratuit, gratuită,
        gratuite, безплатно, безплатен, безплатна, безплатни, مجاني, مجانا, مجانية, بلاش, رایگان,
        belaş, bêpere, bê pere""",
    ("wann", "heute"): """heute, bugün, today, сьогодні, сегодня, dziś, dzisiaj, azi, astăzi, днес,
        اليوم, امروز, îro""",
    ("wann", "woche"): """diese woche, in dieser woche, die nächsten tage, in den nächsten tagen,
        bu hafta, this week, цього тижня, на цьому тижні, на этой неделе, w tym tygodniu,
        săptămâna aceasta, săptămâna asta, тази седмица, هذا الاسبوع, این هفته, vê hefteyê,
        nächste woche, in der nächsten woche, kommende woche, next week, gelecek hafta,
        haftaya, наступного тижня, на наступному тижні, на следующей неделе, w przyszłym tygodniu,
        przyszły tydzień, săptămâna viitoare, следващата седмица, الاسبوع القادم, الاسبوع المقبل,
        هفته آینده, هفته بعد, hefteya bê""",
    ("in tagen", 1): """morgen, tomorrow, yarın, завтра, jutro, mâine, утре, غدا, بكرا, بكرة, فردا,
        sibe, sibê""",
    ("in tagen", 2): """übermorgen, the day after tomorrow, day after tomorrow, öbür gün,
        післязавтра, послезавтра, pojutrze, poimâine, вдругиден, بعد غد, بعد بكرة, پس فردا,
        dusibe, dusibê""",
    ("tag", "mo"): """montag, montags, pazartesi, monday, mondays, понеділок, понеділка,
        понедельник, poniedziałek, luni, понеделник, الاثنين, دوشنبه, duşem""",
    ("tag", "di"): """dienstag, dienstags, salı, tuesday, tuesdays, вівторок, вторник, wtorek,
        marți, الثلاثاء, سه شنبه, sêşem""",
    ("tag", "mi"): """mittwoch, mittwochs, çarşamba, wednesday, wednesdays, середа, середу, среда,
        среду, środa, środę, miercuri, сряда, الاربعاء, چهارشنبه, çarşem""",
    ("tag", "do"): """donnerstag, donnerstags, perşembe, thursday, thursdays, четвер, четверг,
        czwartek, joi, четвъртък, الخميس, پنجشنبه, pêncşem""",
    ("tag", "fr"): """freitag, freitags, cuma, friday, fridays, п'ятниця, п'ятницю, пятница,
        пятницу, piątek, vineri, петък, الجمعة, جمعه""",
    ("tag", "sa"): """samstag, samstags, sonnabend, sonnabends, cumartesi, saturday, saturdays,
        субота, суботу, суббота, субботу, sobota, sobotę, sâmbătă, събота, السبت, شنبه, şemî,
        wochenende, wochenenden, weekend, hafta sonu, вихідні, выходные, уикенд, نهاية الاسبوع""",
    ("tag", "so"): """sonntag, sonntags, pazar, sunday, sundays, неділя, неділю, воскресенье,
        niedziela, niedzielę, duminică, неделя, الاحد, یکشنبه, yekşem, wochenende, wochenenden,
        weekend, hafta sonu, вихідні, выходные, уикенд, نهاية الاسبوع""",
    ("zeit", "vormittag"): """vormittag, vormittags, morgens, am morgen, jeden morgen, sabah,
        sabahları, öğleden önce, in the morning, morning, mornings, вранці, зранку, утром, rano,
        dimineața, сутрин, صباحا, الصباح, صبح, sibehê""",
    (
        "zeit",
        "nachmittag",
    ): """nachmittag, nachmittags, mittags, am mittag, öğleden sonra, afternoon,
        afternoons, in the afternoon, після обіду, после обеда, днем, po południu, popołudniu,
        după amiaza, după amiază, следобед, بعد الظهر, بعد از ظهر, piştî nîvro""",
    (
        "zeit",
        "abend",
    ): """abend, abends, am abend, akşam, akşamları, evening, evenings, in the evening,
        ввечері, увечері, вечором, вечером, wieczorem, wieczór, seara, вечер, مساء, المساء, عصر,
        êvarê""",
    ("ohne-anmeldung", "1"): """ohne anmeldung, ohne termin, ohne voranmeldung, ohne anmelden,
        without registration, without appointment, randevusuz, без запису, без записи,
        bez zapisów, fără programare, без записване, بدون موعد""",
    ("online", "1"): "online, per video, übers internet, im internet",
    (
        "barrierefrei",
        "1",
    ): """barrierefrei, barrierefreie, barrierefreier, rollstuhlgerecht, rollstuhl,
        stufenlos, wheelchair, mit rollstuhl""",
    (
        "anonym",
        "1",
    ): """anonym, anonyme, anonymer, anonymes, anonymen, ohne namen, ohne meinen namen,
        anonymous, anonymously, anonim, анонимно, анонімно, anonimowo, مجهول, ناشناس""",
    ("gebaerden", "1"): """gehörlos, gehörlose, gehörlosen, gehörloser, taub, taube, tauben,
        schwerhörig, schwerhörige, schwerhörigen, schwerhöriger, schwerhörigkeit, hörgeschädigt,
        hörbehindert, hörbehinderung, hörgerät, hörgeräte, höre schlecht, hört schlecht,
        höre nichts, kann nicht hören, cochlea implantat, gebärdensprache, gebärden, dgs,
        gebärdendolmetscher, gebärdensprachdolmetscher, deaf, hard of hearing, hearing impaired,
        hearing aid, hearing aids, hearing loss, sign language, işaret dili, sağır, sağırım,
        işitme engelli, işitme engelliyim, işitme cihazı, işitme kaybı, глухой, глухая, глухий,
        глуха, нечуючий, нечуюча, слабочуючий, слабочуюча, слуховий апарат, погано чую,
        жестова мова, жестовою мовою, жестовий переклад, слабослышащий, слабослышащая,
        слуховой аппарат, плохо слышу, жестовый язык, язык жестов, głuchy, głucha, niesłyszący,
        niesłysząca, niedosłyszący, niedosłysząca, słabo słyszę, aparat słuchowy, język migowy,
        surd, surdă, hipoacuzic, hipoacuzică, aud prost, aparat auditiv, limbajul semnelor,
        limba semnelor, глух, увреден слух, чувам лошо, слухов апарат, жестов език,
        жестомимичен език, zimanê îşaretan, zimanê nîşanan, kerr, guhgiran, baş nabihîzim,
        amûra bihîstinê, لغة الاشارة, أصم, صماء, ضعيف السمع, ضعيفة السمع, ضعف السمع, سماعة طبية,
        سماعة اذن, سمعي ضعيف, ناشنوا, کم شنوا, زبان اشاره, سمعک""",
    ("ohne-deutsch", "1"): """ohne deutsch, kein deutsch, wenig deutsch, nicht deutsch, ohne
        deutschkenntnisse, keine deutschkenntnisse, nicht gut deutsch, schlecht deutsch, no german,
        without german, almanca bilmiyorum, almancam yok, не говорю по-немецки, без немецкого, без
        німецької, не говорю німецькою, nie mówię po niemiecku, bez niemieckiego,
        nu vorbesc germana, не говоря немски, لا اتكلم الالمانية, آلمانی بلد نیستم,
        almanî nizanim""",
}
# Where everybody is who asks: a filter has to be told which part of the city that is.
_NEAR = """
    nähe, in der nähe, in meiner nähe, in unserer nähe, hier in der nähe, ganz in der nähe,
    in der nähe von mir, bei mir, bei uns, bei mir in der nähe, bei uns in der nähe, nah bei mir,
    nahe bei mir, nah bei uns, nahe bei uns, nah, nahe, umgebung, in der umgebung,
    in meiner umgebung, in unserer umgebung, in meiner gegend, in der gegend, in unserer gegend,
    um mich herum, um die ecke, gleich um die ecke, nicht weit weg, nicht weit von mir,
    nicht weit entfernt, wohnortnah, fußläufig, zu fuß, zu fuß erreichbar, neben mir,
    in meinem viertel, in meinem stadtteil, in meinem bezirk, hier bei mir, hier bei uns,
    near me, near us, near my home, near here, nearby, near by, close by, close to me,
    close to home, around me, around here, in my area, next to me, in my neighbourhood,
    in my neighborhood, within walking distance,
    bana yakın, bize yakın, evime yakın, buraya yakın, yakın, yakınımda, yakınımdaki,
    yakınımızda, yakınlarda, yakınlarımda, çevremde, çevremdeki, civarda, civarımda, etrafımda,
    buralarda, bulunduğum yere yakın, mahallemde,
    بالقرب مني, قريب مني, قريبة مني, القريب مني, القريبة مني, قريب منا, بالقرب منا, بالقرب,
    قربي, بقربي, بجانبي, جنبي, حولي, من حولي, في منطقتي, في الجوار, في المنطقة, قريب من هنا,
    بالقرب من هنا, قريب من بيتي, في حيي,
    поруч зі мною, поряд зі мною, поруч, поряд, біля мене, біля нас, коло мене, недалеко від мене,
    недалеко, неподалік, поблизу, поблизу мене, близько до мене, близько, у моєму районі,
    в моєму районі, біля дому,
    рядом со мной, рядом с нами, рядом, возле меня, около меня, недалеко от меня, поблизости,
    вблизи, неподалеку, близко ко мне, близко от меня, близко, в моем районе, рядом с домом,
    возле дома,
    blisko mnie, blisko nas, blisko domu, blisko, w pobliżu, w pobliżu mnie, niedaleko mnie,
    niedaleko, nieopodal, w mojej okolicy, w okolicy, obok mnie, koło mnie, w mojej dzielnicy,
    lângă mine, lângă noi, aproape de mine, aproape de noi, aproape de casă, aproape,
    în apropiere, în apropierea mea, prin apropiere, în zona mea, în zonă, în jurul meu,
    în cartierul meu,
    близо до мен, близо до нас, близо до дома, близо, наблизо, около мен, в близост,
    в близост до мен, до мен, в моя район, в моя квартал, в района,
    nêzî min, nêzîkî min, nêzikî min, li nêzî min, li nêzîkî min, nêzîk, li dora min, li cem min,
    li taxa min, li derdora min,
    نزدیک من, نزدیک ما, نزدیک خانه, نزدیک خانه من, نزدیک, نزدیکم, در نزدیکی, در نزدیکی من,
    همین نزدیکی, اطراف من, در اطراف من, دور و بر من, کنار من, در محله من
"""
# What only raises offers that have it; no filter of the page asks for it.
ONLY_RAISING = frozenset({"anonym", "gebaerden", "ohne-deutsch"})
_LANGUAGES = {
    "tr": "türkisch türkische türkischer türkischsprachig türkischsprachige türkçe turkish",
    "ar": "arabisch arabische arabischer arabischsprachig arabischsprachige arabic عربي العربية",
    "uk": "ukrainisch ukrainische ukrainischer ukrainischsprachig ukrainian українською",
    "ru": "russisch russische russischer russischsprachig russischsprachige russian русском",
    "pl": "polnisch polnische polnischer polnischsprachig polnischsprachige polish polsku",
    "ro": "rumänisch rumänische rumänischer rumänischsprachig romanian română",
    "bg": "bulgarisch bulgarische bulgarischer bulgarischsprachig bulgarian български",
    "ku": "kurdisch kurdische kurdischer kurdischsprachig kurdish kurdî kürtçe",
    "fa": "farsi persisch persische persischer dari فارسی",
    "en": "englischsprachig englischsprachige",
}
# A language that is to be learned is no language to be spoken in.
_LEARNED = {"lernen", "lerne", "kurs", "kurse", "unterricht", "nachhilfe", "sprachkurs", "course"}

# A month in the middle of the phase that these words name; the phase itself is data.
_PHASES = {
    -4: """schwanger, schwangere, schwangeren, schwangerer, hamile, hamileyim, pregnant,
        вагітна, вагітною, беременна, беременная, беременной, w ciąży, ciężarna, însărcinată,
        gravidă, бременна, حامل, باردار, ducanî""",
    5: """baby, babys, babies, säugling, säuglinge, neugeborene, neugeborenes, neugeborenen,
        bebek, bebeğim, bebeğimle, newborn, немовля, младенец, младенца, niemowlę, niemowlak,
        bebe, bebeluș, бебе, رضيع, الرضيع, نوزاد, bebik, pitik""",
    24: """kleinkind, kleinkinder, kleinkindern, toddler, toddlers, krabbelkind""",
    54: """kitakind, kitakinder, kitakindern, kindergartenkind, kindergartenkinder,
        kindergartenkindern""",
    100: """grundschulkind, grundschulkinder, grundschulkindern, grundschüler, grundschülerin,
        schulkind, schulkinder, schulkindern""",
    150: "teenager, teenagern, teenie, teenies, teens, teen, pubertierende",
}


def _table():
    table = defaultdict(list)
    for meant, texts in _SAID.items():
        for text in texts.split(","):
            table[_key(text)].append(meant)
    for month, texts in _PHASES.items():
        for text in texts.split(","):
            table[_key(text)].append(("phase", month))
    for code, names in _LANGUAGES.items():
        for name in names.split():
            table[_key(name)].append(("sprache", code))
    for text in _NEAR.split(","):
        table[_key(text)].append(("", ""))
    return dict(table)


def _key(text):
    return tuple(word.folded for word in words(text))


TABLE = _table()
WORDS = frozenset(word for key in TABLE for word in key)
MOST_WORDS = max(map(len, TABLE))


def conditions_in(tokens, phases):
    """Return each condition that is ``Spoken`` of; ``phases`` are those a word may name."""
    found, at = [], 0
    while at < len(tokens):
        positions, meant = _longest_at(at, tokens)
        for name, value in meant:
            spoken = Spoken(positions, name, value)
            if name == IN_DAYS:
                spoken = Spoken(positions, "tag", _weekday_in(value))
            elif name == "phase":
                spoken = _in_phase(positions, value, phases)
            elif name == "sprache" and _is_learned(positions, tokens):
                spoken = None
            elif name in ONLY_RAISING:
                spoken = Spoken(positions, name, value, is_certain=True, is_sought=True)
            if spoken:
                found.append(spoken)
        at += len(positions) or 1
    return found


def _weekday_in(days):
    """Return the weekday some days after today, as the filter ``tag`` names it."""
    return WEEKDAYS[(timezone.localdate().weekday() + days) % len(WEEKDAYS)]


def says_only_who_cannot_hear(tokens):
    """Whether nothing is said but that somebody does not hear well, which alone is no need."""
    named = (one for one in conditions_in(tokens, ()) if one.name == "gebaerden")
    positions = {at for one in named for at in one.positions}
    others = (token for at, token in enumerate(tokens) if at not in positions)
    return bool(positions) and all(token.meant in ANY_LANGUAGE for token in others)


def _longest_at(at, tokens):
    for length in range(min(MOST_WORDS, len(tokens) - at), 0, -1):
        key = tuple(token.meant for token in tokens[at : at + length])
        if key in TABLE:
            return tuple(range(at, at + length)), TABLE[key]
    return (), ()


def _is_learned(positions, tokens):
    beside = tokens[max(positions[0] - 1, 0) : positions[-1] + 2]
    return any(token.meant in _LEARNED for token in beside)


def _in_phase(positions, month, phases):
    """Return the narrowest phase that a month lies in as spoken of, ``None`` without one."""
    around = [
        phase
        for phase in phases
        if phase.first_month is not None
        and phase.last_month is not None
        and phase.first_month <= month <= phase.last_month
    ]
    narrowest = min(around, key=lambda one: one.last_month - one.first_month, default=None)
    return narrowest and Spoken(
        positions, "phase", narrowest.slug, is_certain=month < 0, is_sought=True
    )
