// The quick line: what is typed, and the chips that stand for what was understood in it.
import { LATE, LINE_DETAILS, type Kind, type LineForm, type Means } from "../lib/api";
import { fits, fold } from "../lib/fold";
import { DAY, HOUR, MINUTE, midnight } from "../lib/time";
import type { Named } from "../lib/values";

/** What a line speaks of, beside its words. */
export interface Chips {
  unit: Named | null;
  incident: { id: string; number: string } | null;
  kind: string | null;
  /** When it happened. */
  at: number | null;
}

export const NO_CHIPS: Chips = { unit: null, incident: null, kind: null, at: null };

/** What came onto a line by itself, by its identity: it goes with the words. */
export const NOTHING_LENT: { unit: string | null; incident: string | null } = { unit: null, incident: null };

/** What is asked beside it of a late line, of a decision, of a communication. */
export interface Details {
  late_reason: string;
  grounds: string;
  whom: string;
  channel: string;
  dialled: string;
}

export const NO_DETAILS: Details = { late_reason: "", grounds: "", whom: "", channel: "", dialled: "" };

/** Whether it is asked why a line is late. */
export const isLate = (at: number | null, now: number): boolean => at !== null && now - at > LATE;

/** What a line is asked beside its words. */
export const asksOf = (kind: string | null): readonly Exclude<keyof Details, "late_reason">[] => LINE_DETAILS[(kind ?? "note") as Kind];

/** The line as it is typed: of what is not asked of it any more the core takes nothing. */
export function lineForm(typed: { text: string; chips: Chips } & Details, files: number[]): LineForm {
  const { text, chips } = typed;
  const said = (value: string): string | null => value.trim() || null;
  return {
    text,
    kind: (chips.kind ?? "note") as Kind,
    occurred_at: chips.at,
    incident: chips.incident?.id ?? null,
    unit: chips.unit?.id ?? null,
    late_reason: said(typed.late_reason),
    grounds: said(typed.grounds),
    whom: said(typed.whom),
    channel: said(typed.channel) as Means | null,
    dialled: said(typed.dialled),
    files,
  };
}

/** The lines that recur and fit the words: the usual one first, each of them once. */
export function recurring(usual: string, own: string[], words: string): string[] {
  const known = new Set<string>();
  return [usual, ...own].filter((text) => {
    const folded = fold(text);
    const fresh = folded !== "" && !known.has(folded);
    known.add(folded);
    return fresh && fits(text, words);
  });
}

/**
 * A word being typed that asks for suggestions: `@` units, `#` incidents, `/` kinds, and at the
 * beginning `!` lines that recur.
 */
export interface SuggestQuery {
  mark: "@" | "#" | "/" | "!";
  words: string;
  from: number;
  to: number;
}

/** The marked words that end at the caret. */
export function queryAt(text: string, caret: number): SuggestQuery | null {
  const before = text.slice(0, caret);
  const whole = /^(\s*)!([^@#!]*)$/.exec(before);
  if (whole) {
    const [, lead = "", words = ""] = whole;
    return words.startsWith(" ") ? null : { mark: "!", words, from: lead.length, to: caret };
  }
  const found = /(^|\s)([@#/])([^@#]*)$/.exec(before);
  if (!found) return null;
  const [, lead = "", mark = "@", words = ""] = found;
  // A number such as 290/BTTTT or a date is no question; nor is a mark somebody wrote long before.
  if (words.startsWith(" ") || words.split(/\s+/).length > 5) return null;
  if (mark === "/" && words.includes(" ")) return null;
  return { mark: mark as SuggestQuery["mark"], words, from: found.index + lead.length, to: caret };
}

/** The number of an incident, `#0004`, that was just ended by a blank before the caret. */
export function numberAt(text: string, caret: number): SuggestQuery | null {
  const found = /(^|\s)#(\S*\d)\s$/.exec(text.slice(0, caret));
  if (!found) return null;
  const [, lead = "", words = ""] = found;
  return { mark: "#", words, from: found.index + lead.length, to: caret - 1 };
}

/** `@` and words that were just ended by a blank before the caret. */
export function unitAt(text: string, caret: number): SuggestQuery | null {
  const found = /(^|\s)@([^@#\s](?:[^@#]*[^@#\s])?)\s$/.exec(text.slice(0, caret));
  if (!found) return null;
  const [, lead = "", words = ""] = found;
  return { mark: "@", words, from: found.index + lead.length, to: caret - 1 };
}

/** The first words that one of these marks stands before: a unit and what follows, the number of an incident. */
export function leftMark(text: string, marks: readonly string[]): SuggestQuery | null {
  for (const found of text.matchAll(/(^|\s)(?:@([^@#\s](?:[^@#]*[^@#\s])?)|#(\S*\d)(?=\s|$))/g)) {
    const [, lead = "", unit, number = ""] = found;
    const mark = unit === undefined ? "#" : "@";
    const words = unit ?? number;
    const from = found.index + lead.length;
    if (marks.includes(mark)) return { mark, words, from, to: from + 1 + words.length };
  }
  return null;
}

/** The first so many words of a text, as they are written. */
export const firstWords = (text: string, words: number): string => new RegExp(`^(?:\\S+\\s+){${Math.max(0, words - 1)}}\\S+`).exec(text)?.[0] ?? text;

/** The text without what was asked for, once it stands as a chip; what is typed next is a new word. */
export function withoutQuery(text: string, asked: SuggestQuery): string {
  const left = text.slice(0, asked.from).trimEnd();
  const right = text.slice(asked.to).trimStart();
  return left ? `${left} ${right}` : right;
}

/**
 * The text when nothing was chosen: a mark alone and the beginning of a kind say nothing to who
 * reads the line; other words stay.
 */
export function afterDecline(text: string, asked: SuggestQuery): string {
  return asked.mark === "/" || asked.words === "" ? text.slice(0, asked.from) + text.slice(asked.to) : text;
}

/** An hour that comes within this is an appointment. */
const SOON = 2 * HOUR;
const TIME = /^\s*(([01]?\d|2[0-3])(?:h([0-5]\d)?|:([0-5]\d)))\s/;

/**
 * The time of day with which the text begins (`14h20`, `14h`, `14:20` and a blank): its moment,
 * how it was written, and the text without it. A later hour was yesterday's, but for one that
 * comes soon: that is an appointment, and nothing happened at it. The core reads lines so that are
 * typed elsewhere: both are held to the cases of `tests/fixtures/quick-line.json`.
 */
export function leadingTime(text: string, now: number): { at: number; written: string; rest: string } | null {
  const found = TIME.exec(text);
  if (!found) return null;
  const [whole, written = "", hour, after, colon] = found;
  const today = midnight(now) + Number(hour) * HOUR + Number(after ?? colon ?? 0) * MINUTE;
  const at = today - now > SOON ? today - DAY : today;
  return at > now ? null : { at, written, rest: text.slice(whole.length) };
}

/**
 * The time that was just typed: only what was put in makes one, and only when the caret has passed
 * its blank, for a word that is being corrected is for a moment shorter than it will be. `plain` is
 * how a time was written that was declined; corrected, it is another one.
 */
export function typedTime(text: string, caret: number, plain: string, now: number): ReturnType<typeof leadingTime> {
  const found = leadingTime(text, now);
  return found && found.written !== plain && caret >= text.length - found.rest.length ? found : null;
}
