// What the quick line offers for a marked word.
import { commands } from "../lib/api";
import { fits } from "../lib/fold";
import { KINDS } from "../lib/values";
import { say, word } from "../lib/words.svelte";
import { recurring, type Chips, type SuggestQuery } from "./quickLine";

/** One that may be taken: a chip, or words for the beginning of the line. */
export interface Suggestion {
  id: string;
  title: string;
  detail: string;
  chips?: Partial<Chips>;
  text?: string;
}

/** How many are offered of units and incidents, and of lines that recur. */
const FOUND = 6;
const RECURRING = 12;

const kinds = (words: string): Suggestion[] =>
  KINDS.map((kind) => ({ id: kind, title: word("kind", kind), detail: "", chips: { kind } })).filter(({ title }) => fits(title, words));

/** Those that are open come first. */
async function incidents(words: string): Promise<Suggestion[]> {
  const found = (await commands.incidents()).filter(({ number, title, unit }) => fits(`${number} ${title} ${unit?.name ?? ""}`, words) || number.endsWith(words));
  const inOrder = [...found.filter(({ open }) => open), ...found.filter(({ open }) => !open)];
  return inOrder.slice(0, FOUND).map(({ id, number, title }) => ({ id, title, detail: number, chips: { incident: { id, number } } }));
}

async function templates(words: string): Promise<Suggestion[]> {
  const usual = say("written_nothing");
  const texts = recurring(usual, await commands.templates(), words).slice(0, RECURRING);
  return texts.map((text) => ({ id: text, title: text, detail: text === usual ? "Ctrl Shift Space" : "", text }));
}

async function units(words: string): Promise<Suggestion[]> {
  if (words === "") return [];
  return (await commands.find(words, ["unit"], FOUND)).map(({ id, title, detail }) => ({ id, title, detail, chips: { unit: { id, name: title } } }));
}

export async function suggestionsFor({ mark, words }: SuggestQuery): Promise<Suggestion[]> {
  const offers = { "/": kinds, "#": incidents, "!": templates, "@": units };
  return offers[mark](words);
}
