// What left the book as a file.
import type { Exported } from "../lib/api";
import { app } from "../lib/app.svelte";
import { say, why } from "../lib/words.svelte";
import { date, days } from "../lib/time";

/** Tells where a file was written; `null` when none was chosen. */
export function toastExported(exported: Exported | null): void {
  if (exported === null) return;
  app.toast(say("out_exported", { file: exported.file }));
  if (exported.unnoted) app.toast(say("out_not_noted", { why: why(exported.unnoted) }), { bad: true });
}

/** What a file of a table is called at first: the table, of what it is, and when. */
export function exportName(table: string, of: { period?: string | undefined; from?: number | null; to?: number | null; unit?: string | undefined }, now: number): string {
  const { period, from = null, to = null, unit } = of;
  const when = from !== null && to !== null ? `${days(from, to)}/${date(to - 1).slice(-4)}` : (period ?? date(now));
  return [table, unit, when].filter(Boolean).join(" ");
}
