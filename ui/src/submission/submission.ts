// What units owe for a period: who sent, who is late, who was reminded.
import { commands, type PeriodId, type State, type UnitRow } from "../lib/api";
import { forms } from "../lib/forms.svelte";
import { app } from "../lib/app.svelte";
import { say, word } from "../lib/words.svelte";
import { DAY, dayMonth, midnight, moment } from "../lib/time";
import type { Named } from "../lib/values";

type Owed = Pick<UnitRow, "state" | "late">;

/** In the order in which they are offered. */
export const STATES: State[] = ["received", "corrected", "nil", "exempt", "waiting"];

/** Whether something came from the unit, if only that nothing changed. */
export const hasSent = (state: State | null): boolean => state === "received" || state === "corrected" || state === "nil";
export const overdue = ({ state, late }: Owed): boolean => late && state === "waiting";

export const toneOf = (owed: Owed): "ok" | "serious" | "high" | "plain" => (hasSent(owed.state) ? "ok" : overdue(owed) ? "serious" : owed.state === "waiting" ? "high" : "plain");
export const stateText = (owed: Owed): string => (overdue(owed) ? say("ui_late") : word("state", owed.state));

/** By when: a midnight is the end of the day before. */
export const dueText = (at: number, now: number): string => (midnight(at) === at ? say("ui_end_of_day", { day: dayMonth(at - DAY) }) : moment(at, now));

/** Notes a state; of what came, the document it came with is asked first. */
export function recordState(period: PeriodId, unit: Named, state: State, known: { state: State | null; document: string | null; received_at: number | null }): void {
  if (hasSent(state)) forms.open({ form: "sent", period, unit, state, document: known.document, received: hasSent(known.state) ? known.received_at : null });
  else if (state !== known.state) void app.act(commands.setSubmission(period, unit.id, state, null, null), say(`ui_noted_${state}`, { name: unit.name }));
}
