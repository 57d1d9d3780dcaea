// Priorities and the benefit of improving: what the team chooses, and why.

import { prioritySubs, tally } from "./answers.js";
import { all, byId } from "./dom.js";
import { levels, levelTitle, within } from "./model.js";
import { changed, draws, sheet, watch } from "./sheet.js";
import { blankless } from "./words.js";

document.addEventListener("input", ({ target: control }) => {
  const box = control.closest("[data-choose]");
  if (!box) return;
  const name = box.dataset.choose;
  if ("priority" in control.dataset || "priorityBecause" in control.dataset) choose(box, name);
  else rate(box, name);
  changed();
});

function choose(box, name) {
  const { priorities } = sheet.answers;
  const because = blankless(box.querySelector("[data-priority-because]").value);
  const there = priorities.find(({ outcome }) => outcome === name);
  const wanted = box.querySelector("[data-priority]").checked;
  if (there && wanted) there.because = because;
  else if (wanted) priorities.push({ outcome: name, because });
  else sheet.answers.priorities = priorities.filter((each) => each !== there);
  box.querySelector("[data-reason=priority]").hidden = !wanted;
}

function rate(box, name) {
  const given = box.querySelector("[data-rate]").value;
  const because = blankless(box.querySelector("[data-rate-because]").value);
  if (given) sheet.answers.benefit.set(name, { rate: given, because });
  else sheet.answers.benefit.delete(name);
  box.querySelector("[data-reason=benefit]").hidden = !given;
}

draws((answers) => {
  for (const box of all("[data-choose]")) {
    const priority = answers.priorities.find(({ outcome }) => outcome === box.dataset.choose);
    const benefit = answers.benefit.get(box.dataset.choose);
    box.querySelector("[data-priority]").checked = priority !== undefined;
    box.querySelector("[data-priority-because]").value = priority?.because ?? "";
    box.querySelector("[data-reason=priority]").hidden = !priority;
    box.querySelector("[data-rate]").value = benefit?.rate ?? "";
    box.querySelector("[data-rate-because]").value = benefit?.because ?? "";
    box.querySelector("[data-reason=benefit]").hidden = !benefit;
  }
  for (const part of all("[data-part]")) {
    part.open = within(part.dataset.part).some(
      (sub) => answers.benefit.has(sub) || answers.priorities.some(({ outcome }) => outcome === sub),
    );
  }
});

// Targets are shown for the priorities, and elsewhere where there is one or all are asked for

byId("beyond").addEventListener("change", () => showTargets(sheet.answers));

function showTargets(answers) {
  const inside = new Set(prioritySubs(answers));
  for (const card of all("[data-target]")) {
    const sub = card.dataset.target;
    const { score, inapplicable, target } = answers.scores.get(sub) ?? {};
    card.hidden = !(inside.has(sub) || target || byId("beyond").checked || card.contains(document.activeElement));
    card.querySelector("[data-now]").textContent =
      score !== undefined
        ? `Today: ${score}, ${levelTitle(score)}`
        : inapplicable !== undefined
          ? "Not applicable"
          : "Not assessed yet";
    for (const level of all(".level", card)) {
      level.querySelector(".tag").hidden = level.querySelector("input").value !== String(score);
    }
  }
  for (const group of all("[data-targets]")) group.hidden = all("[data-target]", group).every((card) => card.hidden);
  byId("targets-none").hidden = inside.size > 0;
}

watch((answers) => {
  showTargets(answers);
  for (const each of all("[data-tally]")) {
    const { counts, unassessed, inapplicable } = tally(answers, within(each.dataset.tally), levels);
    const told = [...counts].filter(([, count]) => count).map(([level, count]) => `${count} at level ${level}`);
    if (unassessed) told.push(`${unassessed} not assessed yet`);
    if (inapplicable) told.push(`${inapplicable} not applicable`);
    each.textContent = told.join(", ");
  }
});
