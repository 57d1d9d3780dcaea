// The answers that the page holds, and what can be asked of them. Rows that were begun and hold nothing count nowhere.

import { contents } from "./contents.js";
import { monthsAfter } from "./days.js";
import { read, written } from "./file.js";
import { knows, subs, within } from "./model.js";

/** The assessment that the page was made with. */
export const started = () => read(contents.started, { partial: true });

/** What was said last time, where the page was made with it: its day, levels, questions and scores. */
export const last = contents.previous && {
  ...contents.previous,
  subs: new Set(contents.previous.subs),
  scores: read({ ...contents.started, scores: contents.previous.scores }, { partial: true }).scores,
};

const begun = new WeakSet();

/** A new row, such as a piece of evidence, with nothing in it yet but what `given` says. */
export function begin(fields, given = {}) {
  const row = { ...Object.fromEntries(fields.map((name) => [name, undefined])), ...given };
  begun.add(row);
  return row;
}

// A reason that is not there yet is still one that is wanted.
const nothing = (row) =>
  row.inapplicable === undefined &&
  Object.values(row).every((held) => held === undefined || held === "" || held === "idea" || held.length === 0);

const empty = (row) => begun.has(row) && nothing(row);

const filled = (rows) => rows.filter((row) => !empty(row));

/** The answers without rows that hold nothing. The rows that are left are the same objects. */
export function kept(answers) {
  const scores = [...answers.scores]
    .map(([sub, answer]) => [sub, answer, { ...answer, evidence: filled(answer.evidence) }])
    .filter(([, answer, told]) => !(begun.has(answer) && nothing(told)))
    .map(([sub, , told]) => [sub, told]);
  return {
    ...answers,
    scores: new Map(scores),
    plan: { reviews: filled(answers.plan.reviews), actions: filled(answers.plan.actions) },
  };
}

const NOTHING = Object.freeze({ evidence: Object.freeze([]) });

/** The answer for `sub`, to be looked at. */
export const answer = (answers, sub) => answers.scores.get(sub) ?? NOTHING;

/** The answer for `sub`, to be written in. */
export function entry(answers, sub) {
  if (!answers.scores.has(sub)) {
    answers.scores.set(sub, begin(["score", "inapplicable", "rebaselined", "target"], { evidence: [] }));
  }
  return answers.scores.get(sub);
}

/** Forgets an answer that was begun in this page and says nothing any more. */
export function tidied(answers, sub) {
  if (answers.scores.has(sub) && empty(answers.scores.get(sub))) answers.scores.delete(sub);
}

/** Whether `sub` is scored, not assessed or not applicable. */
export function state(answers, sub) {
  const { score, inapplicable } = answer(answers, sub);
  if (score !== undefined) return "scored";
  return inapplicable === undefined ? "not-assessed" : "not-applicable";
}

/** Whether `sub` fits the unit's scope, or the unit began to answer it all the same. */
export function asked(answers, sub) {
  const { applies = [] } = subs.get(sub);
  return !(answers.scope && applies.length && !applies.includes(answers.scope)) || answers.scores.has(sub);
}

/** The sub-outcomes that are asked and not assessed yet. */
export const waiting = (answers) =>
  [...subs.keys()].filter((sub) => state(answers, sub) === "not-assessed" && asked(answers, sub));

/** Every sub-outcome that lies within a priority, in the model's order. */
export function prioritySubs(answers) {
  const chosen = new Set(answers.priorities.flatMap(({ outcome }) => (knows(outcome) ? within(outcome) : [])));
  return [...subs.keys()].filter((sub) => chosen.has(sub));
}

/** When the target on `sub` is to be met, or undefined without a target. */
export function targetDay(answers, sub) {
  const { target } = answer(answers, sub);
  return target && (target.by ?? (answers.assessed && monthsAfter(answers.assessed, 12)));
}

/** How many of `names` stand at each level, or are not assessed, or do not apply. */
export function tally(answers, names, levels) {
  const counts = new Map(levels.map((level) => [level, 0]));
  const found = { counts, unassessed: 0, inapplicable: 0 };
  for (const sub of names) {
    const { score } = answer(answers, sub);
    if (counts.has(score)) counts.set(score, counts.get(score) + 1);
    else if (state(answers, sub) === "not-applicable") found.inapplicable += 1;
    else found.unassessed += 1;
  }
  const scores = [...counts].flatMap(([level, count]) => Array(count).fill(level));
  return {
    ...found,
    scored: scores.length,
    applicable: scores.length + found.unassessed,
    lowest: scores.at(0),
    highest: scores.at(-1),
    median: scores[Math.floor((scores.length - 1) / 2)],
  };
}

/** A copy that further typing does not change. */
export const copied = (answers) => read(written(kept(answers)), { partial: true });
