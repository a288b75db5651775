import type { Option } from "./Pick.svelte";
import { commands } from "../lib/api";

/** Units for a field in which one is chosen. */
export async function unitOptions(words: string): Promise<Option[]> {
  if (words.trim() === "") {
    const { units } = await commands.directory();
    return units.slice(0, 50).map(({ unit }) => ({ id: unit.id, title: unit.name, detail: unit.code ?? "" }));
  }
  return (await commands.find(words, ["unit"], 20)).map((hit) => ({ id: hit.id, title: hit.title, detail: hit.detail }));
}
