// The advice: every rule that can be judged in the page, run over the answers, in the order of the catalogue.

import { contents } from "./contents.js";
import { kept, last, waiting } from "./answers.js";
import { today } from "./days.js";
import { HANDLING } from "./handling.js";
import { figures } from "./model.js";
import { PLAN } from "./plan.js";
import { PRACTICE } from "./practice.js";

const JUDGES = { ...PRACTICE, ...PLAN, ...HANDLING };

/** The outcomes and sub-outcomes that a finding at `pointer` is about. */
function concerned([part, name, index], { priorities, plan }) {
  if (part === "scores" || part === "benefit") return name === undefined ? [] : [name];
  if (part === "priorities" && name !== undefined) return [priorities[name].outcome];
  if (part === "plan" && name === "actions" && index !== undefined) return plan.actions[index].towards;
  return [];
}

/** Whether the file sets this rule aside for what `pointer` points at; what breaks a file cannot be. */
function aside({ rule, pointer }, answers) {
  return answers.ignore.some(({ rule: name, outcome }) => {
    const named = [rule.code.toLowerCase(), rule.code.slice(3), rule.name, rule.family].includes(name.toLowerCase());
    const there = (each) => each === outcome || each.startsWith(`${outcome}.`);
    return named && !rule.vital && (outcome === undefined || concerned(pointer, answers).some(there));
  });
}

/** Every finding on `answers` that these do not set aside: its rule, severity, message and pointer. */
export function judged(answers) {
  const seen = kept(answers);
  seen.assessed ??= today(); // what is left blank is asked for when it is to be saved
  // Another file was opened, with another year before it: what the page was made with is not its last time.
  const previous = last && seen.previous === contents.started.previous ? last : undefined;
  const context = { answers: seen, previous, today: today(), figures };
  const unfinished = waiting(seen).length > 0;
  const findings = contents.rules.flatMap((rule) =>
    [...JUDGES[rule.code](context)].map(({ message, pointer, severity }) => ({
      rule,
      message,
      pointer,
      severity: rule.eased && unfinished ? "info" : (severity ?? rule.severity),
    })),
  );
  return findings.filter((finding) => !aside(finding, seen));
}
