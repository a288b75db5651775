// The holes of a period. A unit that never named anybody is one thing to know, not one for every day.
import type { DayCover, FindingRow, PeriodCard } from "../../lib/api";
import { say } from "../../lib/words.svelte";
import { DAY, span } from "../../lib/time";

type Span = Pick<PeriodCard, "from" | "to" | "posts">;

/** The units with nobody on any post for as long as the period lasts. */
export function unitsWithNobody(period: Span, findings: Pick<FindingRow, "flaw" | "unit" | "from" | "to">[]): Set<string> {
  const posts = new Map<string, number>();
  for (const { flaw, unit, from, to } of findings) {
    if (flaw === "gap" && from <= period.from && period.to <= to) posts.set(unit.id, (posts.get(unit.id) ?? 0) + 1);
  }
  return new Set([...posts].filter(([, n]) => n === period.posts.length).map(([id]) => id));
}

/** How long nobody is there on a day, without so many units that never named anybody. */
export function uncoveredElsewhere({ day, uncovered }: DayCover, period: Span, units: number): number {
  const asked = Math.min(day + DAY, period.to) - Math.max(day, period.from);
  return uncovered - units * period.posts.length * asked;
}

/** When a hole is. As long as the period, it is told in words: its ends tell nothing. */
export function holeText({ from, to }: { from: number; to: number }, period: Pick<PeriodCard, "from" | "to"> | null, now: number): string {
  return period && from <= period.from && to >= period.to ? say("ui_whole_period") : span(from, to, now);
}
