// Books that come from outside: dropped on the window, or handed over by a second start.
import { events } from "../lib/api";
import { app } from "../lib/app.svelte";
import { route } from "../lib/route.svelte";
import { say, why } from "../lib/words.svelte";

/** Hears of them; one that was refused is told until it is read. */
export async function hearOfBooks(): Promise<void> {
  await events.handed.listen(async ({ payload: { refusal } }) => {
    if (refusal) {
      app.toast(`${say("ui_book_refused")} ${why(refusal)}`, { bad: true, stays: true });
      return;
    }
    const before = app.frame?.path;
    await app.refresh();
    if (app.frame?.path !== before) route.go("now");
  });
}
