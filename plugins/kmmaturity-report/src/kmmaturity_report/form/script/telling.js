// The advice in the page: beside what it concerns, and all of it at the end.

import { kept, waiting } from "./answers.js";
import { judged } from "./advice.js";
import { all, byId, el, withTitles } from "./dom.js";
import { outcomeOf, subs } from "./model.js";
import { elementOf } from "./rows.js";
import { replace, sheet, undoable, watch } from "./sheet.js";
import { plain } from "./words.js";

const UNKNOWN = "KMM201";
const SAID = { error: "To put right", warning: "Advice", info: "Worth knowing" };

let soon;

watch(() => {
  clearTimeout(soon);
  soon = setTimeout(tell, 120);
});

/** Judges the answers, and shows what was found. */
export function tell() {
  const findings = judged(sheet.answers);
  for (const place of all(".advice")) place.replaceChildren();
  for (const finding of findings) {
    const place = placeOf(finding.pointer);
    if (place && finding.rule.code !== "KMM205") place.append(note(finding));
  }
  byId("advice").replaceChildren(
    ...(findings.length ? [] : [el("p", { class: "lead" }, "There is no advice: nothing is left to say.")]),
    ...Object.entries(SAID).flatMap(([severity, title]) => {
      const same = findings.filter((each) => each.severity === severity);
      const rules = [...new Set(same.map(({ rule }) => rule))];
      return rules.length ? [el("h3", {}, title), ...rules.map((rule) => byRule(rule, same))] : [];
    }),
  );
  byId("count-advice").textContent = findings.length ? String(findings.length) : "";
}

/** The box for advice on what `pointer` points at: the one that says most closely where. */
function placeOf(pointer) {
  const row = rowOf(pointer);
  if (row?.querySelector("[data-advice-row]")) return row.querySelector("[data-advice-row]");
  const fits = ({ dataset: { advice = "" } }) => {
    const names = advice.split(" ");
    return names[0] === "scores" ? names.every((name, index) => pointer[index] === name) : names.includes(pointer[0]);
  };
  return all("[data-advice]")
    .filter(fits)
    .sort((a, b) => b.dataset.advice.length - a.dataset.advice.length)[0];
}

/** The row that `pointer` points into. */
function rowOf(pointer) {
  let value = kept(sheet.answers);
  let row;
  for (const step of pointer) {
    value = value instanceof Map ? value.get(step) : value?.[step];
    if (value !== null && typeof value === "object") row = elementOf(value) ?? row;
  }
  return row;
}

/** What a finding says, where it is entered. */
function note(finding) {
  const { rule, severity, message } = finding;
  return el(
    "div",
    { class: `box ${severity}` },
    el("p", {}, el("strong", {}, `${SAID[severity]}: `), ...withTitles(message), "."),
    why(rule, el("p", {}, `${rule.why} ${rule.remedy}`)),
  );
}

/** All that one rule found, with what to do about it said once. */
function byRule(rule, findings) {
  const own = findings.filter((finding) => finding.rule === rule);
  return el(
    "div",
    { class: `box ${own[0].severity}` },
    el("p", {}, el("strong", {}, rule.remedy)),
    el("ul", {}, own.map(leading)),
    why(rule, el("p", {}, rule.why)),
  );
}

/** A finding that leads to where it can be seen to. */
function leading({ rule, severity, message, pointer }) {
  const place = JSON.stringify(pointer);
  return el(
    "li",
    {
      class: "finding",
      "data-code": rule.code,
      "data-severity": severity,
      "data-pointer": place,
      "data-message": plain(message),
    },
    rule.code === UNKNOWN
      ? [...withTitles(message), ". ", removing(pointer)]
      : el("a", { href: `#${stepOf(pointer)}`, "data-goto": place }, ...withTitles(message)),
  );
}

/** A button that takes away what the model lacks: it came with a file, and has no control of its own. */
function removing(pointer) {
  const button = el(
    "button",
    { type: "button", class: "plain" },
    "Remove it",
    el("span", { class: "hidden" }, ` (${pointer.join(" ")})`),
  );
  button.addEventListener("click", () => {
    undoable("Removed.", () => {
      without(sheet.answers, pointer);
      replace(sheet.answers);
      tell();
    });
    byId("finish-title").focus();
  });
  return button;
}

/** Takes what `pointer` points at out of the answers: an entry of a table, or an item of a list. */
function without(answers, pointer) {
  const steps = pointer.at(-1) === "outcome" ? pointer.slice(0, -1) : pointer;
  const holder = steps.slice(0, -1).reduce((value, step) => value[step], answers);
  if (holder instanceof Map) holder.delete(steps.at(-1));
  else holder.splice(steps.at(-1), 1);
}

const why = ({ code, name }, ...told) =>
  el(
    "details",
    { class: "more" },
    el("summary", {}, "Why this matters"),
    ...told,
    el("p", { class: "quiet small" }, `${code}, ${name}`),
  );

/** The step in which what `pointer` points at is entered. */
export function stepOf(pointer) {
  const [part, name, key] = placeIn(pointer);
  if (part === "scores" && key === "target") return "targets";
  if (part === "scores" && subs.has(name))
    return all("[data-outcome]").find((step) => step.dataset.outcome === outcomeOf(name)).id;
  if (part === "priorities" || part === "benefit") return "priorities";
  if (part === "scores") return "finish";
  return part === "plan" ? "plan" : part === "ignore" ? "finish" : "about";
}

/** Where all scores are meant, the first that is waited for; or the priorities, where none is. */
function placeIn(pointer) {
  if (pointer.length > 1 || pointer[0] !== "scores") return pointer;
  const [first] = waiting(kept(sheet.answers));
  return first === undefined ? ["priorities"] : ["scores", first];
}

/** The control in which what `pointer` points at is entered. */
export function controlOf(given) {
  const pointer = placeIn(given);
  const key = pointer.at(-1);
  const row = rowOf(pointer);
  if (row) return row.querySelector(`[data-key="${key}"]`) ?? row.querySelector("[data-key]");
  const [part, name] = pointer;
  if (part === "unit") return byId("units");
  if (part === "plan") return byId("add-review");
  if (part === "priorities" || part === "benefit") {
    const chosen = part === "benefit" ? name : kept(sheet.answers).priorities[name]?.outcome;
    const box = all("[data-choose]").find(({ dataset }) => dataset.choose === chosen);
    return box?.querySelector(part === "benefit" ? "[data-rate]" : "[data-priority]");
  }
  if (part === "scores" && subs.has(name)) {
    const kind = pointer[2] === "target" ? "target" : "sub";
    const card = all(`[data-${kind}]`).find((each) => each.dataset[kind] === name);
    const at = all("[data-at]", card).find((control) => control.dataset.at === pointer[2]);
    return at ?? all("input:checked", card)[0] ?? card.querySelector("input");
  }
  return all("[data-at]").find((control) => control.dataset.at === part && !control.closest("[data-sub]"));
}
