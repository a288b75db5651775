import type { Option } from "./Pick.svelte";
import { commands } from "../lib/api";
import { fits } from "../lib/fold";

/** How many are offered. */
const FOUND = 30;

/** Incidents for a field in which one is chosen. */
export async function incidentOptions(words: string): Promise<Option[]> {
  const known = (await commands.incidents()).filter((row) => fits(`${row.number} ${row.title}`, words) || row.number.endsWith(words));
  return known.slice(0, FOUND).map((row) => ({ id: row.id, title: row.title, detail: row.number }));
}
