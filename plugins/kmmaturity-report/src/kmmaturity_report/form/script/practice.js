// Families fit, practice and cycle of the catalogue: what each finds in the answers.

import { answer, waiting } from "./answers.js";
import { monthsAfter } from "./days.js";
import { knows, levels, levelsOf, measuresOf, outcomes, reference, subs } from "./model.js";
import { blank, closest, field, folded, listed, matches, quoted, say, split, the, wordsOf } from "./words.js";

const reasonless = wordsOf("reasonless");

/** A finding's message, where it is, and its severity where that is not the rule's own. */
export const found = (message, pointer, severity) => ({ message, pointer, severity });

/** Every scored or otherwise answered sub-outcome that the model knows. */
const known = ({ answers }) => [...answers.scores].filter(([sub]) => subs.has(sub));

/** Each piece of evidence, with its place, in the model's order. */
const evidence = ({ answers }) =>
  [...subs.keys()].flatMap((sub) =>
    answer(answers, sub).evidence.map((each, index) => [sub, ["scores", sub, "evidence", index], each]),
  );

const short = ({ figures }, { ref, measure, alternative, note }) =>
  !(ref || measure || alternative) && matches("word", note ?? "").length < figures.words;

// fit

function* unknownOutcomes({ answers }) {
  const uses = new Map();
  const use = (name, pointer, fits = knows) => {
    if (!fits(name) && !uses.has(name)) uses.set(name, pointer);
  };
  for (const sub of answers.scores.keys()) use(sub, ["scores", sub], (name) => subs.has(name));
  for (const name of answers.benefit.keys()) use(name, ["benefit", name]);
  answers.priorities.forEach(({ outcome }, index) => use(outcome, ["priorities", index, "outcome"]));
  answers.plan.actions.forEach(({ towards }, index) =>
    towards.forEach((name, position) => use(name, ["plan", "actions", index, "towards", position])),
  );
  answers.ignore.forEach(({ outcome }, index) => outcome !== undefined && use(outcome, ["ignore", index, "outcome"]));
  for (const [name, pointer] of uses) {
    const whole = pointer[0] === "scores" && outcomes.has(name);
    const message = whole
      ? say`${the(name)} is an outcome, and scores are given to its sub-outcomes`
      : say`${reference} has no outcome ${name}`;
    yield found(message, pointer);
  }
}

function* offTheScale(context) {
  for (const [sub, { score, target }] of known(context)) {
    const scale = levelsOf(sub);
    const told = say`, and its scale is ${listed(scale, { most: 12 })}`;
    if (score !== undefined && !scale.includes(score)) {
      yield found(say`${the(sub)} has the score ${score}${told}`, ["scores", sub, "score"]);
    }
    if (target && !scale.includes(target.level)) {
      yield found(say`${the(sub)} has the target ${target.level}${told}`, ["scores", sub, "target", "level"]);
    }
  }
}

function* notAllAssessed({ answers }) {
  const beyond = [...answers.scores.keys()].filter((sub) => !subs.has(sub));
  const meant = new Set(beyond.map((name) => closest(name, subs.keys())));
  const open = waiting(answers).filter((sub) => !meant.has(sub));
  if (!open.length) return;
  const names = listed(open.map(the), { last: "and" });
  const verb = open.length === 1 ? "is" : "are";
  yield found(say`${open.length} of ${subs.size} sub-outcomes ${verb} not assessed yet: ${names}`, ["scores"]);
}

function* unknownMeasures(context) {
  for (const [sub, each] of known(context)) {
    const ids = new Set(measuresOf(sub).map(({ id }) => id));
    for (const [index, { measure }] of each.evidence.entries()) {
      if (measure !== undefined && !ids.has(measure)) {
        yield found(say`${the(sub)} has no measure ${measure}`, ["scores", sub, "evidence", index, "measure"]);
      }
    }
  }
}

// practice

function* withoutEvidence(context) {
  for (const [sub, each] of known(context)) {
    if (!each.evidence.length && levelsOf(sub).slice(1).includes(each.score)) {
      yield found(say`${the(sub)} is scored ${each.score} and has no evidence`, ["scores", sub]);
    }
  }
}

function* repeatedEvidence(context) {
  const uses = new Map();
  for (const [sub, pointer, each] of evidence(context)) {
    if (short(context, each)) continue;
    const note = split(folded(each.note ?? "")).join(" ");
    if (!uses.has(note)) uses.set(note, new Map());
    if (!uses.get(note).has(sub)) uses.get(note).set(sub, [[...pointer, "note"], each.note ?? ""]);
  }
  const repeats = context.figures.repeats;
  for (const places of uses.values()) {
    if (places.size < repeats || repeats <= 1) continue;
    const [[pointer, note]] = places.values();
    const names = listed([...places.keys()].map(the), { last: "and" });
    yield found(say`${places.size} sub-outcomes have the same evidence, ${quoted(note)}: ${names}`, pointer);
  }
}

function* shortEvidence(context) {
  for (const [sub, pointer, each] of evidence(context)) {
    if (short(context, each)) {
      const note = quoted(each.note ?? "");
      yield found(say`the evidence ${note} of ${the(sub)} is too short for others to follow`, [...pointer, "note"]);
    }
  }
}

function* worthALookTogether({ answers }) {
  for (const [sub, { requires = [] }] of subs) {
    const { score } = answer(answers, sub);
    const seen = new Set();
    for (const edge of requires.toSorted((a, b) => a.level - b.level)) {
      if (score === undefined || edge.level > score || !subs.has(edge.needs) || seen.has(edge.needs)) continue;
      const other = answer(answers, edge.needs).score;
      if (other === undefined || !levelsOf(edge.needs).includes(other) || !levelsOf(sub).includes(score)) continue;
      if (other >= edge.at) continue;
      seen.add(edge.needs);
      const because = edge.because ? ` (${split(edge.because).join(" ").replace(/\.+$/, "")})` : "";
      yield found(
        say`${the(sub)} is scored ${score}, and its level ${edge.level} rests on level ${edge.at} of ${the(edge.needs)}, which is scored ${other}${because}`,
        ["scores", sub, "score"],
      );
    }
  }
}

function* oldEvidence(context) {
  const { answers, figures } = context;
  if (figures.age === undefined) return;
  const newest = new Map();
  for (const [sub, pointer, { dated }] of evidence(context)) {
    if (dated !== undefined && !(newest.get(sub)?.[0] >= dated)) newest.set(sub, [dated, pointer]);
  }
  for (const [sub, [day, pointer]] of newest) {
    if (monthsAfter(day, figures.age) < answers.assessed) {
      yield found(
        say`the newest evidence of ${the(sub)} is of ${day}, more than ${figures.age} months before ${answers.assessed}`,
        [...pointer, "dated"],
      );
    }
  }
}

function* withoutReason(context) {
  for (const [sub, { inapplicable }] of known(context)) {
    if (inapplicable === undefined) continue;
    const said = matches("letters", folded(inapplicable)).join(" ");
    if (!reasonless.has(said)) continue;
    const told = said ? say`${quoted(inapplicable)} does not say why` : "nothing says why";
    yield found(say`${the(sub)} is not applicable, and ${told}`, ["scores", sub, "inapplicable"]);
  }
}

// cycle

function* inTheFuture(context) {
  const { answers, today } = context;
  for (const [sub, each] of known(context)) {
    for (const [index, { dated }] of each.evidence.entries()) {
      if (dated !== undefined && dated > answers.assessed) {
        const message = say`evidence of ${the(sub)} is dated ${dated}, after the assessment of ${answers.assessed}`;
        yield found(message, ["scores", sub, "evidence", index, "dated"]);
      }
    }
  }
  const days = [[say`${field("assessed")} is`, answers.assessed, ["assessed"]]];
  for (const [index, { due, held }] of answers.plan.reviews.entries()) {
    if (held !== undefined)
      days.push([
        say`${field("held")} of the review due ${due ?? "(no day yet)"} is`,
        held,
        ["plan", "reviews", index, "held"],
      ]);
  }
  for (const [what, day, pointer] of days) {
    if (day > today) yield found(say`${what} ${day}, which is still ahead`, pointer, "info");
  }
}

function* overAYearOld({ answers, today, figures }) {
  if (monthsAfter(answers.assessed, figures.due) <= today) {
    const message = say`this assessment is of ${answers.assessed}, ${figures.due} months ago or more`;
    yield found(message, ["assessed"]);
  }
}

function* targetHorizon(context) {
  const { answers, figures } = context;
  const [first, last] = [figures.soonest, figures.latest].map((months) => monthsAfter(answers.assessed, months));
  for (const [sub, { target }] of known(context)) {
    if (target?.by !== undefined && !(first <= target.by && target.by <= last)) {
      const message = say`the target of ${the(sub)} is for ${target.by}, and the assessment is of ${answers.assessed}`;
      yield found(message, ["scores", sub, "target", "by"]);
    }
  }
}

function* largeChange(context) {
  const { previous, figures } = context;
  if (!previous || previous.levels.join() !== levels.join()) return;
  const spelt = ({ note, measure, alternative, effect, ref, dated }) =>
    JSON.stringify([note, measure, alternative, effect, ref, dated]);
  for (const [sub, now] of known(context)) {
    if (!previous.subs.has(sub)) continue;
    const then = answer(previous, sub);
    const before = new Set(then.evidence.map(spelt));
    if (!blank(now.rebaselined) || now.evidence.some((each) => !before.has(spelt(each)))) continue;
    const [here, there] = [levels.indexOf(now.score), levels.indexOf(then.score)];
    if (here < 0 || there < 0 || figures.change < 1 || Math.abs(here - there) < figures.change) continue;
    yield found(
      say`${the(sub)} is scored ${now.score}, and was ${then.score} on ${previous.assessed}: nothing says what is different`,
      ["scores", sub, "score"],
    );
  }
}

export const PRACTICE = {
  KMM201: unknownOutcomes,
  KMM202: offTheScale,
  KMM205: notAllAssessed,
  KMM206: unknownMeasures,
  KMM301: withoutEvidence,
  KMM302: repeatedEvidence,
  KMM303: shortEvidence,
  KMM304: worthALookTogether,
  KMM305: oldEvidence,
  KMM306: withoutReason,
  KMM501: inTheFuture,
  KMM502: overAYearOld,
  KMM503: targetHorizon,
  KMM504: largeChange,
};
