// What becomes of the shift in the hand, in words.
import type { Drag } from "./dragging.svelte";
import { say } from "../../lib/say.svelte";
import { clock, dayTime, hoursTold, sameDay } from "../../lib/time";

export function dragTold({ shift, span, target }: Pick<Drag, "shift" | "span" | "target">): string {
  if (target) return say("ui_swap_of", { one: shift.person.full_name, other: target.shift.person.full_name });
  const to = sameDay(span.from, span.to) ? clock(span.to) : dayTime(span.to);
  return `${dayTime(span.from)} → ${to} · ${hoursTold(span.to - span.from)}`;
}
