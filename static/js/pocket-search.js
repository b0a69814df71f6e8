// The search in the directory a device keeps: it reads what the server wrote down beforehand (offers/pocket/).
// What a word looks for, how much of it stands in which offer and by what they are ranked is all in the pack.
import { isNear, sound, stem, wordsOf } from "./pocket-words.js";

const MOST = 20;
const [PHRASES, MOST_BETWEEN] = [[3, 2], 3]; // words
const FURTHER = 0.1;
const UNKNOWN = [1000]; // a concept that nothing answers
const [A_SENTENCE, SURELY_A_SENTENCE] = [5, 8]; // words
const SIDE_BY_SIDE = "-"; // between words that are a phrase only so, or mean more so
const LINKS = ["", "s", "n", "en", "es", "e", "er"];
const [SHORTEST_PART, LONG_COMPOUND] = [3, 15];
// How well parts answer a compound (offers/search/words/answers.py); thousandths.
const [TOGETHER, HEAD_ALONE, MODIFIER_ALONE] = [800, 0.45, 0.3];
const [MOSTLY, AS_HEAD] = [950, 850];

// How ages are written; none where a browser cannot read these patterns.
function patternsOf({ patterns }) {
  try {
    return patterns.map((pattern) => new RegExp(pattern, "g"));
  } catch {
    return [];
  }
}

const wordsIn = (phrase) => phrase.split(/[ -]/u);
const isInARow = (places) => places.every((place, at) => !at || place === places[at - 1] + 1);

export class Directory {
  constructor(pack) {
    Object.assign(this, pack);
    for (const table of [pack.phrases, pack.said, pack.same]) Object.setPrototypeOf(table, null); // "constructor" is a word
    [this.stop, this.ofSentences] = [new Set(pack.stop), new Set(pack.sentence)];
    this.patterns = patternsOf(pack.ages);
    [this.byStem, this.bySound, this.byRoots] = [new Map(), new Map(), new Map()];
    for (const phrase of Object.keys(pack.phrases)) {
      const words = wordsIn(phrase);
      if (words.length > 1) this.keep(this.byRoots, this.rootsOf(words), phrase);
      else this.keep(this.byStem, stem(phrase), phrase);
    }
    this.single = [...this.byStem.values()].flat();
    for (const word of this.single) this.keep(this.bySound, sound(word), word);
  }

  keep(map, key, phrase) {
    if (map.has(key)) map.get(key).push(phrase);
    else map.set(key, [phrase]);
  }

  // Phrases are found in any order, a son counting as a child.
  rootOf(word) {
    const own = stem(word);
    return this.same[word] ?? this.same[own] ?? own.replace(/^ge(?=.{5})/u, "").replace(/^(.{4,}?)(?:t|ing)$/u, "$1");
  }

  rootsOf(words) {
    return [...new Set(words.map((word) => this.rootOf(word)))].sort().join(" ");
  }

  // The phrase that words are in whatever order.
  phraseOf(words, areSideBySide) {
    const phrases = this.byRoots.get(this.rootsOf(words)) ?? [];
    const isFor = (phrase) => phrase.includes(SIDE_BY_SIDE);
    return (areSideBySide && phrases.find(isFor)) || phrases.find((phrase) => !isFor(phrase));
  }

  // The known word that one is, as it is or otherwise inflected.
  known(word) {
    if (word in this.phrases) return word;
    return word.length > 3 ? this.byStem.get(stem(word))?.[0] : undefined;
  }

  // The known words that a compound is made of, the fewest there are.
  parts(word) {
    if (word.length < 2 * SHORTEST_PART + 1) return [];
    let best = [];
    for (let at = word.length - SHORTEST_PART; at >= SHORTEST_PART; at -= 1) {
      const [first, rest] = [word.slice(0, at), word.slice(at)];
      const last = !this.stop.has(rest) && this.known(rest);
      if (!last) continue;
      const links = LINKS.filter((link) => first.endsWith(link)).map((link) => first.slice(0, first.length - link.length));
      const before = links.find((one) => one.length >= SHORTEST_PART && !this.stop.has(one) && this.known(one));
      const parts = before ? [this.known(before), last] : [...this.parts(first), last];
      const isBetter = !best.length || parts.length < best.length
        || (parts.length === best.length && Math.min(...parts.map((one) => one.length)) > Math.min(...best.map((one) => one.length)));
      if (parts.length > 1 && isBetter) best = parts;
    }
    return best;
  }

  // The words meant by one that stands nowhere: a compound of known ones, or mistyped.
  meant(word) {
    if (word.length < 4) return [];
    const near = (most) => {
      const found = this.single.filter((known) => known.length > 3 && isNear(word, known, most));
      const likely = found.find((known) => known[0] === word[0]) ?? found[0];
      return likely ? [likely] : [];
    };
    const [surely, parts] = [word.length > 6 ? near(1) : [], this.parts(word)];
    if (surely.length) return surely;
    const alike = this.bySound.get(sound(word));
    if (alike) return [alike[0]];
    if (parts.length) return parts;
    return near(word.length < 7 ? 1 : 2);
  }

  month(said) {
    const { months, weeks, numbers, ordinals, words, beforeFirstForm, lastForm, under, oldest } = this.ages;
    const number = (text) => (text ? numbers[text] ?? Number(text) : 0);
    const form = Number(said.form ?? ordinals[said.ordinal] ?? 0);
    if (said.said) return words[said.said];
    if (form) return form <= lastForm ? (beforeFirstForm + form) * months : null;
    if (said.under) return Number(said.under) * months - under;
    if (said.weeks) return Math.floor(number(said.weeks) / weeks);
    let [ofYears, ofMonths] = [number(said.years) + (said.half ? 0.5 : 0), number(said.months)];
    if (said.until) [ofYears, ofMonths] = [ofYears, ofMonths].map((one) => one && (one + number(said.until)) / 2);
    const month = Math.trunc(ofYears * months + ofMonths);
    return month <= oldest ? month : null;
  }

  // The first age that is said, as months, and the places of its words.
  age(words) {
    const line = words.join(" ");
    const placeOf = (at) => line.slice(0, at).split(" ").length - 1;
    for (const pattern of this.patterns) {
      pattern.lastIndex = 0;
      const found = pattern.exec(line);
      const month = found && this.month(found.groups);
      if (found && month !== null) {
        const end = placeOf(found.index + found[0].trimEnd().length);
        return { month, places: words.map((_word, place) => place).filter((place) => place >= placeOf(found.index) && place <= end) };
      }
    }
    return { month: null, places: [] };
  }

  // Neighbours that are one known word: "haus aufgaben betreuung".
  joined(words) {
    const joined = [];
    for (let at = 0; at < words.length;) {
      const many = PHRASES.find((one) => {
        const some = words.slice(at, at + one);
        return some.length === one && some.every((word) => word.length > 1) && this.known(some.join("")) && !this.phraseOf(some, false);
      }) ?? 1;
      joined.push(words.slice(at, at + many).join(""));
      at += many;
    }
    return joined;
  }

  // Phrases of several words wherever these stand near each other, the longest first; takes their places.
  phrasesIn(words, taken) {
    const found = [];
    const told = words.map((_word, place) => place).filter((place) => !this.stop.has(words[place]));
    const look = (places) => {
      const typed = places.map((place) => words[place]);
      const phrase = this.phraseOf(typed, isInARow(places));
      if (!phrase) return;
      const free = places.filter((place) => !taken.has(place));
      const other = found.find((one) => one.places.length === 2 && one.places.some((place) => places.includes(place)));
      if (free.length === places.length) found.push({ places, concept: this.asTyped(phrase, typed) });
      else if (other && places.length === 2 && free.length === 1 && !(words[free[0]] in this.said)) {
        other.places.push(free[0]);
        other.concept = this.together(other.concept, this.asTyped(phrase, typed), other.places.map((place) => words[place]));
      }
      else return;
      for (const place of places) taken.add(place);
    };
    for (const size of PHRASES) {
      const choose = (places, from) => {
        if (places.length === size) return look(places);
        const last = places.length ? Math.min(told.length, from + size - places.length + MOST_BETWEEN) : told.length;
        for (let at = from; at < last; at += 1) choose([...places, told[at]], at + 1);
        return undefined;
      };
      choose([], 0);
    }
    return found.map((one) => one.concept);
  }

  // Lets two phrases that share a word be one: in "kind wird geschlagen melden" stand "Kind geschlagen", "Kind melden".
  together([weight, ...some], [otherWeight, ...others], words) {
    const stems = words.map((word) => this.ownStem(word));
    const isOwn = (match) => match.slice(0, -1).every((stem) => stems.includes(stem));
    const matches = new Map([...some, ...others].filter((match) => !isOwn(match)).map((match) => [match.slice(0, -1).sort().join(), match]));
    return [Math.max(weight, otherWeight), ...(stems.includes(undefined) ? [] : [[...stems, 1000]]), ...matches.values()];
  }

  // The stem that stands for a known word itself in offers.
  ownStem(word) {
    const [, match] = this.concepts[this.phrases[this.known(word)]] ?? [];
    return match?.length === 2 && match[1] >= MOSTLY ? match[0] : undefined;
  }

  // What a phrase looks for, its words as they were typed: who types "Mädchen schwimmen" does not say "Kind".
  asTyped(phrase, words) {
    const concept = this.concepts[this.phrases[phrase]];
    const [own, typed] = [wordsIn(phrase), words].map((some) => some.map((word) => this.ownStem(word)).sort().join());
    const isCommon = words.every((word) => this.concepts[this.phrases[this.known(word)]]?.[0] < 0);
    const weight = isCommon ? -Math.abs(concept[0]) : concept[0];
    if (own === typed) return [weight, ...concept.slice(1)];
    const isOwn = (match) => match.slice(0, -1).sort().join() === own;
    const stems = typed.split(",").filter(Boolean).map(Number);
    const rest = concept.slice(1).filter((match) => !isOwn(match));
    return [weight, ...(stems.length === words.length ? [[...stems, 1000]] : []), ...rest];
  }

  // What a compound that stands nowhere looks for: all its parts together, or what tells it from others. A very long
  // one is hardly in any list of German words; such a word the search takes for several that were typed as one.
  ofParts(parts) {
    const stems = parts.map((part) => this.ownStem(part));
    const concepts = parts.map((part) => this.concepts[this.phrases[part]]);
    if (stems.length !== 2 || stems.includes(undefined) || parts.join("").length >= LONG_COMPOUND) return concepts;
    const telling = concepts.flatMap(([weight, ...matches], at) => (weight < 0 ? [] : matches
      .filter((match) => at === 1 ? match.at(-1) >= AS_HEAD : match[0] === stems[0] && match.length === 2)
      .map((match) => [...match.slice(0, -1), Math.round(match.at(-1) * (at === 1 ? HEAD_ALONE : MODIFIER_ALONE))])));
    return [[1000, [...stems, TOGETHER], ...telling]];
  }

  // The filters that words say, with the places of these.
  filtersIn(words) {
    const found = [];
    for (let at = 0; at < words.length;) {
      const many = [...PHRASES, 1].find((one) => at + one <= words.length && words.slice(at, at + one).join(" ") in this.said) ?? 0;
      const places = [...Array(many).keys()].map((one) => at + one);
      const filters = many ? this.said[words.slice(at, at + many).join(" ")].map((one) => this.filters[one]) : [];
      if (many) found.push({ places, filters });
      at += many || 1;
    }
    return found;
  }

  understood(text) {
    const words = this.joined(wordsOf(text));
    const isTold = words.length >= SURELY_A_SENTENCE
      || (words.length >= A_SENTENCE && words.some((word) => this.ofSentences.has(word)));
    const { month, places } = this.age(words);
    const taken = new Set(places);
    const said = this.filtersIn(words).filter((one) => one.places.every((place) => !taken.has(place)));
    const isSure = ({ filters }) => filters.every((one) => one[6]);
    const isSought = ({ filters }) => filters.some((one) => one[5]);
    for (const one of said) if (isSure(one) && !isSought(one)) one.places.forEach((place) => taken.add(place));
    const surely = new Set(taken);
    const concepts = this.phrasesIn(words, taken);
    const isKept = (one) => isSure(one) || one.places.every((place) => surely.has(place) || !taken.has(place));
    const spoken = said.filter(isKept);
    for (const one of spoken) if (!isSought(one)) one.places.forEach((place) => taken.add(place));
    words.forEach((word, place) => {
      if (taken.has(place) || this.stop.has(word)) return;
      const known = this.known(word);
      const meant = known ? [known] : this.meant(word);
      concepts.push(...(meant.length ? this.ofParts(meant) : [UNKNOWN]));
    });
    return { concepts, month, isTold, filters: spoken.flatMap((one) => one.filters), asks: words.length > 0 };
  }

  // How much each offer says of one concept.
  hits(concept) {
    const said = new Map();
    for (const [stem, ...others] of concept.slice(1)) {
      const weight = others.pop() / 1000;
      const beside = others.map((one) => this.impacts(one));
      for (const [offer, impact] of this.impacts(stem)) {
        if (!beside.every((impacts) => impacts.has(offer))) continue;
        const all = beside.reduce((sum, impacts) => sum + impacts.get(offer), impact);
        const one = weight * all / (1 + beside.length);
        const [best, sum] = said.get(offer) ?? [0, 0];
        said.set(offer, [Math.max(best, one), sum + one]);
      }
    }
    return new Map([...said].map(([offer, [best, sum]]) => [offer, (1 - FURTHER) * best + FURTHER * Math.min(sum, 2 * best)]));
  }

  impacts(stem) {
    const found = new Map();
    const flat = this.postings[stem];
    for (let at = 0; at < flat.length; at += 2) found.set(flat[at], flat[at + 1]);
    return found;
  }

  // The places of the offers that answer, best first.
  search(text) {
    const query = this.understood(text);
    const ranked = query.concepts.length ? this.ranked(query) : this.offers.map((_offer, place) => place);
    const byName = this.kept(query);
    if (!query.concepts.length && !byName.size) return query.asks ? [] : ranked;
    const fits = (offer, names) => names.every((name) => byName.get(name)(offer));
    const names = [...byName.keys()].sort((one, other) => this.order.indexOf(one) - this.order.indexOf(other));
    // What was read gives way rather than leave nothing: what matters least, if that is enough, else all.
    for (const some of [names, ...names.map((gone) => names.filter((name) => name !== gone))]) {
      const found = ranked.filter((offer) => fits(offer, some));
      if (found.length) return found.slice(0, MOST);
    }
    return ranked.slice(0, MOST);
  }

  // By the names of filters, whether an offer is left by them. A sentence hides nothing.
  kept({ concepts, month, filters, isTold }) {
    const byName = new Map();
    const leans = isTold && concepts.length;
    for (const [name, left] of filters) {
      if (!left || (leans && this.leaning.includes(name))) continue;
      const before = byName.get(name);
      byName.set(name, (offer) => left.includes(offer) || Boolean(before?.(offer)));
    }
    if (month !== null && !leans) byName.set("alter", (offer) => this.isForAge(offer, month));
    return byName;
  }

  isForAge(offer, month) {
    const ages = this.offers[offer][8];
    return !ages || ((ages[0] ?? -99) <= month && month < (ages[1] ?? 9999));
  }

  ranked(query) {
    const answers = new Map();
    let whole = 0;
    const telling = query.concepts.filter(([weight]) => weight > 0);
    // Where a word is unknown another has to be what an offer is about, or two are said.
    const least = telling.every((concept) => concept.length > 1) ? 0 : this.factors.least;
    for (const concept of query.concepts) {
      const hits = this.hits(concept);
      if (!hits.size) continue;
      const worth = Math.abs(concept[0]) / 1000 * Math.log(1 + this.offers.length / hits.size);
      whole += worth;
      for (const [offer, said] of hits) {
        const one = answers.get(offer) ?? { score: 0, worth: 0, told: 0, tellings: 0 };
        one.score += said * worth;
        one.worth += worth;
        if (concept[0] > 0) [one.told, one.tellings] = [Math.max(one.told, said), one.tellings + 1];
        answers.set(offer, one);
      }
    }
    const scored = [...answers].filter(([, one]) => !telling.length || one.told > least || one.tellings > 1)
      .map(([offer, one]) => [offer, one.score * one.worth / whole]);
    const best = Math.max(0, ...scored.map(([, score]) => score));
    const close = scored.filter(([, score]) => score >= this.factors.worst * best);
    return close.map(([offer, score]) => [offer, score * this.factor(offer, query)])
      .sort(([one, a], [other, b]) => b - a || one - other).map(([offer]) => offer);
  }

  // By what an offer is better or worse beside how much it says (offers/search/ranking.py).
  factor(offer, query) {
    const { concepts } = query;
    const [title, length] = this.offers[offer].slice(9, 11);
    const { allInTitle, allOfTitle } = this.factors;
    const inTitle = (matches) => matches.some(([stem]) => title.includes(stem));
    const weights = concepts.map(([weight]) => Math.abs(weight));
    const share = concepts.reduce((sum, concept, at) => sum + (inTitle(concept.slice(1)) ? weights[at] : 0), 0)
      / (weights.reduce((sum, one) => sum + one, 0) || 1);
    const surely = this.surely(concepts);
    const ofTitle = title.filter((stem) => surely.has(stem)).length / (length || 1);
    return (1 + allInTitle * share ** 2 + allOfTitle * ofTitle) * this.fit(offer, query);
  }

  // The same for what its words do not say.
  fit(offer, { concepts, month, filters }) {
    const [, , , , , , , , ages, , , standing, groups, isForSome, soon] = this.offers[offer];
    const { forAge, notForAge, longest, others } = this.factors;
    const surely = this.surely(concepts);
    const raised = Math.max(0, ...filters.filter((one) => one[2].includes(offer)).map((one) => one[3]));
    const span = month === null ? filters.find((one) => one[4])?.[4] : [month, month];
    let fit = 1 + raised + soon;
    if (span && ages) {
      const [first, last] = [ages[0] ?? -longest, ages[1] === null ? longest : ages[1] - 1];
      fit += span[1] < first || span[0] > last ? notForAge : forAge * (1 - Math.min(last - first, longest) / longest);
    }
    const forOthers = isForSome && !groups.some((stem) => surely.has(stem)) ? 1 + others : 1;
    return fit * standing * forOthers;
  }

  // The stems of what surely means what was asked for.
  surely(concepts) {
    return new Set(concepts.flatMap((concept) => concept.slice(1))
      .filter((match) => match.at(-1) >= this.factors.sure * 1000).flatMap((match) => match.slice(0, -1)));
  }
}
