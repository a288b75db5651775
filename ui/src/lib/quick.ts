// The quick line: what is typed, and the chips that stand for what was understood in it.
import { DAY, HOUR, MINUTE, midnight } from "./time";

/** What a line speaks of, beside its words. */
export interface Chips {
  unit: { id: string; name: string } | null;
  incident: { id: string; number: string } | null;
  kind: string | null;
  /** When it happened. */
  at: number | null;
}

export const NO_CHIPS: Chips = { unit: null, incident: null, kind: null, at: null };

/** A word being typed that asks for suggestions: `@` units, `#` incidents, `/` kinds. */
export interface Asking {
  mark: "@" | "#" | "/";
  words: string;
  from: number;
  to: number;
}

/** The marked words that end at the caret. */
export function asking(text: string, caret: number): Asking | null {
  const before = text.slice(0, caret);
  const found = /(^|\s)([@#/])([^@#]*)$/.exec(before);
  if (!found) return null;
  const [, lead = "", mark = "@", words = ""] = found;
  // A number such as 290/BTTTT or a date is no question; nor is a mark somebody wrote long before.
  if (words.startsWith(" ") || words.split(/\s+/).length > 5) return null;
  if (mark === "/" && words.includes(" ")) return null;
  return { mark: mark as Asking["mark"], words, from: found.index + lead.length, to: caret };
}

/** The text without what was asked for, once it stands as a chip. */
export function taken(text: string, asked: Asking): string {
  const left = text.slice(0, asked.from).trimEnd();
  const right = text.slice(asked.to).trimStart();
  return left && right ? `${left} ${right}` : left + right;
}

/**
 * The text when nothing was chosen: a mark alone and the beginning of a kind say nothing to who
 * reads the line; other words stay.
 */
export function declined(text: string, asked: Asking): string {
  return asked.mark === "/" || asked.words === "" ? text.slice(0, asked.from) + text.slice(asked.to) : text;
}

/** An hour that comes within this is an appointment. */
const SOON = 2 * HOUR;
const TIME = /^\s*(([01]?\d|2[0-3])(?:h([0-5]\d)?|:([0-5]\d)))\s/;

/**
 * The time of day with which the text begins (`14h20`, `14h`, `14:20` and a blank): its moment,
 * how it was written, and the text without it. A later hour was yesterday's, but for one that
 * comes soon: that is an appointment, and nothing happened at it.
 */
export function timeIn(text: string, now: number): { at: number; written: string; rest: string } | null {
  const found = TIME.exec(text);
  if (!found) return null;
  const [whole, written = "", hour, after, colon] = found;
  const today = midnight(now) + Number(hour) * HOUR + Number(after ?? colon ?? 0) * MINUTE;
  const at = today - now > SOON ? today - DAY : today;
  return at > now ? null : { at, written, rest: text.slice(whole.length) };
}
