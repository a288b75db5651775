// What somebody typed and did not save yet. It outlives the form, the page and the program.
import { desk } from "./desk.svelte";

const prefix = (): string => `draft:${desk.frame?.path ?? ""}:`;

/** A draft of this name: what was typed before, or `initial`. Call it while a component is made. */
export function draft<T extends object>(name: string, initial: T): { value: T; readonly kept: boolean; drop(): void } {
  const key = prefix() + name;
  const before = localStorage.getItem(key);
  const fresh = (): T => ({ ...initial });
  let value = $state<T>(before ? { ...initial, ...(JSON.parse(before) as T) } : fresh());
  let dropped = false;
  const kept = before !== null;
  $effect(() => {
    const text = JSON.stringify(value);
    if (dropped) return;
    if (text === JSON.stringify(initial)) localStorage.removeItem(key);
    else localStorage.setItem(key, text);
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
