// Lines that recur.
import { commands } from "../lib/api";
import { app } from "../lib/app.svelte";
import { lineForm, NO_CHIPS, NO_DETAILS } from "./quickLine";
import { refusalOf, say, why } from "../lib/words.svelte";

let writing = false;

/** Writes at once that there is nothing to report. */
export async function nothingToReport(): Promise<void> {
  if (writing) return;
  writing = true;
  try {
    const text = say("ui_nothing_to_report");
    const line = await commands.addLine(lineForm({ text, chips: NO_CHIPS, ...NO_DETAILS }, app.now, []));
    app.lineWritten();
    app.toast(say("ui_line_written", { line, text }));
    await app.refresh();
  } catch (thrown) {
    app.toast(why(refusalOf(thrown)), { bad: true });
  } finally {
    writing = false;
  }
}
