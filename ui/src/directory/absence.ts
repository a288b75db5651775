// Days on which somebody cannot stand a shift: as a form has them, as they are told.
import type { Instant } from "../lib/api";
import { date, DAY, days, midnight, parseTime, parseEnd, span, dateTime } from "../lib/time";
import { say } from "../lib/words.svelte";

/** From, up to but without. */
export type Absence = [from: Instant, to: Instant];

export interface AbsenceRow {
  from: string;
  to: string;
}

const whole = (at: number): boolean => midnight(at) === at;

/** What the row says; a day alone is that whole day. `null` when it cannot be read or ends before it begins. */
export function parseAbsence(row: AbsenceRow, now: number): Absence | null {
  const from = parseTime(row.from, now);
  if (from === null) return null;
  const to = row.to.trim() === "" ? (whole(from) ? from + DAY : null) : parseEnd(row.to, from);
  return to === null || to <= from ? null : [from, to];
}

export const absenceRow = ([from, to]: Absence): AbsenceRow => ({
  from: whole(from) ? date(from) : dateTime(from),
  to: whole(from) && to === from + DAY ? "" : whole(to) ? date(to - 1) : dateTime(to),
});

export const isBlank = (row: AbsenceRow): boolean => row.from.trim() === "" && row.to.trim() === "";

/** `21–22/05`; with the hours where they are not whole days. */
export function absenceText([from, to]: Absence, now: number): string {
  if (!whole(from) || !whole(to)) return span(from, to, now);
  const year = date(to - 1).slice(-5);
  return days(from, to) + (year === date(now).slice(-5) ? "" : year);
}

/** `nghỉ phép đến hết 22/05/2016`; with the hour where a day is not whole. */
export const awayUntil = (to: Instant): string => (whole(to) ? say("ui_away_until_day", { day: date(to - 1) }) : say("ui_away_until", { at: dateTime(to) }));

/** Those that touch a span. */
export const touching = (away: Absence[], from: number, to: number): Absence[] => away.filter(([begin, end]) => begin < to && from < end);
