// Changes of the roster that are made at a touch: drawn at once, told with a way back, and asked a
// reason for when they turn out to be of what is over.
import type { RosterPage } from "../../lib/api";
import { app } from "../../lib/app.svelte";
import { refusalOf, why } from "../../lib/words.svelte";
import { patched, UNCHANGED, type Patch } from "./shifts";

export interface Change {
  /** What it is about, while a reason is asked for. */
  about: string;
  /** What is said once it is made. */
  done: string;
  write: (reason: string | null) => Promise<unknown>;
  patch?: Patch;
}

/** Says what was changed. What has a reason stands in the log: that is not undone. */
export function toastChange(text: string, reason: string | null): void {
  if (reason !== null) app.lineWritten();
  app.toast(text, { undo: reason === null });
}

export class Changes {
  /** What waits for a reason. */
  awaitingReason = $state.raw<Change | null>(null);
  /** What is drawn over a page, until another one comes. */
  #over = $state.raw<{ page: RosterPage | undefined; patch: Patch }>({ page: undefined, patch: UNCHANGED });

  overlaid(page: RosterPage): RosterPage {
    return this.#over.page === page ? patched(page, this.#over.patch) : page;
  }

  async make(change: Change, page: RosterPage): Promise<void> {
    const before = this.#over.page === page ? this.#over.patch : UNCHANGED;
    this.#over = { page, patch: new Map([...before, ...(change.patch ?? UNCHANGED)]) };
    try {
      await change.write(null);
    } catch (thrown) {
      const refusal = refusalOf(thrown);
      if (refusal.code === "past_frozen") {
        this.awaitingReason = change;
      } else {
        this.#over = { page, patch: before };
        app.toast(why(refusal), { bad: true });
      }
      return;
    }
    toastChange(change.done, null);
    await app.refresh();
  }

  /** The question is answered: it is made, or given up. */
  answered(made: boolean): void {
    this.awaitingReason = null;
    if (!made) this.#over = { page: undefined, patch: UNCHANGED };
  }
}
