// The sheet: the answers as they stand, and the controls that each stand for one of them.

import { entry, kept, started, state, tidied, copied } from "./answers.js";
import { all, asWritten, byId } from "./dom.js";
import { monthsAfter, told } from "./days.js";
import { blankless } from "./words.js";

export const sheet = { answers: started() };

const watchers = [];
const drawers = [];

/** Calls `watcher` after every change of the answers. */
export const watch = (watcher) => void watchers.push(watcher);

/** Calls `drawer` whenever the controls are to show other answers: at the start, after opening a file, after undoing. */
export const draws = (drawer) => void drawers.push(drawer);

/** Says that the answers have changed. What was done before can then not be undone: that would lose the change. */
export function changed() {
  if (!byId("undo").hidden) tellReader("");
  watchers.forEach((watcher) => watcher(sheet.answers));
}

/** Puts other answers in place of those that are there. */
export function replace(answers) {
  sheet.answers = answers;
  drawers.forEach((drawer) => drawer(answers));
  changed();
}

let before;
let hiding;

/** Does what can be undone until the next change, and says so. */
export function undoable(words, act) {
  before = copied(sheet.answers);
  act();
  tellReader(words, true);
}

/** Says a sentence in the corner of the page; assistive technology reads it out. */
export function tellReader(words, undoing = false) {
  byId("told").textContent = words;
  byId("undo").hidden = !undoing;
  byId("told").parentElement.classList.toggle("shown", words !== "");
  clearTimeout(hiding);
  if (!undoing) hiding = setTimeout(() => byId("told").parentElement.classList.remove("shown"), 10_000);
}

byId("undo").addEventListener("click", () => {
  replace(before);
  tellReader("Undone.");
  byId("questions").focus();
});

/** The sub-outcome of the card that `control` is in. */
const subOf = (control) => control.closest("[data-sub]")?.dataset.sub;

// Texts and days: of the whole assessment, or of the answer whose card they are in

function holder(control, writing) {
  const sub = subOf(control);
  if (!sub) return sheet.answers;
  return writing ? entry(sheet.answers, sub) : (sheet.answers.scores.get(sub) ?? {});
}

document.addEventListener("input", ({ target: control }) => {
  const { at } = control.dataset;
  if (at) {
    holder(control, true)[at] = at === "inapplicable" ? control.value : blankless(control.value);
  } else if (control.id === "units") {
    sheet.answers.unit = control.value.split("\n").filter((line) => line.trim() !== "");
  } else return;
  const sub = subOf(control);
  if (sub) tidied(sheet.answers, sub);
  changed();
});

// Levels: of today, and of a year's time

document.addEventListener("change", ({ target: control }) => {
  if ("score" in control.dataset) score(control);
  else if ("aim" in control.dataset || control.closest("[data-by]")) aim(control.closest("[data-target]"));
  else if ("scope" in control.dataset) sheet.answers.scope = blankless(control.value);
  else return;
  changed();
});

function score(control) {
  const card = control.closest("[data-sub]");
  const answer = entry(sheet.answers, card.dataset.sub);
  answer.score = /^\d+$/.test(control.value) ? Number(control.value) : undefined;
  answer.inapplicable = control.value === "no" ? card.querySelector("[data-at=inapplicable]").value : undefined;
  card.querySelector("[data-when]").hidden = control.value !== "no";
  tidied(sheet.answers, card.dataset.sub);
}

function aim(card) {
  const sub = card.dataset.target;
  const level = card.querySelector("[data-aim]:checked").value;
  const day = card.querySelector("[data-by] input").value;
  const answer = entry(sheet.answers, sub);
  answer.target = level === "" ? undefined : { level: Number(level), by: blankless(day) };
  card.querySelector("[data-by]").hidden = level === "";
  tidied(sheet.answers, sub);
}

draws((answers) => {
  byId("units").value = answers.unit.join("\n");
  for (const control of all("[data-at]")) control.value = holder(control, false)[control.dataset.at] ?? "";
  for (const control of all("[data-scope]")) control.checked = control.value === (answers.scope ?? "");
  for (const card of all("[data-sub]")) {
    const said = { scored: answers.scores.get(card.dataset.sub)?.score, "not-applicable": "no" }[
      state(answers, card.dataset.sub)
    ];
    choose(card, "[data-score]", said ?? "");
    card.querySelector("[data-when]").hidden = said !== "no";
  }
  for (const card of all("[data-target]")) {
    const target = answers.scores.get(card.dataset.target)?.target;
    choose(card, "[data-aim]", target?.level ?? "");
    card.querySelector("[data-by]").hidden = !target;
    card.querySelector("[data-by] input").value = target?.by ?? "";
  }
});

/** Chooses the control of this value. One that is off the scale has none, and is told in the advice. */
function choose(card, selector, value) {
  for (const control of all(selector, card)) control.checked = control.value === String(value);
}

watch((answers) => {
  const { unit, assessed, handling } = kept(answers);
  byId("unit").textContent = unit.at(-1) ?? "Who is this of?";
  const above = unit.slice(0, -1).flatMap((name) => [asWritten(name), ", "]);
  byId("subtitle").replaceChildren(told(assessed), above.length && assessed ? " · " : "", ...above.slice(0, -1));
  byId("marking").textContent = (handling ?? "").toUpperCase();
  byId("marking").hidden = !handling;
  for (const each of all("[data-usual]"))
    each.textContent = assessed ? told(monthsAfter(assessed, 12)) : "a year later";
  for (const each of all("[data-rebaselined]")) {
    const { score, rebaselined } = answers.scores.get(subOf(each)) ?? {};
    const { rebaselined: then } = each.dataset;
    const moved = score !== undefined && then !== "" && then !== String(score);
    each.hidden = !(moved || rebaselined !== undefined || each.contains(document.activeElement));
  }
  for (const each of all("[data-applies]")) {
    each.hidden = !answers.scope || each.dataset.applies.split(" ").includes(answers.scope);
  }
});
