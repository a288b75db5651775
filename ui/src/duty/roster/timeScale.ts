// How closely the roster is looked at: which days are shown, how wide they are drawn, and where they
// stand when somebody looks closer at a moment.
import type { PeriodCard } from "../../lib/api";
import { DAY, HOUR, midnight, MINUTE } from "../../lib/time";

/** From the closest on. */
export const VIEWS = ["hour", "day", "week", "period"] as const;
export type View = (typeof VIEWS)[number];

type Span = Pick<PeriodCard, "from" | "to">;

/** What a tick is, how wide it is at least, and to what a shift keeps that is moved by hand. */
export const SCALES: Record<View, { tick: number; wide: number; snap: number }> = {
  hour: { tick: HOUR, wide: 84, snap: 15 * MINUTE },
  day: { tick: 3 * HOUR, wide: 64, snap: 15 * MINUTE },
  week: { tick: DAY, wide: 84, snap: 30 * MINUTE },
  period: { tick: DAY, wide: 88, snap: HOUR },
};

const WEEK = 7;
const LONGEST = 31;

export const endOf = (of: Span): number => midnight(of.to - 1) + DAY;

/** How many days are shown of a period. */
export function daysIn(view: View, of: Span | null): number {
  if (view === "hour" || view === "day") return 1;
  return view === "week" || !of ? WEEK : Math.min(LONGEST, Math.round((endOf(of) - midnight(of.from)) / DAY));
}

/** The view that is so many steps less close; `null` where there is none. */
export function beside(view: View, by: number, of: Span | null): View | null {
  return VIEWS.filter((view) => view !== "period" || of)[VIEWS.indexOf(view) + by] ?? null;
}

/** The first day shown, so that a moment stands at this share of the width, or as near as days can be. */
export function firstDay(view: View, at: number, share: number, of: Span | null): number {
  const days = daysIn(view, of);
  const near = midnight(at - share * days * DAY + DAY / 2);
  const first = Math.max(midnight(at) - (days - 1) * DAY, Math.min(midnight(at), near));
  if (view !== "period" || !of || at < midnight(of.from) || endOf(of) <= at) return first;
  return Math.max(midnight(of.from), Math.min(endOf(of) - days * DAY, first));
}

/** Where a moment stands in days that are drawn this wide. */
export const placeOf = (at: number, shown: Span, width: number): number => ((at - shown.from) / (shown.to - shown.from)) * width;

/** Which moment stands there. */
export const momentAt = (x: number, shown: Span, width: number): number => shown.from + (x / Math.max(1, width)) * (shown.to - shown.from);

/** The moments of which something is drawn, when so much of the days is in sight from `left` on. */
export function inView(shown: Span, width: number, left: number, seen: number, margin: number): Span {
  return { from: momentAt(left - margin, shown, width), to: momentAt(left + seen + margin, shown, width) };
}

export const ticksOf = (shown: Span, tick: number): number[] => Array.from({ length: Math.round((shown.to - shown.from) / tick) }, (_, n) => shown.from + n * tick);
