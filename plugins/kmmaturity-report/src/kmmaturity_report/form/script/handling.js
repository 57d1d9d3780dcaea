// Family handling of the catalogue: what may be private, and markings.

import { found } from "./practice.js";
import { field, folded, matches, pattern, say, the, wordsOf } from "./words.js";

const shared = wordsOf("shared");
const endings = [...wordsOf("endings")];

function* texts({ answers }) {
  yield [["notes"], answers.notes];
  for (const [sub, each] of answers.scores) {
    for (const key of ["inapplicable", "rebaselined"]) yield [["scores", sub, key], each[key]];
    for (const [index, piece] of each.evidence.entries()) {
      for (const key of ["note", "alternative", "effect"]) yield [["scores", sub, "evidence", index, key], piece[key]];
    }
  }
  for (const [name, { because }] of answers.benefit) yield [["benefit", name, "because"], because];
  for (const [index, { because }] of answers.priorities.entries()) yield [["priorities", index, "because"], because];
  for (const [index, action] of answers.plan.actions.entries()) {
    for (const key of ["action", "owner", "note"]) yield [["plan", "actions", index, key], action[key]];
  }
  for (const [index, { note }] of answers.plan.reviews.entries()) yield [["plan", "reviews", index, "note"], note];
  for (const [index, { because }] of answers.ignore.entries()) yield [["ignore", index, "because"], because];
}

function* references({ answers }) {
  for (const [sub, each] of answers.scores) {
    for (const [index, { ref }] of each.evidence.entries()) yield [["scores", sub, "evidence", index, "ref"], ref];
  }
}

/** Where a text stands, in words: what holds it, and whose it is. */
function where(pointer) {
  const key = pointer.at(-1);
  if (pointer.length === 5 && pointer[0] === "scores") return say`${field(key)} in the evidence of ${the(pointer[1])}`;
  if (pointer.length === 3 && ["scores", "benefit"].includes(pointer[0]))
    return say`${field(key)} of ${the(pointer[1])}`;
  if (pointer.at(-3) === "actions") return say`${field(key)} of action ${pointer.at(-2) + 1}`;
  if (pointer.length > 2) return say`${field(key)} of item ${pointer.at(-2) + 1} of ${field(pointer.at(-3))}`;
  return say`${field(key)}`;
}

const personal = (name) =>
  !folded(name)
    .split(pattern("parts"))
    .some((part) => shared.has(part) || endings.some((ending) => part.endsWith(ending)));

function* emailAddresses(context) {
  for (const [pointer, text] of [...texts(context), ...references(context)]) {
    if (text?.includes("@") && matches("email", text).some(([, name]) => personal(name))) {
      yield found(say`${where(pointer)} has an e-mail address, which may be a person's`, pointer);
    }
  }
}

function* privateNumbers(context) {
  for (const [pointer, text] of texts(context)) {
    if (!text || !pattern("digits").test(text)) continue;
    if (pattern("insurance").test(text)) {
      yield found(say`${where(pointer)} has what looks like a National Insurance number`, pointer);
    } else if (matches("phone", text).some(([number]) => [9, 10].includes(significant(number)))) {
      yield found(say`${where(pointer)} has what looks like a phone number`, pointer);
    }
  }
}

/** How many digits a phone number has without the country's and a leading zero. */
const significant = (number) =>
  number.replace(pattern("undigit", "g"), "").replace(/^44/, "").replace(/^0+/, "").length;

function* namedOwners({ answers }) {
  for (const [index, { id, owner = "" }] of answers.plan.actions.entries()) {
    if (pattern("title").test(owner) || pattern("initials").test(owner)) {
      const told = id ? `the action ${id}` : `action ${index + 1} of the plan`;
      yield found(say`the owner of ${told} looks like a person's name`, ["plan", "actions", index, "owner"]);
    }
  }
}

function* markingTooHigh({ answers }) {
  const handling = answers.handling ?? "";
  if (pattern("high").test(handling)) {
    yield found(say`${field("handling")} is ${handling}, which is above OFFICIAL-SENSITIVE`, ["handling"]);
  }
}

export const HANDLING = {
  KMM601: emailAddresses,
  KMM602: privateNumbers,
  KMM603: namedOwners,
  KMM605: markingTooHigh,
};
