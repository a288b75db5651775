// Shifts and what is done to them.
import type { Bar, PersonRef, Post, RosterPage, RosterRow, ShiftForm } from "../../lib/api";
import type { Span } from "../roster/drag";

/** A shift, and where it stands. */
export interface PlacedShift {
  bar: Bar;
  row: RosterRow;
  person: PersonRef;
}

type Facts = Pick<ShiftForm, "unit" | "post" | "person" | "from" | "to">;

/** A shift as a form gives it. */
export const formOf = ({ bar, row, person }: PlacedShift, changed: Partial<ShiftForm> = {}): ShiftForm => ({
  unit: row.unit.id,
  post: bar.post,
  person: person.id,
  from: bar.from,
  to: bar.to,
  ...changed,
});

/** Whether a change touches what is over: who stood where from when to when, until now. */
export function touchesPast(old: Facts | null, next: Facts | null, now: number): boolean {
  const past = (of: Facts | null) => (of && of.from < Math.min(of.to, now) ? [of.unit, of.post, of.person, of.from, Math.min(of.to, now)].join("/") : "");
  return past(old) !== past(next);
}

/** What is drawn before the book is read again: other times, or somebody else. */
export type Patch = ReadonlyMap<string, Partial<Pick<Bar, "from" | "to" | "who">>>;
export const UNCHANGED: Patch = new Map();

/** The page as it will be. Rows that nothing happens to are the same ones. */
export function patched<P extends Pick<RosterPage, "rows">>(page: P, patch: Patch): P {
  if (patch.size === 0) return page;
  const rows = page.rows.map((row) => {
    if (!row.shifts.some(({ id }) => patch.has(id))) return row;
    const shifts = row.shifts.map((bar) => ({ ...bar, ...patch.get(bar.id) }));
    const moved = shifts.filter(({ id }) => patch.has(id));
    return { ...row, shifts, holes: moved.reduce((holes, bar) => holes.flatMap((hole) => without(hole, bar)), row.holes) };
  });
  return { ...page, rows };
}

/** What a shift leaves of a hole. */
function without<H extends Span & { post: Post }>(hole: H, bar: Bar): H[] {
  if (hole.post !== bar.post || bar.to <= hole.from || hole.to <= bar.from) return [hole];
  const before = hole.from < bar.from ? [{ ...hole, to: bar.from }] : [];
  return bar.to < hole.to ? [...before, { ...hole, from: bar.to }] : before;
}
