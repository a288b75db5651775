// Lines that recur.
import { commands } from "./api";
import { desk } from "./desk.svelte";
import { lineForm, NO_CHIPS, NO_MORE } from "./quick";
import { refusalOf, say, why } from "./say.svelte";

let writing = false;

/** Writes at once that there is nothing to report. */
export async function nothingToReport(): Promise<void> {
  if (writing) return;
  writing = true;
  try {
    const text = say("ui_nothing_to_report");
    const line = await commands.addLine(lineForm({ text, chips: NO_CHIPS, ...NO_MORE }, []));
    desk.lineWritten();
    desk.tell(say("ui_line_written", { line, text }));
    await desk.refresh();
  } catch (thrown) {
    desk.tell(why(refusalOf(thrown)), { bad: true });
  } finally {
    writing = false;
  }
}
