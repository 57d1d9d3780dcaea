// The maturity model: what is asked, its levels, and what rests on what.

import { contents } from "./contents.js";

const data = contents.model;

export const reference = `${data.id}@${data.version}`;
export const digest = contents.digest;
export const figures = contents.figures;
export const levels = data.scale.map(({ level }) => level).sort((a, b) => a - b);
export const outcomes = new Map(Object.entries(data.outcomes));
export const subs = new Map(
  [...outcomes].flatMap(([name, { subs }]) =>
    Object.entries(subs ?? {}).map(([sub, value]) => [`${name}.${sub}`, value]),
  ),
);

const titles = new Map(data.scale.map(({ level, title }) => [level, title]));

/** The highest level that `sub` can be scored at. */
export const highest = (sub) => subs.get(sub).highest ?? levels.at(-1);

/** The levels that `sub` can be scored at, lowest first. */
export const levelsOf = (sub) => levels.filter((level) => level <= highest(sub));

/** The level after `level` on this sub-outcome's scale, or undefined at its top. */
export const nextLevel = (sub, level) => levelsOf(sub).find((each) => each > level);

/** What the scale calls `level`. */
export const levelTitle = (level) => titles.get(level) ?? String(level);

/** Whether `name` is an outcome or a sub-outcome of this model. */
export const knows = (name) => subs.has(name) || outcomes.has(name);

/** The sub-outcomes of an outcome, or the one that `name` is itself. */
export const within = (name) =>
  subs.has(name) ? [name] : Object.keys(outcomes.get(name).subs ?? {}).map((sub) => `${name}.${sub}`);

/** The id of the outcome that `sub` belongs to. */
export const outcomeOf = (sub) => sub.split(".", 1)[0];

/** The title of an outcome or sub-outcome; the id itself where the model lacks it. */
export const titleOf = (name) => (outcomes.get(name) ?? subs.get(name))?.title ?? name;

/** The measures of `sub`, lowest level first: each with the level that it shows. */
export const measuresOf = (sub) =>
  Object.entries(subs.get(sub)?.measures ?? {})
    .sort(([a], [b]) => a - b)
    .flatMap(([level, measures]) => measures.map((measure) => ({ ...measure, level: Number(level) })));
