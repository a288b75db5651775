// What the book goes by, as the settings change it.
import { commands } from "./api";
import { desk } from "./desk.svelte";
import { refusalOf, say, why } from "./say.svelte";

/** Sets one, and tells; whether it was. */
export const setRule = async (key: string, value: string, done: string): Promise<boolean> =>
  (await desk.act(commands.setRule(key, value), done)) !== undefined;

/** What has to be written so that these lines recur, and not those: their numbers, from 1 on. */
export function templateChanges(old: string[], wanted: string[]): [number, string][] {
  const most = Math.max(old.length, wanted.length);
  return Array.from({ length: most }, (_, n): [number, string] => [n + 1, wanted[n] ?? ""]).filter(([n, text]) => text !== (old[n - 1] ?? ""));
}

/** Writes the lines that recur; whether they were written. */
export async function setTemplates(old: string[], wanted: string[], done: string): Promise<boolean> {
  const changes = templateChanges(old, wanted);
  const [only] = changes;
  if (!only) return true;
  if (changes.length === 1) return setRule(`template.${only[0]}`, only[1], done);
  try {
    for (const [n, text] of changes) await commands.setRule(`template.${n}`, text);
  } catch (thrown) {
    desk.tell(why(refusalOf(thrown)), { bad: true });
    await desk.refresh();
    return false;
  }
  // Each was a change of its own: undo would take back the last of them only.
  desk.lineWritten();
  desk.tell(done, { offer: { text: say("ui_undo"), act: () => void setTemplates(wanted, old, say("ui_templates_back")) } });
  await desk.refresh();
  return true;
}
