// What to look at in a roster, in the words of who looks.
import type { FindingRow, FindingState, Flaw, PeriodCard } from "../../lib/api";
import { say, word, type Key } from "../../lib/words.svelte";
import { hoursText, spanShort } from "../../lib/time";

/** In a word or two, and all of it. */
export const flawName = (flaw: Flaw): string => say(`ui_flaw_${flaw}` as Key);
export const flawText = (flaw: Flaw): string => word("flaw", flaw);

/** When it is; of what is about a length, how long. */
export function whenText(row: Pick<FindingRow, "flaw" | "from" | "to" | "lasts">, period: Pick<PeriodCard, "from" | "to"> | null, now: number): string {
  const { flaw, from, to, lasts } = row;
  if (lasts !== null && flaw === "long") return say("ui_at_a_stretch", { hours: hoursText(lasts) });
  if (lasts !== null && flaw === "week") return say("ui_in_the_week", { hours: hoursText(lasts) });
  if (lasts !== null && flaw === "rest") return say("ui_rests_for", { hours: hoursText(lasts) });
  return period && from <= period.from && to >= period.to ? say("ui_whole_period") : spanShort(from, to, now);
}

export type Filter = "all" | "gaps" | "conflicts";
export const FILTERS: Filter[] = ["all", "gaps", "conflicts"];
export const passes = (sort: Filter, { empty }: Pick<FindingRow, "empty">): boolean => sort === "all" || empty === (sort === "gaps");

export interface Grouped {
  /** What is not over and that nobody has accepted. */
  open: FindingRow[];
  past: FindingRow[];
  accepted: FindingRow[];
}

/** What is to be looked at, what is over, and what was looked at. */
export function grouped(findings: FindingRow[]): Grouped {
  const of = (state: FindingState) => findings.filter((row) => row.state === state);
  return { open: of("open"), past: of("past"), accepted: of("accepted") };
}

/** What of a gap can still be filled: it is not over up to now. */
export const fillable = ({ from, to }: { from: number; to: number }, now: number): { from: number; to: number } => ({ from: from < now && now < to ? now : from, to });
