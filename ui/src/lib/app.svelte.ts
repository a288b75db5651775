// What every room shares: the frame around them, the time, what was said after a change.
import { commands, events, type Frame, type Language, type NowPage, type OwnChange, type Refusal, type Start, type Undone } from "./api";
import { handbook } from "./handbook.svelte";
import { currentLanguage, refusalOf, say, setLanguage, why } from "./words.svelte";

export interface Toast {
  id: number;
  text: string;
  bad: boolean;
  undo: boolean;
  /** Whether it stays until somebody has read it. */
  stays: boolean;
  /** When it was said, by the clock of the page. */
  at: number;
  /** A further thing to do. */
  offer?: { text: string; act: () => void } | undefined;
}

/** How long after something was said a page that is gone to follows from it, in milliseconds. */
const LED_HERE = 1000;

class AppState {
  frame = $state<Frame | null>(null);
  /** The time in the book, by the minute. */
  now = $state(0);
  /** Rises with every change of the book. */
  version = $state(0);
  toasts = $state<Toast[]>([]);
  /** What is read out to who does not see the screen, when nothing else says it. */
  announced = $state("");
  /** How many notices are to be sent though the window was to be closed; `null` when it was not. */
  closing = $state<number | null>(null);
  progress = $state<{ task: number | null; done: number; of: number } | null>(null);
  #next = 0;
  #asked = 0;

  /** What was read before the page stood. */
  #prefetched: NowPage | null = null;

  /** Begins with what came with the page. */
  begin(start: Start): void {
    this.frame = start.frame;
    this.now = start.frame?.now ?? 0;
    this.#prefetched = start.now;
  }

  /** The first room as it was read ahead; asked for again, it is read. */
  takePrefetched(): NowPage | undefined {
    const ahead = this.#prefetched ?? undefined;
    this.#prefetched = null;
    return ahead;
  }

  /** Who writes in which book. */
  get writer(): string | null {
    return this.frame && `${this.frame.path} ${this.frame.operator ?? ""}`;
  }

  #held = false;
  #missed = false;

  /** While something is in the hand nothing moves under it. */
  hold(): void {
    this.#held = true;
  }

  /** It was let go: what changed meanwhile is read. */
  release(): void {
    if (!this.#held) return;
    this.#held = false;
    if (this.#missed) void this.refresh();
  }

  /** Reads the frame anew. */
  async refresh(): Promise<void> {
    this.#missed = this.#held;
    if (this.#held) return;
    const mine = ++this.#asked;
    try {
      const frame = await commands.frame();
      // An answer that came late is of a book that is not open any more, or not as it was.
      if (mine !== this.#asked) return;
      this.frame = frame;
      this.now = frame.now;
    } catch (thrown) {
      if (mine !== this.#asked) return;
      if (refusalOf(thrown).code === "no_book") this.frame = null;
      else this.toast(why(refusalOf(thrown)), { bad: true });
    }
    this.version += 1;
  }

  /** Hears what changes outside the page. */
  async listen(): Promise<void> {
    await Promise.all([
      events.changed.listen(() => void this.refresh()),
      events.tick.listen(({ payload }) => {
        this.now = payload.now;
        void this.refresh();
      }),
      events.told.listen(({ payload: { title, body } }) => this.toast(`${title}: ${body}`, { bad: true, stays: true })),
      events.closing.listen(({ payload }) => (this.closing = payload.notices)),
      events.progress.listen(({ payload }) => {
        if (this.progress) this.progress = payload;
      }),
    ]);
  }

  /** Changes made in this window that undo takes back one by one, each by where it was told last: none before a line of the log. */
  #undoable: string[] = [];
  /** What was undone in this window and may be done again: nothing once something else is done. */
  #redoable = 0;

  /** A line is corrected, not undone; and what was done before it is not what undo means now. */
  lineWritten(): void {
    this.#undoable = [];
    this.#redoable = 0;
    for (const toast of this.toasts) toast.undo = false;
  }

  /** Somebody was told: what was said of overdue notices is said anew, if any still are. */
  told(): void {
    this.toasts = this.toasts.filter((toast) => !toast.stays);
  }

  toast(text: string, more: Partial<Omit<Toast, "id" | "text" | "at">> = {}): void {
    if (more.undo) {
      this.#undoable.push(location.hash);
      this.#redoable = 0;
    }
    const toast = { id: ++this.#next, text, bad: false, undo: false, stays: false, at: performance.now(), ...more };
    // One of a kind, so that little of the room is covered: what was done, what was refused, what is overdue.
    const older = this.toasts.filter((known) => known.stays !== toast.stays || known.bad !== toast.bad);
    // Undo is of the last change: an older offer would take back this one.
    if (toast.undo) for (const known of older) known.undo = false;
    this.toasts = [...older, toast];
  }

  dismiss(id: number): void {
    const undo = this.toasts.some((toast) => toast.id === id && toast.undo);
    if (undo && this.canUndo) this.#undoable[this.#undoable.length - 1] = location.hash;
    this.toasts = this.toasts.filter((toast) => toast.id !== id);
  }

  /** Another page is gone to: what was said on the one before goes, but for what led here and what waits to be read. */
  leavePage(): void {
    this.toasts = this.toasts.filter((toast) => toast.stays || performance.now() - toast.at < LED_HERE);
  }

  /** Chooses the language. What was said in the other one goes. */
  async setLanguage(language: Language): Promise<void> {
    await setLanguage(language);
    this.toasts = [];
    await this.act(commands.setLanguage(language), null, false);
  }

  /** Does something to the book; says that it was done only when it was, or why not. */
  async act<T>(work: Promise<T>, done: string | ((answer: T) => string) | null, undo = true): Promise<T | undefined> {
    try {
      const answer = await work;
      if (done !== null) this.toast(typeof done === "string" ? done : done(answer), { undo });
      await this.refresh();
      return answer;
    } catch (thrown) {
      const refusal = refusalOf(thrown);
      const title = handbook.answer(refusal.code, currentLanguage());
      const offer = title && { text: say("ui_handbook"), act: () => handbook.open(refusal.code) };
      this.toast(why(refusal), { bad: true, ...(offer && { offer }) });
      return undefined;
    }
  }

  /** Whether undo means a change made in this window. */
  get canUndo(): boolean {
    return this.#undoable.length > 0;
  }

  /** Whether what undo means was told of elsewhere, and is told of no more. */
  get undoesElsewhere(): boolean {
    return this.#undoable.at(-1) !== location.hash && !this.toasts.some((toast) => toast.undo);
  }

  /** Whether redo means what was undone in this window last. */
  get canRedo(): boolean {
    return this.#redoable > 0;
  }

  /** Takes back this change, which undo means. */
  async undo(change: OwnChange): Promise<void> {
    this.#undoable.pop();
    this.toasts = this.toasts.filter((toast) => !toast.undo);
    const undone = await this.act(commands.undoChange(change.id), null, false);
    if (undone) {
      this.#redoable += 1;
      this.#tellUndone("ui_undone", undone, { text: `${say("ui_redo")} (Ctrl Y)`, act: () => void this.redo() });
    }
  }

  async redo(): Promise<void> {
    if (!this.canRedo) return;
    this.#redoable -= 1;
    this.toasts = this.toasts.filter((toast) => toast.bad || !toast.offer);
    const done = await this.act(commands.redo(null), null, false);
    if (done) {
      this.#undoable.push(location.hash);
      this.#tellUndone("ui_redone", done);
    }
  }

  /** Says what was chosen to be taken back or done again: what undo means next is chosen too. */
  tellChosen(said: "ui_undone" | "ui_redone", undone: Undone): void {
    this.lineWritten();
    this.#tellUndone(said, undone);
  }

  #tellUndone(said: "ui_undone" | "ui_redone", undone: Undone, offer?: Toast["offer"]): void {
    const what = undone.nouns.map(([kind, n]) => (undone.name && n === 1 ? undone.name : `${n} ${say(`count_${kind}` as never)}`));
    this.toast(say(said, { what: what.join(", ") }), { offer });
  }

  /** Long work, with its progress shown while it runs. */
  async withProgress<T>(work: () => Promise<T>): Promise<T> {
    this.progress = { task: null, done: 0, of: 0 };
    try {
      return await work();
    } finally {
      this.progress = null;
    }
  }
}

export const app = new AppState();

/** What rooms have asked for and not yet heard. */
const awaited = new Set<Promise<unknown>>();

/** Waits until the rooms that stand have heard what they asked for. */
export const allAnswered = (): Promise<unknown> => Promise.allSettled(awaited);

/**
 * What a room shows: loaded, and loaded anew whenever the book or the minute changes. What was read
 * ahead is shown without loading.
 */
export function live<T>(load: () => Promise<T>, ahead?: T): { readonly data: T | undefined; readonly refused: Refusal | undefined } {
  let data = $state.raw(ahead);
  let fresh = ahead !== undefined;
  let refused = $state.raw<Refusal>();
  $effect(() => {
    void app.version;
    if (fresh) {
      fresh = false;
      return;
    }
    let late = false;
    const answer = load();
    awaited.add(answer);
    void answer.catch(() => undefined).then(() => awaited.delete(answer));
    answer.then(
      (answer) => {
        if (late) return;
        data = answer;
        refused = undefined;
      },
      (thrown: unknown) => {
        if (!late) refused = refusalOf(thrown);
      },
    );
    return () => {
      late = true;
    };
  });
  return {
    get data() {
      return data;
    },
    get refused() {
      return refused;
    },
  };
}
