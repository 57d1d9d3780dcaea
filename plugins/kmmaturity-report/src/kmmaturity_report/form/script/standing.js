// Where the team stands: counts per level, and each sub-outcome on its scale, as tables that are pictures too.

import { answer, kept, last, state, tally } from "./answers.js";
import { byId, el } from "./dom.js";
import { levels, levelsOf, levelTitle, outcomes, subs, titleOf, within } from "./model.js";
import { watch } from "./sheet.js";
import { listed, plain } from "./words.js";

const MARKS = { before: "last time", now: "now", aim: "target" };
const WORDS = { "not-assessed": "not assessed yet", "not-applicable": "not applicable" };

/** The counts of all, and by outcome, as a table. */
export function counts(answers) {
  const heads = [...levels.map((level) => `Level ${level}`), "Not assessed", "Not applicable", "Low median", "Lowest"];
  const row = (title, names) => {
    const { counts, unassessed, inapplicable, median, lowest } = tally(answers, names, levels);
    const figures = [...counts.values(), unassessed, inapplicable, median ?? "–", lowest ?? "–"];
    const cell = (figure, place) => {
      const none = figure === 0 && place < levels.length + 2; // a count, and not a level
      return el("td", { class: none ? "num none" : "num", "data-label": heads[place] }, String(figure));
    };
    return el("tr", {}, el("th", { scope: "row" }, el("bdi", {}, title)), figures.map(cell));
  };
  const head = (text, place) => el("th", { scope: "col", class: place ? "num" : false }, text);
  return el(
    "div",
    { class: "scroll", tabindex: "0", role: "region", "aria-label": "Sub-outcomes at each level" },
    el(
      "table",
      {},
      el("caption", {}, "Sub-outcomes at each level"),
      el("thead", {}, el("tr", {}, ["Outcome", ...heads].map(head))),
      el(
        "tbody",
        {},
        [...outcomes].map(([name, { title }]) => row(title, within(name))),
      ),
      el("tfoot", {}, row("All", [...subs.keys()])),
    ),
  );
}

/** What can honestly be read off the counts, in sentences. */
export function sentences(answers) {
  const whole = tally(answers, [...subs.keys()], levels);
  const at = (level) => [...subs.keys()].filter((sub) => answer(answers, sub).score === level);
  const names = (level) => plain(listed(at(level).map(titleOf), { last: "and", most: 99 }));
  const told = [`${whole.scored} of ${whole.applicable} sub-outcomes that apply are scored.`];
  if (!whole.scored) return told;
  if (whole.lowest === whole.highest) return [...told, `Even: every score is at level ${whole.lowest}.`];
  return [
    ...told,
    `Strengths, at your own highest level, ${whole.highest}: ${names(whole.highest)}.`,
    `Weaknesses, at your own lowest level, ${whole.lowest}: ${names(whole.lowest)}.`,
  ];
}

/** One outcome's sub-outcomes, each on its scale. */
function scales(answers, name, title) {
  return el(
    "table",
    { class: "dots" },
    el("caption", {}, title),
    el(
      "thead",
      {},
      el(
        "tr",
        {},
        el("th", { scope: "col" }, "Sub-outcome"),
        levels.map((level) => el("th", { scope: "col", title: levelTitle(level) }, String(level))),
      ),
    ),
    el(
      "tbody",
      {},
      within(name).map((sub) => scale(answers, sub)),
    ),
  );
}

function scale(answers, sub) {
  const { score, target } = answer(answers, sub);
  const then = last && answer(last, sub).score;
  const head = el("th", { scope: "row" }, el("bdi", {}, titleOf(sub)));
  const said = state(answers, sub);
  if (said !== "scored") head.append(el("span", { class: "quiet small" }, ` (${WORDS[said]})`));
  const marks = (level) =>
    [level === then && "before", level === score && "now", level === target?.level && "aim"]
      .filter(Boolean)
      .map((kind) => [mark(kind, level), el("span", { class: "hidden" }, ` ${MARKS[kind]} `)]);
  const cell = (level) => el("td", { class: levelsOf(sub).includes(level) ? "on" : "off" }, marks(level));
  return el("tr", {}, head, levels.map(cell));
}

/** A mark with its level in it, for the eye; words beside it are for everybody. */
const mark = (kind, level) => el("span", { class: `mark ${kind}`, "aria-hidden": "true" }, String(level));

watch((given) => {
  if (byId("standing").hidden) return;
  drawStanding(kept(given));
});

/** Draws the profile again. */
export function drawStanding(answers) {
  const key = Object.entries(MARKS).filter(([kind]) => last || kind !== "before");
  byId("profile").replaceChildren(
    ...sentences(answers).map((sentence) => el("p", {}, sentence)),
    counts(answers),
    el("h3", {}, "Each on its scale"),
    el("p", { class: "key" }, key.map(([kind, words]) => [mark(kind, levels.at(-1)), ` ${words} `]).flat()),
    ...[...outcomes].map(([name, { title }]) => scales(answers, name, title)),
  );
}
