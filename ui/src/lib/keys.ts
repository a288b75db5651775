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

/** Whether typing goes into a field; a box to tick takes no letters, a list goes by them. */
export function inField(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return target.type !== "checkbox";
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}
