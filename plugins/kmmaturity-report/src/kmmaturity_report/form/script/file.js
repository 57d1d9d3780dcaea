// The file: plain data read into answers, and answers written as the library writes them. The shapes are the library's.
//
// Answers hold every field of a record, undefined where nothing was said; a table is a Map, so that an id may be any
// word, `constructor` too.

import { contents } from "./contents.js";
import { isDay } from "./days.js";
import { digest, reference, subs } from "./model.js";
import { listed, plain } from "./words.js";

const ASSESSMENT = contents.shape;

/** What keeps a file from being opened: `problems`, one sentence each. */
export class CannotOpen extends Error {
  constructor(problems) {
    super(problems.join("\n"));
    this.problems = problems;
  }
}

/** The answers in the text of a file, and what is worth saying of them. Throws CannotOpen. */
export function opened(text) {
  let data;
  try {
    data = JSON.parse(text);
  } catch {
    throw new CannotOpen(["It is not JSON. This page opens files whose names end in .kmm.json."]);
  }
  if (data === null || typeof data !== "object" || Array.isArray(data) || !("kmmaturity" in data)) {
    const model = data?.kmmodel !== undefined;
    throw new CannotOpen([model ? "It is a model, and not an assessment." : "It is not a kmmaturity assessment."]);
  }
  if (data.kmmaturity !== 1) {
    throw new CannotOpen(["It is in a newer format than this page reads: make a new form with a newer kmmaturity."]);
  }
  if (data.model !== reference) {
    throw new CannotOpen([
      `It is against another model, ${String(data.model)}, and this form asks the questions of ${reference}.`,
    ]);
  }
  const colons = (words) => words.split(":").length;
  if (!text.toLowerCase().includes("\\u003a") && colons(text) !== colons(JSON.stringify(data))) {
    throw new CannotOpen(["A key stands twice in it, and one of the two would be lost."]);
  }
  const other = data.digest !== undefined && data.digest !== digest;
  const answers = read(data);
  return { answers, told: other ? [`It was written against another wording of ${reference}.`] : [] };
}

/** The answers in plain data. `partial` takes records that are not complete, as a draft has them. Throws CannotOpen. */
export function read(data, { partial = false } = {}) {
  const problems = [];
  const answers = value(data, ASSESSMENT, "", { partial, problems });
  if (problems.length) throw new CannotOpen(problems);
  return { ...answers, kmmaturity: 1, model: reference, digest };
}

/** The answers as plain data in the long form, in the order of the model: what the library's `to_dict` gives. */
export function written(answers) {
  const order = [...subs.keys()].filter((sub) => answers.scores.has(sub));
  const beyond = [...answers.scores.keys()].filter((sub) => !subs.has(sub));
  const scores = new Map([...order, ...beyond].map((sub) => [sub, answers.scores.get(sub)]));
  return data({ ...answers, scores }, ASSESSMENT);
}

/** The text of the file that `answers` are. */
export const text = (answers) => `${JSON.stringify(written(answers), null, 2)}\n`;

function data(value, shape) {
  switch (shape.kind) {
    case "record":
      return Object.fromEntries(
        Object.entries(shape.fields)
          .map(([name, field]) => [name, field, value[name]])
          .filter(([, field, held]) => field.required || !missing(held, field))
          .map(([name, field, held]) => [name, data(held, field.shape)]),
      );
    case "table":
      return Object.fromEntries([...value].map(([name, each]) => [name, data(each, shape.value)]));
    case "list":
      return value.map((each) => data(each, shape.item));
    default:
      return value;
  }
}

function missing(held, { shape, default: usual }) {
  if (held === undefined || held === usual) return true;
  if (shape.kind === "list") return held.length === 0;
  if (shape.kind === "table") return held.size === 0;
  return shape.kind === "record" && !shape.required.length && Object.keys(data(held, shape)).length === 0;
}

function value(given, shape, path, how) {
  const wrong = (wanted) => void how.problems.push(`${path || "The file"} should be ${wanted}.`);
  const object = given !== null && typeof given === "object" && !Array.isArray(given);
  switch (shape.kind) {
    case "record": {
      if (given === null && !shape.required.length) return value({}, shape, path, how);
      if (!object && shape.short && typeof given !== "object") return value({ [shape.short]: given }, shape, path, how);
      if (!object) return wrong("an object");
      for (const name of Object.keys(given)) {
        if (!Object.hasOwn(shape.fields, name)) how.problems.push(`${path}/${name} is not known to this page.`);
      }
      return Object.fromEntries(
        Object.entries(shape.fields).map(([name, field]) => [name, member(given, name, field, path, how)]),
      );
    }
    case "table":
      if (!object) return wrong("an object");
      return new Map(
        Object.entries(given).map(([name, each]) => [name, value(each, shape.value, `${path}/${name}`, how)]),
      );
    case "list":
      if (!Array.isArray(given)) return wrong("a list");
      return given.map((each, index) => value(each, shape.item, `${path}/${index}`, how));
    case "text":
      return typeof given === "string" ? given : wrong("text");
    case "whole":
      return Number.isInteger(given) ? given : wrong("a whole number");
    case "day":
      return isDay(given) ? given : wrong("a day, such as 2026-11-24");
    case "choice":
      return shape.of.includes(given) ? given : wrong(`one of ${plain(listed(shape.of))}`);
  }
}

function member(record, name, field, path, how) {
  const given = (Object.hasOwn(record, name) ? record[name] : null) ?? null;
  if (given !== null) {
    const found = value(given, field.shape, `${path}/${name}`, how);
    if (field.required && Array.isArray(found) && !found.length && !how.partial) {
      how.problems.push(`${path}/${name} should hold at least one.`);
    }
    return found;
  }
  if (field.required && !how.partial) how.problems.push(`${path}/${name} is missing.`);
  if (field.shape.kind === "list") return [];
  if (field.shape.kind === "table") return new Map();
  if (field.shape.kind === "record" && !field.shape.required.length) return value({}, field.shape, path, how);
  return field.default;
}
