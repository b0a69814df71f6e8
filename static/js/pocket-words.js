// The words of a query as those of the pack compare: folded as the server folds, and how near they are to others.
// No pattern looks behind: browsers that do not know that would not load the file.
const [LONGEST_QUERY, LONGEST_WORD] = [200, 60]; // letters

function fold(text) {
  const letters = { ß: "ss", æ: "a", œ: "o", ø: "o", ł: "l", đ: "d", ı: "i" };
  let said = text.normalize("NFKC").toLowerCase().replace(/[ßæœøłđı]/gu, (letter) => letters[letter]);
  if (said.length > 2) said = said.replace(/(^|[^aeiouyq])([aou])e/gu, "$1$2");
  said = said.normalize("NFD").replace(/\p{M}/gu, "").normalize("NFC");
  return said.replace(/([^\W\d_])\1\1+/gu, "$1$1");
}

// Letters that stand alone are one word: "o g s".
export function wordsOf(text) {
  const spelled = text.slice(0, LONGEST_QUERY).replace(/['’‘ʼ`´]/gu, "")
    .replace(/(^|[^\p{L}\p{N}])(\p{L}(?: [\p{L}\p{N}](?![\p{L}\p{N}]))+)/gu, (_all, before, letters) => before + letters.replaceAll(" ", ""));
  return (spelled.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).map((word) => fold(word).slice(0, LONGEST_WORD));
}

// What the inflected forms of a German word share, near enough to find one by another (after Snowball's German stemmer).
export function stem(word) {
  let said = word.replace(/(er|zt|og|eg)in(nen)?$/u, "$1");
  const vowel = /[aeiouy][^aeiouy]/u.exec(said);
  const start = vowel ? Math.max(vowel.index + 2, 3) : said.length;
  const drop = (pattern, from) => {
    said = said.slice(0, from) + said.slice(from).replace(pattern, "$1");
  };
  drop(/()(?:em|ern|er|en|es|e)$/u, start);
  drop(/([bdfghklmnrt])s$/u, start - 1);
  drop(/()(?:en|er|est)$/u, start);
  drop(/()(?:end|ung|heit|keit)$/u, start);
  return said.length < 3 ? word : said;
}

// How a word sounds to whoever writes it by ear: "betroiung", "widereinschtieg", "masasche".
const SOUNDS = [[/eu|oy/gu, "oi"], [/ei|ay|ey/gu, "ai"], [/ie|y/gu, "i"], [/([aeiou])h/gu, "$1"],
  [/sch|sh/gu, "s"], [/ph|v|w/gu, "f"], [/d|th|dt/gu, "t"], [/b/gu, "p"], [/ck|c|q|g|x/gu, "k"],
  [/tz|z|ss/gu, "s"], [/er$/gu, "a"], [/(.)\1+/gu, "$1"]];
export const sound = (word) => SOUNDS.reduce((said, [pattern, letters]) => said.replace(pattern, letters), word);

// Whether two words differ by so many letters at most, neighbours that changed places counting once.
export function isNear(one, other, most) {
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
