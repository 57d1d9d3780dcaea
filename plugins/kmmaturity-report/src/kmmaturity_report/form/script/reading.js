// The answers for reading and for paper: everything that was typed, in full, which fields on paper would cut.

import { answer, asked, kept, state, targetDay } from "./answers.js";
import { asWritten, byId, el } from "./dom.js";
import { told } from "./days.js";
import { levelTitle, measuresOf, outcomes, subs, titleOf, within } from "./model.js";
import { sheet } from "./sheet.js";
import { counts, sentences } from "./standing.js";

const para = (label, text) => text && el("p", {}, el("strong", {}, `${label}: `), asWritten(text));

/** The whole assessment, to be read. */
export function read(given) {
  const answers = kept(given);
  return [
    para("Scope", answers.scope),
    para("Contact", answers.contact),
    para("Notes", answers.notes),
    el("h2", {}, "Where we stand"),
    ...sentences(answers).map((sentence) => el("p", {}, sentence)),
    counts(answers),
    ...[...outcomes].flatMap(([name, { title }]) => [
      el("h2", {}, title),
      ...within(name).map((sub) => question(answers, sub)),
    ]),
    ...priorities(answers),
    ...plan(answers),
    ...aside(answers),
  ]
    .flat(Infinity)
    .filter(Boolean);
}

function question(answers, sub) {
  const { score, inapplicable, rebaselined, evidence } = answer(answers, sub);
  const said = {
    scored: () => `${score}, ${levelTitle(score)}`,
    "not-applicable": () => "Not applicable",
    "not-assessed": () => (asked(answers, sub) ? "Not assessed yet" : "Not asked of us"),
  }[state(answers, sub)]();
  const wording = subs.get(sub).levels?.[score];
  return el(
    "div",
    { class: "answer" },
    el("h3", {}, titleOf(sub)),
    el("p", {}, el("strong", {}, said), wording && `: ${wording}`),
    para("Why", inapplicable),
    para("Seen differently now", rebaselined),
    evidence.length > 0 &&
      el(
        "ul",
        {},
        evidence.map((each) => el("li", {}, piece(each, sub))),
      ),
    para("Target", aim(answers, sub)),
  );
}

function aim(answers, sub) {
  const { target } = answer(answers, sub);
  return (
    target && `${target.level}, ${levelTitle(target.level)}, by ${told(targetDay(answers, sub)) || "a year later"}`
  );
}

function piece({ note, measure, alternative, effect, ref, dated }, sub) {
  const shows = measure && (measuresOf(sub).find(({ id }) => id === measure)?.text ?? measure);
  const more = [
    ["shows", shows],
    ["in place of", alternative],
    ["effect", effect],
    ["see", ref],
    ["date", dated && told(dated)],
  ].filter(([, text]) => text);
  return [asWritten(note ?? ""), ...more.flatMap(([label, text]) => [`; ${label}: `, asWritten(text)])];
}

function priorities(answers) {
  const rated = [...answers.benefit];
  return [
    el("h2", {}, "Priorities"),
    answers.priorities.length
      ? el(
          "ul",
          {},
          answers.priorities.map(({ outcome, because }) =>
            el("li", {}, el("strong", {}, titleOf(outcome)), because && [": ", asWritten(because)]),
          ),
        )
      : el("p", {}, "None chosen yet."),
    rated.length > 0 &&
      el(
        "ul",
        {},
        rated.map(([name, { rate, because }]) =>
          el(
            "li",
            {},
            `${titleOf(name)}: benefit of improving: ${rate.replace("-", " ")}`,
            because && ["; ", asWritten(because)],
          ),
        ),
      ),
  ];
}

function plan({ plan: { actions, reviews } }) {
  return [
    el("h2", {}, "Plan"),
    actions.length ? actions.map(step) : el("p", {}, "No actions yet."),
    reviews.length > 0 && el("h3", {}, "Reviews"),
    reviews.length > 0 &&
      el(
        "ul",
        {},
        reviews.map(({ due, held, note }) =>
          el("li", {}, `Due ${told(due)}`, held && `, held ${told(held)}`, note && [": ", asWritten(note)]),
        ),
      ),
  ];
}

function step({ action = "", towards, owner, due, status, note }) {
  const [first, ...rest] = status.replace("-", " ");
  const said = [first.toUpperCase() + rest.join(""), owner && asWritten(owner), due && `due ${told(due)}`].filter(
    Boolean,
  );
  return el(
    "div",
    { class: "answer" },
    el("h3", {}, asWritten(action)),
    el(
      "p",
      {},
      said.flatMap((each, index) => (index ? [" · ", each] : [each])),
    ),
    para("Towards", towards.map(titleOf).join("; ")),
    para("Note", note),
  );
}

function aside({ ignore }) {
  if (!ignore.length) return [];
  const item = ({ rule, outcome, because }) =>
    el("li", {}, rule, outcome !== undefined && `, for ${titleOf(outcome)}`, ": ", asWritten(because));
  return [el("h2", {}, "Rules set aside"), el("ul", {}, ignore.map(item))];
}

// They are put on paper, each sheet with its marking, and taken away again

const rules = document.styleSheets[0];
const screen = rules.cssRules.length;

/** `text` as a string of CSS, which no character of it can end. */
const quotedForCss = (text) => `"${[...text].map((letter) => `\\${letter.codePointAt(0).toString(16)} `).join("")}"`;

addEventListener("beforeprint", () => {
  const { handling, unit, assessed } = sheet.answers;
  byId("reading").replaceChildren(...read(sheet.answers));
  byId("reading").hidden = false;
  clear();
  const foot = [unit.at(-1), told(assessed)].filter(Boolean).join(", ");
  rules.insertRule(
    `@page { @top-center { content: ${quotedForCss((handling ?? "").toUpperCase())}; font: 700 10pt sans-serif } ` +
      `@bottom-left { content: ${quotedForCss(foot)}; font: 8pt sans-serif } ` +
      `@bottom-right { content: counter(page) " / " counter(pages); font: 8pt sans-serif } }`,
    screen,
  );
});
addEventListener("afterprint", () => {
  byId("reading").hidden = true;
  byId("reading").replaceChildren();
  clear();
});

function clear() {
  while (rules.cssRules.length > screen) rules.deleteRule(screen);
}
