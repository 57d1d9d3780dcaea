// Family plan of the catalogue: priorities, targets, actions and reviews. Ideas are free.

import { answer, prioritySubs, state, targetDay, waiting } from "./answers.js";
import { monthsAfter } from "./days.js";
import { highest, knows, levels, levelsOf, nextLevel, outcomeOf, subs, within } from "./model.js";
import { found } from "./practice.js";
import { blank, listed, quoted, say, the } from "./words.js";

/** Each priority that the model knows, with its place. */
const chosen = ({ answers }) =>
  new Map(
    answers.priorities
      .map(({ outcome }, index) => [outcome, ["priorities", index, "outcome"]])
      .filter(([outcome]) => knows(outcome)),
  );

/** Each scored sub-outcome with a target, both on its scale: its score, the target's level, and where that is. */
const steps = ({ answers }) =>
  [...answers.scores]
    .filter(([sub, { score, target }]) => subs.has(sub) && score !== undefined && target)
    .filter(([sub, { score, target }]) => [score, target.level].every((level) => levelsOf(sub).includes(level)))
    .map(([sub, { score, target }]) => [sub, score, target.level, ["scores", sub, "target", "level"]]);

/** The sub-outcomes that an action is for. */
const servedBy = ({ towards }) => [...new Set(towards.filter(knows).flatMap(within))];

const isOpen = ({ status }) => status === "planned" || status === "under-way";

/** Each action that is planned or under way, with its place. */
const openActions = ({ answers }) =>
  answers.plan.actions
    .map((action, index) => [action, ["plan", "actions", index]])
    .filter(([action]) => isOpen(action));

const named = ({ id, action }) => `the action ${id || quoted(action ?? "")}`;

const statusOf = ({ status }) => status.replaceAll("-", " ");

/** By when each target that is above its score is to be reached. */
const targetDays = (context) =>
  new Map(
    steps(context)
      .filter(([, score, level]) => level > score)
      .map(([sub]) => [sub, targetDay(context.answers, sub)]),
  );

/** The sub-outcomes within no priority; none of them while no priority is chosen, or one is misspelt. */
function outside({ answers }) {
  if (!answers.priorities.length || answers.priorities.some(({ outcome }) => !knows(outcome))) return new Set();
  const inside = new Set(prioritySubs(answers));
  return new Set([...subs.keys()].filter((sub) => !inside.has(sub)));
}

function* tooManyPriorities(context) {
  const names = [...new Set([...chosen(context).keys()].map(outcomeOf))];
  const most = context.figures.priorities;
  if (names.length > most) {
    const advised = most === 1 ? "one at most is advised" : `${most} at most are advised`;
    const told = listed(names.map(the), { last: "and" });
    yield found(say`${names.length} outcomes are priorities: ${told}; ${advised}`, ["priorities"]);
  }
}

function* noPriority({ answers }) {
  if (answers.priorities.length || waiting(answers).length) return;
  if ([...subs.keys()].some((sub) => answer(answers, sub).score < highest(sub))) {
    yield found(say`everything that applies is scored, and no priority is chosen yet`, ["scores"]);
  }
}

function* withoutTarget(context) {
  const told = new Set();
  for (const [name, pointer] of chosen(context)) {
    const missing = within(name).filter((sub) => {
      const { score, target } = answer(context.answers, sub);
      if (score === undefined || target || told.has(sub)) return false;
      return nextLevel(sub, score) !== undefined && levels.includes(score);
    });
    missing.forEach((sub) => told.add(sub));
    if (missing.length) {
      const names = listed(missing.map(the), { last: "and" });
      const verb = missing.length > 1 ? "have" : "has";
      yield found(say`${the(name)} is a priority, and ${names} ${verb} no target`, pointer);
    }
  }
}

function* withoutRoom(context) {
  for (const [name, pointer] of chosen(context)) {
    const asked = within(name).filter((sub) => state(context.answers, sub) !== "not-applicable");
    if (asked.length && asked.every((sub) => answer(context.answers, sub).score === highest(sub))) {
      yield found(say`${the(name)} is a priority, and all of it is at its highest level already`, pointer);
    }
  }
}

function* targetBelowScore(context) {
  for (const [sub, score, level, pointer] of steps(context)) {
    if (level < score) yield found(say`${the(sub)} is scored ${score}, and its target is the lower ${level}`, pointer);
  }
}

function* targetOutsidePriorities(context) {
  const beside = outside(context);
  const priorities = listed([...chosen(context).keys()].map(the), { last: "and" });
  for (const [sub, score, level, pointer] of steps(context)) {
    if (level > score && beside.has(sub)) {
      yield found(say`${the(sub)} has the target ${level}, and lies outside the priorities: ${priorities}`, pointer);
    }
  }
}

function* targetWithoutAction(context) {
  const working = context.answers.plan.actions.filter((action) => isOpen(action) || action.status === "done");
  if (working.some(({ towards }) => !towards.every(knows))) return;
  const served = new Set(working.flatMap(servedBy));
  const beside = outside(context);
  for (const [sub, score, level, pointer] of steps(context)) {
    if (level > score && !served.has(sub) && !beside.has(sub)) {
      const message = say`${the(sub)} is to go from ${score} to ${level}, and no action that is planned leads there`;
      yield found(message, pointer);
    }
  }
}

function* moreThanOneLevel(context) {
  const most = context.figures.rise;
  for (const [sub, score, level, pointer] of steps(context)) {
    const scale = levelsOf(sub);
    const rise = scale.indexOf(level) - scale.indexOf(score);
    if (rise > most && most > 0) {
      yield found(say`${the(sub)} is to go from ${score} to ${level}, which is ${rise} levels at once`, pointer);
    }
  }
}

function* prerequisiteUnplanned(context) {
  const inside = new Set(prioritySubs(context.answers));
  for (const [sub, score, level, pointer] of steps(context)) {
    const seen = new Set();
    for (const edge of (subs.get(sub).requires ?? []).toSorted((a, b) => b.at - a.at)) {
      if (seen.has(edge.needs) || !subs.has(edge.needs) || !(score < edge.level && edge.level <= level)) continue;
      const other = answer(context.answers, edge.needs);
      if (other.score === undefined || other.score >= edge.at || !levelsOf(edge.needs).includes(edge.at)) continue;
      if (!other.target && inside.has(edge.needs)) continue;
      if (other.target && other.target.level >= edge.at) continue;
      seen.add(edge.needs);
      const aim = other.target ? `has the target ${other.target.level}` : "has no target";
      yield found(
        say`${the(sub)} is to reach ${level}, which rests on level ${edge.at} of ${the(edge.needs)}: that is scored ${other.score} and ${aim}`,
        pointer,
      );
    }
  }
}

function* actionWithoutOwner(context) {
  for (const [action, pointer] of openActions(context)) {
    if (blank(action.owner)) {
      yield found(say`${named(action)} is ${statusOf(action)} and has no owner`, [...pointer, "status"]);
    }
  }
}

function* actionWithoutDate(context) {
  for (const [action, pointer] of openActions(context)) {
    if (action.due === undefined) {
      yield found(say`${named(action)} is ${statusOf(action)} and has no date`, [...pointer, "status"]);
    }
  }
}

function* actionDatePassed(context) {
  for (const [action, pointer] of openActions(context)) {
    if (action.due < context.today) {
      const message = say`${named(action)} is ${statusOf(action)}, and its date, ${action.due}, has passed`;
      yield found(message, [...pointer, "due"]);
    }
  }
}

function* actionAfterTargetDate(context) {
  const targets = targetDays(context);
  for (const [action, pointer] of openActions(context)) {
    const days = servedBy(action)
      .filter((sub) => targets.has(sub))
      .map((sub) => [sub, targets.get(sub)]);
    const last = days.map(([, day]) => day).reduce((a, b) => (a > b ? a : b), "");
    if (action.due === undefined || !days.length || action.due <= last) continue;
    const [sub] = days.find(([, day]) => day === last);
    const message = say`${named(action)} is due on ${action.due}, and the target of ${the(sub)} is for ${last}`;
    yield found(message, [...pointer, "due"]);
  }
}

function* planWithoutReview(context) {
  const { answers } = context;
  const actions = openActions(context).length;
  const begun = [...answers.scores.values()].some(({ score }) => score !== undefined);
  if (actions && begun && !answers.plan.reviews.length) {
    yield found(say`the plan has ${actions === 1 ? "an action" : `${actions} actions`} and no review`, ["plan"]);
  }
}

function* reviewGap(context) {
  const { assessed: start, plan } = context.answers;
  const most = context.figures.review;
  if (most < 1 || !plan.reviews.length || !openActions(context).length) return;
  const end = monthsAfter(start, 12);
  const between = plan.reviews.map(({ due, held }) => held ?? due).filter((day) => start < day && day < end);
  const days = [...new Set([start, end, ...between])].sort();
  if (days.some((day, index) => monthsAfter(day, most) < days[index + 1])) {
    const message = say`more than ${most} months go by without a review in the year from ${start}`;
    yield found(message, ["plan", "reviews"]);
  }
}

export const PLAN = {
  KMM401: tooManyPriorities,
  KMM402: noPriority,
  KMM403: withoutTarget,
  KMM404: targetBelowScore,
  KMM405: targetOutsidePriorities,
  KMM406: targetWithoutAction,
  KMM407: actionWithoutOwner,
  KMM408: planWithoutReview,
  KMM409: moreThanOneLevel,
  KMM410: actionDatePassed,
  KMM411: actionAfterTargetDate,
  KMM412: reviewGap,
  KMM413: actionWithoutDate,
  KMM414: prerequisiteUnplanned,
  KMM415: withoutRoom,
};
