// Calls that tell whether somebody can be reached.
import { commands, type DrillRow, type PersonRow, type ReachView, type Refusal } from "../lib/api";
import { app } from "../lib/app.svelte";
import { toastExported } from "../report/exportFile";
import { refusalOf, say, why, word } from "../lib/words.svelte";
import { moment } from "../lib/time";

export const REACH_TONES = { untried: "plain", verified: "ok", old: "high", stale: "high", wrong: "serious" } as const;

/** The numbers on which somebody can be called, the first to call first. */
export const numbersOf = (person: PersonRow): string[] => [...person.mobiles, ...(person.landline === null ? [] : [person.landline])];

/** Since when that is so, and who found out. */
export function reachSince({ kind, at, by }: ReachView, now: number): string {
  if (at === null) return "";
  if (kind === "old") return say("ui_reach_last", { at: moment(at, now) });
  return kind === "verified" ? [moment(at, now), by].filter(Boolean).join(" · ") : say("ui_since", { at: moment(at, now) });
}

export const outcomeText = ({ outcome, minutes }: Pick<DrillRow, "outcome" | "minutes">): string =>
  outcome === "called_back" && minutes !== null ? say("ui_called_back_after", { n: minutes }) : word("outcome", outcome);

/** What was noted, in the middle of a sentence. */
export const notedText = (name: string, call: Pick<DrillRow, "outcome" | "minutes">): string =>
  say("ui_call_noted", { name, outcome: outcomeText(call).toLocaleLowerCase("vi-VN") });

/** Reads a number of minutes. */
export function minutesOf(text: string): number | Refusal {
  if (text.trim() === "") return { code: "empty", params: { field: "minutes" } };
  return /^\s*\d{1,4}\s*$/.test(text) ? Number(text) : { code: "minutes_invalid", params: { given: text, field: "minutes" } };
}

/** Writes contacts for telephones into a file. */
export async function saveContacts(unit: string | null, person: string | null, name: string): Promise<void> {
  try {
    toastExported(await commands.exportContacts(unit, person, name));
  } catch (thrown) {
    app.toast(why(refusalOf(thrown)), { bad: true });
  }
}
