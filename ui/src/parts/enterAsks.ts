// Enter in a form of record stores nothing by itself.
import { on } from "svelte/events";
import { chord, composing } from "../lib/keys";

/** Of a form: Enter in a field goes to its button, and there presses it. */
export function enterAsks(form: HTMLFormElement): { destroy: () => void } {
  const key = (event: KeyboardEvent) => {
    if (chord(event) !== "Enter" || event.defaultPrevented || composing(event)) return;
    const button = form.querySelector<HTMLElement>("button:not([type=button])");
    if (event.target instanceof HTMLInputElement) button?.focus();
    // A key held down does not press what it just went to.
    else if (!event.repeat || event.target !== button) return;
    event.preventDefault();
  };
  // After the fields in it, which may take the key.
  return { destroy: on(form, "keydown", key) };
}
