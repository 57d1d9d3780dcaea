// Keeping what was typed: in this browser after every change, and in a file when asked. Nothing that was typed is lost
// unless somebody says so.

import { kept, started } from "./answers.js";
import { contents } from "./contents.js";
import { today } from "./days.js";
import { byId, el } from "./dom.js";
import { CannotOpen, opened, read, text, written } from "./file.js";
import { reference } from "./model.js";
import { replace, sheet, tellReader, undoable, watch } from "./sheet.js";

const KEY = ["kmmaturity", reference, contents.started.unit.at(-1), contents.started.assessed, location.pathname].join(
  " ",
);

const draft = () => JSON.stringify(written(kept(sheet.answers)));

const began = draft(); // what the page came with
let saved = began; // what is in a file
let refused = false; // whether this browser keeps nothing
let stale = false; // whether another window has kept something since

/** Keeps the answers in this browser. Some refuse, from a file or by their settings: then only a file keeps them. */
function keep() {
  if (stale) return;
  try {
    const now = draft();
    for (const storage of [sessionStorage, localStorage]) {
      if (now === began) storage.removeItem(KEY);
      else storage.setItem(KEY, now);
    }
    refused = false;
    const time = new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
    tellKept(now === saved ? "Saved to a file" : `Kept in this browser, ${time}; not in a file yet`);
  } catch {
    refused = true;
    tellKept("This browser keeps nothing: save the file before you close the page");
  }
}

function tellKept(words) {
  byId("kept").textContent = draft() === began && !refused ? "Nothing typed yet" : words;
}

/** Begins with what this browser kept, where it did. */
export function restore() {
  let found = null;
  try {
    // Chromium 156 now and then gives a page that is loaded again none of what windows share; of its own it does.
    found = localStorage.getItem(KEY) ?? sessionStorage.getItem(KEY);
  } catch {
    refused = true;
  }
  if (found === null) return;
  try {
    replace(read(JSON.parse(found), { partial: true }));
    tellReader("What you typed here before is back.");
  } catch {
    // Left where it is: whoever wrote it may be able to read it.
    stale = true;
    problems("What this browser kept of this page cannot be read", [
      "It is left as it is, and nothing more is kept here: save your file.",
    ]);
  }
}

let waiting;
watch(() => {
  clearTimeout(waiting);
  waiting = setTimeout(keep, 250);
});

const flush = () => {
  clearTimeout(waiting);
  keep();
};
addEventListener("pagehide", flush);
document.addEventListener("visibilitychange", () => document.hidden && flush());

addEventListener("beforeunload", (event) => {
  flush();
  if ((refused || stale) && draft() !== saved) event.preventDefault();
});

addEventListener("storage", ({ key }) => {
  if (key !== KEY || stale) return;
  stale = true;
  sessionStorage.removeItem(KEY); // what the other window keeps is what counts
  problems("This form is open in another window too, and was changed there", [
    "What you type here is not kept in this browser any more. Save it as a file, or close this window and go on in the other.",
  ]);
});

/** Says at the top of the page what is in the way. */
function problems(title, lines) {
  const box = byId("problems");
  const close = el("button", { type: "button", class: "plain" }, "Close");
  close.addEventListener("click", () => {
    box.replaceChildren();
    byId("questions").focus();
  });
  box.replaceChildren(
    el(
      "div",
      { class: "problem", tabindex: "-1" },
      el("h2", {}, title),
      el(
        "ul",
        {},
        lines.map((line) => el("li", {}, line)),
      ),
      close,
    ),
  );
  box.firstElementChild.focus();
}

// Saving

/** What a file would lack, each with its place. */
function lacking(answers) {
  const found = [];
  if (!answers.unit.length) found.push(["Say who you are: at least one name.", ["unit"]]);
  if (!answers.assessed) found.push(["Say of which day the assessment is.", ["assessed"]]);
  for (const [sub, { evidence }] of answers.scores) {
    for (const [index, { note }] of evidence.entries()) {
      if (note === undefined)
        found.push([
          "This evidence has details, and says nothing yet: write what shows the score.",
          ["scores", sub, "evidence", index, "note"],
        ]);
    }
  }
  for (const [index, { action }] of answers.plan.actions.entries()) {
    if (action === undefined)
      found.push([
        `Action ${index + 1} says nothing yet: write what you will do.`,
        ["plan", "actions", index, "action"],
      ]);
  }
  for (const [index, { due }] of answers.plan.reviews.entries()) {
    if (due === undefined)
      found.push([`Review ${index + 1} has no day: write when it is due.`, ["plan", "reviews", index, "due"]]);
  }
  return found;
}

const slug = (name) =>
  name
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_]+/gu, "-")
    .slice(0, 60)
    .replace(/^-+|-+$/g, "") || "assessment";

const nameOf = ({ assessed, unit }) => `${assessed ?? today()}-${slug(unit.at(-1) ?? "")}.kmm.json`;

function save() {
  try {
    write();
  } catch (error) {
    if (!(error instanceof CannotOpen)) throw error;
    problems("This cannot be saved yet", error.problems);
  }
}

function write() {
  const answers = kept(sheet.answers);
  const missing = lacking(answers);
  if (missing.length) {
    const lines = missing.map(([words, pointer]) =>
      el("a", { href: "#finish", "data-goto": JSON.stringify(pointer) }, words),
    );
    problems("Something is needed before this can be saved", lines);
    return;
  }
  byId("problems").replaceChildren();
  const content = text(answers);
  opened(content); // what this page could not open is no file to give anybody
  const address = URL.createObjectURL(new Blob([content], { type: "application/json" }));
  el("a", { href: address, download: nameOf(answers) }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  saved = draft();
  keep();
  tellReader(`Saved as ${nameOf(answers)}, in your downloads.`);
}

// Opening

async function open(file) {
  try {
    const bytes = await file.arrayBuffer();
    const { answers, told } = opened(decoded(bytes));
    undoable(`Opened ${file.name}. ${told.join(" ")}`.trim(), () => replace(answers));
    byId("problems").replaceChildren();
    saved = draft();
    flush();
  } catch (error) {
    if (!(error instanceof CannotOpen)) throw error;
    const most = 10;
    const more = error.problems.length > most ? [`And ${error.problems.length - most} more.`] : [];
    problems(`${file.name} was not opened, and nothing here has changed`, [...error.problems.slice(0, most), ...more]);
  }
}

function decoded(bytes) {
  if (bytes.byteLength > 1024 * 1024) throw new CannotOpen(["It is over 1 MiB, which no assessment is."]);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new CannotOpen(["It is not text in UTF-8."]);
  }
}

for (const id of ["save", "save-again"]) byId(id).addEventListener("click", save);
for (const id of ["print", "print-again"]) byId(id).addEventListener("click", () => print());
byId("open").addEventListener("click", () => byId("file").click());
byId("file").addEventListener("change", async ({ target }) => {
  const [file] = target.files;
  if (file) await open(file);
  target.value = "";
});
byId("forget").addEventListener("click", () => {
  undoable("The page is as it came, and this browser keeps nothing of it.", () => replace(started()));
  flush();
});
document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "s") {
    event.preventDefault();
    save();
  }
});

watch((answers) => {
  byId("name").textContent = nameOf(kept(answers));
});
