// What the book goes by, as the settings change it.
import { commands } from "../lib/api";
import { app } from "../lib/app.svelte";

/** Sets one, and tells; whether it was. */
export const setRule = async (key: string, value: string, done: string): Promise<boolean> =>
  (await app.act(commands.setRule(key, value), done)) !== undefined;

/** Lines with another one in a place; without it when there is nothing in it. */
export const withLine = (lines: string[], n: number, text: string): string[] =>
  text ? [...lines.slice(0, n), text, ...lines.slice(n + 1)] : lines.filter((_, k) => k !== n);
