// The advice: every rule that can be judged in the page, run over the answers, in the order of the catalogue.

import { contents } from "./contents.js";
import { kept, last, waiting } from "./answers.js";
import { today } from "./days.js";
import { figures } from "./model.js";
import { PLAN } from "./plan.js";
import { PRACTICE } from "./practice.js";

const JUDGES = { ...PRACTICE, ...PLAN };

/** Every finding on `answers`: its rule, severity, message and pointer. */
export function judged(answers) {
  const seen = kept(answers);
  seen.assessed ??= today(); // what is left blank is asked for when it is to be saved
  // Another file was opened, with another year before it: what the page was made with is not its last time.
  const previous = last && seen.previous === contents.started.previous ? last : undefined;
  const context = { answers: seen, previous, today: today(), figures };
  const unfinished = waiting(seen).length > 0;
  return contents.rules.flatMap((rule) =>
    [...JUDGES[rule.code](context)].map(({ message, pointer, severity }) => ({
      rule,
      message,
      pointer,
      severity: rule.eased && unfinished ? "info" : (severity ?? rule.severity),
    })),
  );
}
