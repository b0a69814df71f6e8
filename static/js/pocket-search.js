// The search in the directory a device keeps: it reads what the server wrote down beforehand (offers/pocket/).
// What a word looks for, how much of it stands in which offer and by what they are ranked is all in the pack.
const MOST = 20;
const LONGEST_PHRASE = 3;
const FURTHER = 0.1;
const AGE = /(?:^|[^\p{L}\p{N}])(\d{1,2})\s*-?\s*(jahr|jähr|monat|woche)\p{L}*/iu;

export function fold(text) {
  const letters = { ß: "ss", æ: "a", œ: "o", ø: "o", ł: "l", đ: "d", ı: "i" };
  let said = text.normalize("NFKC").toLowerCase().replace(/[ßæœøłđı]/gu, (letter) => letters[letter]);
  if (said.length > 2) said = said.replace(/(^|[^aeiouyq])([aou])e/gu, "$1$2");
  said = said.normalize("NFD").replace(/\p{M}/gu, "").normalize("NFC");
  return said.replace(/([^\W\d_])\1\1+/gu, "$1$1");
}

const wordsOf = (text) => (text.replace(/['’‘ʼ`´]/gu, "").match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).map(fold);

// Whether two words differ by so many letters at most, neighbours that changed places counting once.
function isNear(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return false;
  let [before, row] = [null, [...Array(other.length + 1).keys()]];
  for (let at = 1; at <= one.length; at += 1) {
    const next = [at];
    for (let to = 1; to <= other.length; to += 1) {
      const same = one[at - 1] === other[to - 1] ? 0 : 1;
      next[to] = Math.min(row[to] + 1, next[to - 1] + 1, row[to - 1] + same);
      const swapped = before && one[at - 1] === other[to - 2] && one[at - 2] === other[to - 1];
      if (swapped) next[to] = Math.min(next[to], before[to - 2] + 1);
    }
    [before, row] = [row, next];
  }
  return row[other.length] <= most;
}

export class Directory {
  constructor(pack) {
    Object.assign(this, pack);
    this.stop = new Set(pack.stop);
    this.single = Object.keys(pack.phrases).filter((phrase) => !phrase.includes(" "));
  }

  // The words meant by one that stands nowhere: otherwise inflected, mistyped, or a compound of known ones.
  meant(word) {
    if (word.length < 4) return [];
    const inflected = this.single.filter((known) => known.length > 3 && (
      (known.startsWith(word) && known.length - word.length <= 2) || (word.startsWith(known) && word.length - known.length <= 2)));
    if (inflected.length) return [inflected.sort((one, other) => other.length - one.length)[0]];
    const most = word.length < 8 ? 1 : 2;
    const near = this.single.find((known) => isNear(word, known, 1)) ?? this.single.find((known) => isNear(word, known, most));
    if (near) return [near];
    for (let at = word.length - 3; at >= 3; at -= 1) {
      const [first, last] = [word.slice(0, at), word.slice(at)];
      const known = [first, first.replace(/e?s$|n$/u, "")].find((one) => one in this.phrases);
      if (known && last in this.phrases) return [known, last];
    }
    return [];
  }

  understood(text) {
    const age = AGE.exec(text);
    const month = age && Number(age[1]) * (/^j/iu.test(age[2]) ? 12 : 1) / (/^w/iu.test(age[2]) ? 4.33 : 1);
    const words = wordsOf(text.replace(AGE, " ")).filter((word) => !this.stop.has(word));
    const concepts = [];
    let [near, there] = [null, []];
    for (let at = 0; at < words.length;) {
      const lengths = [...Array(Math.min(LONGEST_PHRASE, words.length - at)).keys()].map((one) => one + 1).reverse();
      const said = (many, between) => words.slice(at, at + many).join(between);
      const keyOf = (many) => (many === 2 && said(2, "") in this.phrases ? said(2, "") : said(many, " "));
      const length = lengths.find((one) => keyOf(one) in this.places || keyOf(one) in this.phrases);
      const phrase = keyOf(length ?? 1);
      if (phrase in this.places) {
        near = [...(near ?? []), ...this.places[phrase][0]];
        there = [...there, ...this.places[phrase][1]];
      }
      else if (length) concepts.push(this.concepts[this.phrases[phrase]]);
      else concepts.push(...this.meant(phrase).map((word) => this.concepts[this.phrases[word]]));
      at += length ?? 1;
    }
    return { concepts, month: month === null ? null : Math.floor(month), near, there, asks: words.length > 0 };
  }

  // How much each offer says of one concept.
  hits(concept) {
    const said = new Map();
    for (const [stem, ...others] of concept.slice(1)) {
      const weight = others.pop() / 100;
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
    if (!query.concepts.length && !query.near && query.month === null) return query.asks ? [] : ranked;
    const kept = ranked.filter((offer) => this.fits(offer, query));
    return (kept.length ? kept : ranked).slice(0, MOST);
  }

  fits(offer, { near, month }) {
    const ages = this.offers[offer][8];
    const isNear = !near || near.includes(offer);
    return isNear && (month === null || !ages || ((ages[0] ?? -99) <= month && month < (ages[1] ?? 9999)));
  }

  ranked(query) {
    const answers = new Map();
    let whole = 0;
    const isTelling = query.concepts.some(([weight]) => weight > 0);
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
    const scored = [...answers].filter(([, one]) => !isTelling || one.told > 0)
      .map(([offer, one]) => [offer, one.score * one.worth / whole]);
    const best = Math.max(0, ...scored.map(([, score]) => score));
    return scored.filter(([, score]) => score >= this.factors.worst * best)
      .map(([offer, score]) => [offer, score * this.factor(offer, query)])
      .sort(([one, a], [other, b]) => b - a || one - other).map(([offer]) => offer);
  }

  // By what an offer is better or worse beside how much it says (offers/search/ranking.py).
  factor(offer, { concepts, month, there }) {
    const [, , , , , , , , ages, title, length, standing, groups, isForSome] = this.offers[offer];
    const { allInTitle, allOfTitle, forAge, notForAge, inPlace, longest, others, sure } = this.factors;
    const inTitle = (matches) => matches.some(([stem]) => title.includes(stem));
    const weights = concepts.map(([weight]) => Math.abs(weight));
    const share = concepts.reduce((sum, concept, at) => sum + (inTitle(concept.slice(1)) ? weights[at] : 0), 0)
      / (weights.reduce((sum, one) => sum + one, 0) || 1);
    const surely = new Set(concepts.flatMap((concept) => concept.slice(1))
      .filter((match) => match.at(-1) >= sure * 100).flatMap((match) => match.slice(0, -1)));
    const ofTitle = title.filter((stem) => surely.has(stem)).length / (length || 1);
    let fit = there.includes(offer) ? 1 + inPlace : 1;
    if (month !== null && ages) {
      const [first, last] = [ages[0] ?? -longest, ages[1] === null ? longest : ages[1] - 1];
      fit += month < first || month > last ? notForAge : forAge * (1 - Math.min(last - first, longest) / longest);
    }
    const forOthers = isForSome && !groups.some((stem) => surely.has(stem)) ? 1 + others : 1;
    return (1 + allInTitle * share ** 2 + allOfTitle * ofTitle) * fit * standing * forOthers;
  }
}
