// What is held of people: told to whom it is about, erased, and what of it left the book.
import { commands, type MentionRow, type Place } from "../lib/api";
import { app } from "../lib/app.svelte";
import { toastExported } from "../report/exportFile";
import { refusalOf, say, why } from "../lib/words.svelte";
import type { Named } from "../lib/values";

/** The name of a file without the folders before it, on whatever system it was written. */
export const fileName = (path: string): string => path.split(/[/\\]/).at(-1) || path;

/** Where somebody is spoken of, place by place; of each kind so many are named, the others counted. */
export function placesOf(mentions: MentionRow[], named: number): { place: Place; names: string[]; more: number }[] {
  const places = new Map<Place, Set<string>>();
  for (const { place, name } of mentions) places.set(place, (places.get(place) ?? new Set()).add(name));
  return [...places].map(([place, all]) => ({ place, names: [...all].slice(0, named), more: Math.max(0, all.size - named) }));
}

/** Writes what the book holds of somebody into a file, for them to read. */
export async function saveHeld({ id, name }: Named): Promise<void> {
  try {
    toastExported(await commands.exportHeld(id, `${say("ui_held_file")} ${name}`));
  } catch (thrown) {
    app.toast(why(refusalOf(thrown)), { bad: true });
  }
}
