// Days as files have them, YYYY-MM-DD, which sort as text does.

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Whether `text` is a day of the calendar. */
export function isDay(text) {
  if (typeof text !== "string" || !DAY.test(text) || text.startsWith("0000")) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.valueOf()) && day.toISOString().startsWith(text);
}

/** The same day so many months later, or the last of a shorter month; never beyond what the library's dates can be. */
export function monthsAfter(day, months) {
  const [year, month, date] = day.split("-").map(Number);
  const total = year * 12 + month - 1 + months;
  const [thenYear, thenMonth] = [Math.floor(total / 12), (((total % 12) + 12) % 12) + 1];
  if (thenYear > 9999) return "9999-12-31";
  if (thenYear < 1) return "0001-01-01";
  const last = new Date(0);
  last.setUTCFullYear(thenYear, thenMonth, 0);
  return [
    String(thenYear).padStart(4, "0"),
    String(thenMonth).padStart(2, "0"),
    String(Math.min(date, last.getUTCDate())).padStart(2, "0"),
  ].join("-");
}

/** The day it is where the reader is. */
export function today() {
  const now = new Date();
  return `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, "0")}-${String(now.getDate()).padStart(2, "0")}`;
}

/** A day as people read it: 24 November 2026. */
export const told = (day) =>
  isDay(day)
    ? new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" }).format(new Date(`${day}T00:00:00Z`))
    : (day ?? "");
