// One step at a time: which is shown, how far each has come, and how to get from advice to what it is about.

import { asked, kept, prioritySubs, state } from "./answers.js";
import { all, byId } from "./dom.js";
import { subs, within } from "./model.js";
import { drawPlan } from "./rows.js";
import { sheet, watch } from "./sheet.js";
import { drawStanding } from "./standing.js";
import { controlOf, stepOf, tell } from "./telling.js";

const steps = all(".step");
const links = all(".steps a");

/** Shows one step, and nothing of the others. */
function show(id, focus) {
  const step = steps.find((each) => each.id === id) ?? steps[0];
  for (const each of steps) each.hidden = each !== step;
  for (const link of links) {
    if (link.hash === `#${step.id}`) link.setAttribute("aria-current", "step");
    else link.removeAttribute("aria-current");
  }
  if (step.id === "standing") drawStanding(kept(sheet.answers));
  if (step.id === "plan") drawPlan();
  tell();
  if (!focus) return;
  if (!wide.matches) byId("menu").open = false;
  step.querySelector("h2").focus({ preventScroll: true });
  scrollTo({ top: wide.matches ? 0 : step.getBoundingClientRect().top + scrollY - 16 });
}

const wide = matchMedia("(min-width: 60rem)");
const fold = () => void (byId("menu").open = wide.matches);
wide.addEventListener("change", fold);

addEventListener("hashchange", () => {
  if (steps.some((step) => `#${step.id}` === location.hash)) show(location.hash.slice(1), true);
});

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-goto]");
  if (!link) return;
  event.preventDefault();
  goTo(JSON.parse(link.dataset.goto));
});

/** Goes to where what `pointer` points at is entered. */
function goTo(pointer) {
  const id = stepOf(pointer);
  history.pushState(null, "", `#${id}`);
  show(id, true);
  const control = controlOf(pointer);
  if (!control) return;
  for (let around = control.closest("details"); around; around = around.parentElement.closest("details"))
    around.open = true;
  control.focus();
  control.scrollIntoView({ block: "center" });
}

watch((given) => {
  const answers = kept(given);
  const done = (names) => names.filter((sub) => state(answers, sub) !== "not-assessed").length;
  const wanted = (names) => names.filter((sub) => asked(answers, sub));
  for (const each of all("[data-count]"))
    count(each, done(within(each.dataset.count)), wanted(within(each.dataset.count)).length);
  const every = [...subs.keys()];
  byId("answered").textContent = `${done(every)} of ${wanted(every).length} answered`;
  byId("progress").max = Math.max(1, wanted(every).length);
  byId("progress").value = done(every);
  const aims = prioritySubs(answers);
  byId("count-priorities").textContent = answers.priorities.length || "";
  byId("count-targets").textContent = aims.length
    ? `${aims.filter((sub) => answers.scores.get(sub)?.target).length} of ${aims.length}`
    : "";
  byId("count-plan").textContent = answers.plan.actions.length || "";
});

function count(place, done, wanted) {
  place.textContent = `${done} of ${wanted}`;
  place.classList.toggle("done", done >= wanted);
}

/** Shows the step that the address names, or the first. */
export function begin() {
  document.documentElement.classList.add("runs");
  fold();
  show(location.hash.slice(1), false);
}
