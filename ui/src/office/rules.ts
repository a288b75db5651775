// What the book goes by, as the settings change it.
import { commands, type RulesChanged } from "../lib/api";
import { app } from "../lib/app.svelte";
import { dateTime } from "../lib/time";
import { inLanguage, say } from "../lib/words.svelte";
import { noMore } from "../incident/notices";

/** So many are named one by one. */
const NAMED = 3;
const named = (all: string[]): string => [...all.slice(0, NAMED), ...(all.length > NAMED ? ["…"] : [])].join("; ");

/** What was done, and what became by it of all that is to be sent. */
export const withNotices = (done: string, { notices, kept, moved }: RulesChanged): string =>
  [
    done,
    ...noMore(notices, "ui_notices_gone"),
    ...(notices.come > 0 ? [say("ui_notices_come", { n: notices.come })] : []),
    ...(kept.length > 0 ? [say("ui_still_owed", { n: kept.length, list: named(kept.map(({ what, whom }) => `${inLanguage(what)} – ${whom}`)) })] : []),
    ...(moved.length > 0
      ? [say("ui_due_moved", { n: moved.length, list: named(moved.map(({ what, whom, from, to }) => say("ui_due_from_to", { what: inLanguage(what), whom, from: dateTime(from), to: dateTime(to) }))) })]
      : []),
  ].join(" ");

/** Where something is owed still, is owed no more, or is due at another time a line of the log says so, which no undo takes back. */
export function rulesChanged({ notices, kept, moved }: RulesChanged): void {
  if (notices.gone + kept.length + moved.length > 0) app.lineWritten();
}

/** Sets one, and tells; whether it was. */
export async function setRule(key: string, value: string, done: string): Promise<boolean> {
  const changed = await app.act(commands.setRule(key, value), (changed) => withNotices(done, changed));
  if (changed) rulesChanged(changed);
  return changed !== undefined;
}

/** Lines with another one in a place; without it when there is nothing in it. */
export const withLine = (lines: string[], n: number, text: string): string[] =>
  text ? [...lines.slice(0, n), text, ...lines.slice(n + 1)] : lines.filter((_, k) => k !== n);
