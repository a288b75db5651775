/** Whether a key belongs to an input method that has not ended its composition. */
export const composing = (event: KeyboardEvent): boolean => event.isComposing || event.keyCode === 229;

/** `Ctrl+Shift+N`, `Alt+1`, `F5`: what somebody pressed, as the key list writes it. */
export function chord(event: KeyboardEvent): string {
  const parts: string[] = [];
  if (event.ctrlKey || event.metaKey) parts.push("Ctrl");
  if (event.altKey) parts.push("Alt");
  if (event.shiftKey && event.key.length > 1) parts.push("Shift");
  else if (event.shiftKey && (event.ctrlKey || event.metaKey)) parts.push("Shift");
  parts.push(event.key === " " ? "Space" : event.key.length === 1 ? event.key.toUpperCase() : event.key);
  return parts.join("+");
}

/** What a browser does at these keys has no place here: loading anew, printing what is drawn, its own search. */
const BROWSER_KEYS = ["F3", "F5", "F7", "F12", "Shift+F3", "Shift+F5", "Ctrl+F5", "Ctrl+F", "Ctrl+G", "Ctrl+P", "Ctrl+R", "Ctrl+S", "Ctrl+U", "Ctrl+Shift+C", "Ctrl+Shift+G", "Ctrl+Shift+I", "Ctrl+Shift+R"];

/** Hears each key after everything in the page that may take it. Gives what ends it. */
function hearLast(hear: (event: KeyboardEvent) => void): () => void {
  const last = (pressed: Event) => (event: KeyboardEvent) => {
    if (event === pressed) hear(event);
  };
  const first = (event: KeyboardEvent) => window.addEventListener("keydown", last(event), { once: true });
  window.addEventListener("keydown", first, true);
  return () => window.removeEventListener("keydown", first, true);
}

/** Keeps such keys from the browser. */
export function keepKeysFromBrowser(): void {
  hearLast((event) => {
    if (BROWSER_KEYS.includes(chord(event))) event.preventDefault();
  });
}

/** Hears a letter, a digit or a mark that no field and nothing else in the page takes. Gives what ends it. */
export function hearStrayLetters(hear: () => void): () => void {
  return hearLast((event) => {
    const letter = event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.altKey && !event.metaKey;
    const taken = event.defaultPrevented || composing(event) || inField(event.target);
    const apart = document.querySelector("dialog[open]") || (event.target instanceof Element && event.target.closest("[role=menu]"));
    if (letter && !taken && !apart) hear();
  });
}

/** Whether typing goes into a field; a box to tick takes no letters, a list goes by them. */
export function inField(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return target.type !== "checkbox";
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}
