// What somebody typed and did not save yet. It outlives the form, the page and the program.
import { desk } from "./desk.svelte";

const prefix = (): string => `draft:${desk.frame?.path ?? ""}:`;

interface Kept<T> {
  /** What the form began with. */
  base: T;
  value: T;
}

/** What was typed, over what the book says now: a field nobody touched is not written back. */
function over<T extends object>(now: T, kept: Kept<T>): T {
  const merged = { ...now };
  for (const name of Object.keys(now) as (keyof T)[]) {
    const typed = kept.value?.[name];
    if (typed !== undefined && JSON.stringify(typed) !== JSON.stringify(kept.base?.[name])) merged[name] = typed;
  }
  return merged;
}

/** Throws away a draft whose form is not open. */
export const forget = (name: string): void => localStorage.removeItem(prefix() + name);

/** A draft of this name: what was typed before, or `initial`. Call it while a component is made. */
export function draft<T extends object>(name: string, initial: T): { value: T; readonly kept: boolean; drop(): void } {
  const key = prefix() + name;
  const before = localStorage.getItem(key);
  const fresh = (): T => ({ ...initial });
  let value = $state<T>(before ? over(initial, JSON.parse(before) as Kept<T>) : fresh());
  let dropped = false;
  const kept = before !== null;
  $effect(() => {
    const text = JSON.stringify(value);
    if (dropped) return;
    if (text === JSON.stringify(initial)) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify({ base: initial, value }));
  });
  return {
    get value() {
      return value;
    },
    set value(next: T) {
      value = next;
    },
    kept,
    drop() {
      dropped = true;
      localStorage.removeItem(key);
      value = fresh();
      queueMicrotask(() => {
        dropped = false;
      });
    },
  };
}
