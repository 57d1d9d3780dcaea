// Words as the library's messages have them. A message is a list of pieces: text, `{name}` for an id of the model, or
// `{key}` for a key of the file, so that the library's sentence can be told with these, and the page's own with titles.

import { contents } from "./contents.js";

const PATTERNS = Object.fromEntries(
  Object.entries(contents.patterns).map(([name, { source, flags }]) => [name, [source, flags]]),
);
const SPACES = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/u;

/** The pattern of this name, to be looked for from `lastIndex` on, or at all. */
export const pattern = (name, more = "") => new RegExp(PATTERNS[name][0], PATTERNS[name][1] + more);

/** The words of this name, which those of a text are compared with. */
export const wordsOf = (name) => new Set(contents.words[name]);

/** Each match of the pattern of this name in `text`. */
export const matches = (name, text) => [...text.matchAll(pattern(name, "g"))];

/** A tag for messages: the pieces of a template, with lists of pieces among its values opened up. */
export const say = (texts, ...values) =>
  texts.flatMap((text, index) => [text, values[index] ?? []].flat()).filter((piece) => piece !== "");

/** An id of the model as a piece of a message. */
export const the = (name) => ({ name });

/** A key of the file as a piece of a message, which the page calls by its label. */
export const field = (key) => ({ key });

/** A message in the library's words, with ids and keys. */
export const plain = (pieces) =>
  pieces.map((piece) => piece.name ?? (piece.key ? `\`${piece.key}\`` : String(piece))).join("");

/** `text` cut at its spaces, none of which is left. */
export const split = (text) => text.split(SPACES).filter(Boolean);

/** `text` as answers hold it: what is left blank is not said. */
export const blankless = (text) => (text === "" ? undefined : text);

/** Whether `text` is missing or holds nothing but spaces. */
export const blank = (text) => !text || !split(text).length;

/** `text` with capitals and their kin made one, for comparing. */
export const folded = (text) => text.toUpperCase().toLowerCase().replaceAll("ς", "σ");

/** `text` on one line in quotation marks; a long one is cut. */
export function quoted(text, most = 48) {
  const line = split(text).join(" ");
  const letters = [...line];
  if (letters.length <= most) return `"${line}"`;
  const start = letters.slice(0, most - 3).join("");
  return `"${start.slice(0, Math.max(start.lastIndexOf(" "), 0)) || start}..."`;
}

/** Items as a sentence lists them: `a, b or c`; a long list is cut with its count. */
export function listed(items, { last = "or", most = 8 } = {}) {
  const every = [...items];
  if (every.length > most) return say`${joined(every.slice(0, most))} and ${every.length - most} more`;
  return every.length < 2 ? every : say`${joined(every.slice(0, -1))} ${last} ${every.at(-1)}`;
}

const joined = (items) => items.flatMap((item, index) => (index ? [", ", item] : [item]));

/** The one of `names` that `word` was probably meant to be, or undefined when there is no clear winner. */
export function closest(word, names) {
  const [near, clear] = [0.7, 0.06];
  const wanted = [...folded(word).replaceAll("_", "-").replaceAll(" ", "-")];
  let [best, second, winner] = [0, 0, undefined];
  for (const name of new Map([...names].reverse().map((each) => [folded(each), each])).values()) {
    const letters = [...folded(name)];
    const ratio = letters.length + wanted.length ? (2 * shared(letters, wanted)) / (letters.length + wanted.length) : 1;
    if (ratio > best) [best, second, winner] = [ratio, best, name];
    else if (ratio > second) second = ratio;
  }
  return best >= near && best - second >= clear ? winner : undefined;
}

/** How many letters two words have in common: their longest common stretch, and what is shared on each side of it. */
function shared(a, b) {
  let [length, atA, atB] = [0, 0, 0];
  let runs = new Map();
  a.forEach((letter, i) => {
    const next = new Map();
    b.forEach((other, j) => {
      if (letter !== other) return;
      const run = (runs.get(j - 1) ?? 0) + 1;
      next.set(j, run);
      if (run > length) [length, atA, atB] = [run, i - run + 1, j - run + 1];
    });
    runs = next;
  });
  if (!length) return 0;
  return length + shared(a.slice(0, atA), b.slice(0, atB)) + shared(a.slice(atA + length), b.slice(atB + length));
}
