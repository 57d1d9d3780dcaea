// Rows that people add: evidence, actions and reviews, each bound to the record that it stands for.

import { begin, entry, prioritySubs, tidied } from "./answers.js";
import { all, byId, copyOf, el } from "./dom.js";
import { measuresOf, outcomes, subs, titleOf, within } from "./model.js";
import { changed, draws, sheet, undoable } from "./sheet.js";
import { blankless } from "./words.js";

const records = new WeakMap(); // an element to the record that it stands for
const elements = new WeakMap(); // and back again, for advice

/** The element that stands for `record`, where there is one. */
export const elementOf = (record) => elements.get(record);

const FIELDS = {
  evidence: ["note", "measure", "alternative", "effect", "ref", "dated"],
  action: ["action", "id", "owner", "contact", "due", "note"],
  review: ["due", "held", "note"],
};

document.addEventListener("input", ({ target: control }) => {
  const record = records.get(control.closest(".row"));
  if (!record) return;
  if (control.dataset.key) record[control.dataset.key] = blankless(control.value);
  else if (control.dataset.towards) towards(record, control);
  else return;
  changed();
});

function towards(record, control) {
  const names = record.towards.filter((name) => name !== control.dataset.towards);
  record.towards = control.checked ? [...names, control.dataset.towards] : names;
}

/** One sort of rows: where they stand, the list that they show, and what each is called. */
function kind({ template, list, rows, fields, given = {}, called, fill = () => {} }) {
  const draw = (container) => {
    container.replaceChildren(...rows(container).map((record, index) => row(record, index, container)));
    container.hidden = !container.children.length;
  };

  function row(record, index, container) {
    const made = copyOf(template);
    const title = `${called} ${index + 1}`;
    made.querySelector("[data-title]").textContent = title;
    fill(made, record, container, title);
    for (const control of all("[data-key]", made)) show(control, record[control.dataset.key]);
    const more = made.querySelector("details");
    more && (more.open = all("[data-key]", more).some((control) => control.value !== ""));
    const remove = made.querySelector("[data-remove]");
    remove.append(el("span", { class: "hidden" }, ` ${title.toLowerCase()}${about(container)}`));
    remove.addEventListener("click", () => removed(record, container, title));
    records.set(made, record);
    elements.set(record, made);
    return made;
  }

  function removed(record, container, title) {
    const every = list(container);
    const index = every.indexOf(record);
    undoable(`${title} is removed.`, () => {
      every.splice(index, 1);
      settled(container);
      draw(container);
      changed();
    });
    (
      container.children[Math.min(index, container.children.length - 1)]?.querySelector("textarea, input") ??
      container.nextElementSibling.querySelector("button")
    ).focus();
  }

  return {
    draw,
    add(container) {
      list(container).push(begin(fields, typeof given === "function" ? given() : given));
      draw(container);
      container.lastElementChild.querySelector("textarea, input").focus();
      changed();
    },
  };
}

const about = (container) => (container.dataset.evidence === undefined ? "" : ` of ${titleOf(subOf(container))}`);

const settled = (container) => container.dataset.evidence !== undefined && tidied(sheet.answers, subOf(container));

const subOf = (container) => container.closest("[data-sub]").dataset.sub;

function show(control, value = "") {
  if (control.tagName === "SELECT" && ![...control.options].some((option) => option.value === value)) {
    control.append(el("option", { value }, value)); // what the model lacks is kept
  }
  control.value = value;
}

const evidence = kind({
  template: "evidence-row",
  called: "Evidence",
  fields: FIELDS.evidence,
  list: (container) => entry(sheet.answers, subOf(container)).evidence,
  rows: (container) => sheet.answers.scores.get(subOf(container))?.evidence ?? [],
  fill(made, _, container, title) {
    const label = made.querySelector("[data-title]");
    label.replaceChildren(
      title,
      el("span", { class: "hidden" }, ` of ${titleOf(subOf(container))}`),
      ": what shows it",
    );
    const measure = made.querySelector("[data-key=measure]");
    for (const { id, text, level } of measuresOf(subOf(container))) {
      measure.append(el("option", { value: id }, `${level}: ${text}`));
    }
  },
});

const actions = kind({
  template: "action-row",
  called: "Action",
  fields: FIELDS.action,
  given: () => ({ status: "idea", towards: [] }),
  list: () => sheet.answers.plan.actions,
  rows: () => sheet.answers.plan.actions,
  fill: (made, record) => offer(made, record),
});

const reviews = kind({
  template: "review-row",
  called: "Review",
  fields: FIELDS.review,
  list: () => sheet.answers.plan.reviews,
  rows: () => sheet.answers.plan.reviews,
  fill(made, _, container, title) {
    made.querySelector("[data-title]").textContent = `${title}: due`;
  },
});

/** What an action may lead towards: what was chosen, or else what is aimed at; and behind a summary, everything else. */
function offer(made, record) {
  const aimed = new Set(record.towards.length ? record.towards : prioritySubs(sheet.answers));
  if (!record.towards.length) {
    for (const [sub, { target }] of sheet.answers.scores) if (target && subs.has(sub)) aimed.add(sub);
  }
  const box = (name, title) =>
    el(
      "label",
      { class: "choice" },
      el("input", {
        type: "checkbox",
        "data-towards": name,
        checked: record.towards.includes(name),
        autocomplete: "off",
      }),
      el("bdi", {}, title),
    );
  made.querySelector("[data-likely]").replaceChildren(...[...aimed].map((name) => box(name, titleOf(name))));
  made.querySelector("[data-others]").replaceChildren(
    ...[...outcomes].map(([name, { title }]) =>
      el(
        "div",
        { class: "choices" },
        aimed.has(name) ? false : box(name, `All of: ${title}`),
        within(name)
          .filter((sub) => !aimed.has(sub))
          .map((sub) => box(sub, titleOf(sub))),
      ),
    ),
  );
}

/** Draws the rows of the plan again: priorities and targets may have changed what is likely. */
export function drawPlan() {
  actions.draw(byId("actions"));
  reviews.draw(byId("reviews"));
}

draws(() => {
  all("[data-evidence]").forEach(evidence.draw);
  drawPlan();
});

byId("add-action").addEventListener("click", () => actions.add(byId("actions")));
byId("add-review").addEventListener("click", () => reviews.add(byId("reviews")));
document.addEventListener("click", ({ target }) => {
  if (target.dataset?.addEvidence !== undefined)
    evidence.add(target.closest("[data-sub]").querySelector("[data-evidence]"));
});
