// Days on which somebody cannot stand a shift: as a form has them, as they are told.
import type { Instant } from "../lib/api";
import { date, DAY, days, midnight, read, readEnd, span, written } from "../lib/time";

/** From, up to but without. */
export type Away = [from: Instant, to: Instant];

export interface AwayRow {
  from: string;
  to: string;
}

const whole = (at: number): boolean => midnight(at) === at;

/** What the row says; a day alone is that whole day. `null` when it cannot be read or ends before it begins. */
export function readAway(row: AwayRow, now: number): Away | null {
  const from = read(row.from, now);
  if (from === null) return null;
  const to = row.to.trim() === "" ? (whole(from) ? from + DAY : null) : readEnd(row.to, from);
  return to === null || to <= from ? null : [from, to];
}

export const awayRow = ([from, to]: Away): AwayRow => ({
  from: whole(from) ? date(from) : written(from),
  to: whole(from) && to === from + DAY ? "" : whole(to) ? date(to - 1) : written(to),
});

export const isBlank = (row: AwayRow): boolean => row.from.trim() === "" && row.to.trim() === "";

/** `21–22/05`; with the hours where they are not whole days. */
export function awayTold([from, to]: Away, now: number): string {
  if (!whole(from) || !whole(to)) return span(from, to, now);
  const year = date(to - 1).slice(-5);
  return days(from, to) + (year === date(now).slice(-5) ? "" : year);
}

/** Those that touch a span. */
export const touching = (away: Away[], from: number, to: number): Away[] => away.filter(([begin, end]) => begin < to && from < end);
