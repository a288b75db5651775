// What the book goes by, as the settings change it.
import { commands, type NoticesChanged } from "../lib/api";
import { app } from "../lib/app.svelte";
import { say } from "../lib/words.svelte";
import { noMore } from "../incident/notices";

/** What was done, and what became by it of the notices that are to be sent. */
export const withNotices = (done: string, changed: NoticesChanged): string =>
  [done, ...noMore(changed, "ui_notices_gone"), ...(changed.come > 0 ? [say("ui_notices_come", { n: changed.come })] : [])].join(" ");

/** Sets one, and tells; whether it was. */
export const setRule = async (key: string, value: string, done: string): Promise<boolean> =>
  (await app.act(commands.setRule(key, value), (notices) => withNotices(done, notices))) !== undefined;

/** Lines with another one in a place; without it when there is nothing in it. */
export const withLine = (lines: string[], n: number, text: string): string[] =>
  text ? [...lines.slice(0, n), text, ...lines.slice(n + 1)] : lines.filter((_, k) => k !== n);
