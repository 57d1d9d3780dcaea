// Elements. Whatever anybody wrote becomes text: the page's policy allows no markup to be made from a string.

import { contents } from "./contents.js";
import { titleOf } from "./model.js";

export const byId = (id) => document.getElementById(id);

/** Every element in `root` that fits `selector`. */
export const all = (selector, root = document) => [...root.querySelectorAll(selector)];

/** A new element. Children are elements, or texts that stay texts; those that are false or missing are left out. */
export function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat(Infinity).filter((child) => child !== undefined && child !== false && child !== ""));
  return made;
}

/** Text that somebody wrote, in an element that reads in the text's own direction. */
export const asWritten = (text, tag = "bdi") => el(tag, { dir: "auto" }, text);

/** A message as the page tells it: with the titles of what it names and its own labels, capital first. */
export function withTitles(pieces) {
  const whole = pieces.map((piece) => (typeof piece === "object" ? piece : String(piece)));
  if (typeof whole[0] === "string") whole[0] = whole[0].charAt(0).toUpperCase() + whole[0].slice(1);
  return whole.map((piece) =>
    typeof piece === "string"
      ? asWritten(piece, "span")
      : el("q", {}, piece.key ? (contents.labels[piece.key] ?? piece.key) : titleOf(piece.name)),
  );
}

/** A copy of the first element of a template. */
export const copyOf = (id) => byId(id).content.firstElementChild.cloneNode(true);
