// What somebody typed and did not save yet. It outlives the form, the page and the program.
import { app } from "./app.svelte";

const prefix = (): string => `draft:${app.frame?.drafts ?? ""}:`;

interface Stored<T> {
  /** What the form began with. */
  base: T;
  value: T;
}

/** What was typed, over what the book says now: a field nobody touched is not written back. */
function over<T extends object>(now: T, stored: Stored<T>): T {
  const merged = { ...now };
  for (const name of Object.keys(now) as (keyof T)[]) {
    const typed = stored.value?.[name];
    if (typed !== undefined && JSON.stringify(typed) !== JSON.stringify(stored.base?.[name])) merged[name] = typed;
  }
  return merged;
}

/** Throws away a draft whose form is not open. */
export const discardDraft = (name: string): void => localStorage.removeItem(prefix() + name);

/** What a form is told of its draft. */
export interface Unsaved {
  /** Whether it holds what was typed before the form was opened. */
  readonly restored: boolean;
  /** Whether it holds anything that the form did not begin with. */
  readonly changed: boolean;
  /** Throws it away: the form is as it began. */
  discard(): void;
}

export interface Draft<T> extends Unsaved {
  value: T;
}

/** A draft of this name: what was typed before, or `initial`. Call it while a component is made. */
export function draft<T extends object>(name: string, initial: T): Draft<T> {
  const key = prefix() + name;
  const before = localStorage.getItem(key);
  const fresh = (): T => ({ ...initial });
  let value = $state<T>(before ? over(initial, JSON.parse(before) as Stored<T>) : fresh());
  let discarded = false;
  const untouched = JSON.stringify(initial);
  const text = $derived(JSON.stringify(value));
  $effect(() => {
    const now = text;
    if (discarded) return;
    if (now === untouched) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify({ base: initial, value }));
  });
  return {
    get value() {
      return value;
    },
    set value(next: T) {
      value = next;
    },
    restored: before !== null,
    get changed() {
      return text !== untouched;
    },
    discard() {
      discarded = true;
      localStorage.removeItem(key);
      value = fresh();
      queueMicrotask(() => {
        discarded = false;
      });
    },
  };
}
