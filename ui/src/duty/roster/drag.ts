// What becomes of a shift that is taken by hand: moved along the time, made longer or shorter.

/** By what it is taken: as a whole, or by its first or its last moment. */
export type Grip = "whole" | "from" | "to";

export interface Span {
  from: number;
  to: number;
}

/** How wide the edges are by which a shift is taken, and below how many pixels it was not moved. */
const EDGE = 7;
export const DRAG_THRESHOLD = 4;

/** By what a shift is taken that is this wide. */
export function gripAt(x: number, width: number): Grip {
  const edge = Math.min(EDGE, width / 4);
  if (x < edge) return "from";
  return x >= width - edge ? "to" : "whole";
}

/** Where a shift is when it was taken so far; it keeps to the step, and at least a step long. */
export function dragged({ from, to }: Span, grip: Grip, by: number, step: number): Span {
  // What stands beside the step stays there until it is really moved.
  if (Math.abs(by) < step / 2) return { from, to };
  const on = (at: number) => Math.round(at / step) * step;
  const least = Math.min(step, to - from);
  if (grip === "from") return { from: Math.min(on(from + by), to - least), to };
  if (grip === "to") return { from, to: Math.max(on(to + by), from + least) };
  return { from: on(from + by), to: on(from + by) + to - from };
}

/** The same with the keys, a step at a time. */
export function nudged(span: Span, grip: "whole" | "to", by: number): Span {
  if (grip === "whole") return { from: span.from + by, to: span.to + by };
  return span.to + by > span.from ? { from: span.from, to: span.to + by } : span;
}

export const same = (one: Span, other: Span): boolean => one.from === other.from && one.to === other.to;
