// A shift in the hand: taken with the pointer or moved with the keys, and written once it is let go.
import { dragged, nudged, same, DRAG_THRESHOLD, type Grip, type Span } from "./drag";
import type { Cell, GridLine } from "./lanes";
import type { PlacedShift } from "../shift/shifts";
import { app } from "../../lib/app.svelte";
import { say } from "../../lib/words.svelte";
import { clock, dayTime, hoursText, sameDay } from "../../lib/time";

/** A shift and the cell it stands on. */
export interface ShiftCell {
  shift: PlacedShift;
  line: GridLine;
  cell: Cell;
}

interface Pressed extends ShiftCell {
  grip: Grip;
  /** Where the pointer went down, and at which moment. */
  x: number;
  y: number;
  at: number;
}

export interface Drag extends ShiftCell {
  span: Span;
  /** The shift with which it is to be exchanged. */
  target: ShiftCell | null;
  keys: boolean;
}

/** What becomes of the shift in the hand. */
export function dragText({ shift, span, target }: Pick<Drag, "shift" | "span" | "target">): string {
  if (target) return say("ui_swap_of", { one: shift.person.full_name, other: target.shift.person.full_name });
  const to = sameDay(span.from, span.to) ? clock(span.to) : dayTime(span.to);
  return `${dayTime(span.from)} → ${to} · ${hoursText(span.to - span.from)}`;
}

class Dragging {
  now = $state.raw<Drag | null>(null);
  /** Which cells look otherwise meanwhile: these change seldom. */
  readonly key = $derived(this.now?.cell.key ?? "");
  readonly target = $derived(this.now?.target?.cell.key ?? "");
  /** Where the pointer is. */
  pointer = $state.raw({ x: 0, y: 0 });
  #pressed: Pressed | null = null;
  /** Whether what was pressed was dragged: letting it go is no click. */
  dragged = false;

  press(pressed: Pressed): void {
    this.#pressed = pressed;
  }

  get pressed(): boolean {
    return this.#pressed !== null;
  }

  /** The pointer is elsewhere. Says whether something is in the hand. */
  move(x: number, y: number): boolean {
    const from = this.#pressed;
    if (!from) return false;
    this.pointer = { x, y };
    if (!this.dragged && Math.hypot(x - from.x, y - from.y) < DRAG_THRESHOLD) return false;
    this.dragged = true;
    app.hold();
    return true;
  }

  /** What is in the hand is at another moment, over another shift or over none. */
  follow(at: number, over: ShiftCell | null, step: number): void {
    const from = this.#pressed;
    if (!from) return;
    const target = from.grip === "whole" && over && over.cell.key !== from.cell.key ? over : null;
    const { shift, line, cell } = from;
    this.now = { shift, line, cell, span: target ? shift.bar : dragged(shift.bar, from.grip, at - from.at, step), target, keys: false };
  }

  nudge(held: ShiftCell, grip: "whole" | "to", by: number): void {
    const known = this.now?.keys && this.now.cell.key === held.cell.key ? this.now.span : held.shift.bar;
    this.now = { ...held, span: nudged(known, grip, by), target: null, keys: true };
  }

  /** It is let go: what was in the hand, when something becomes of it. */
  drop(): Drag | null {
    const drag = this.now;
    this.cancel();
    return drag && (drag.target || !same(drag.span, drag.shift.bar)) ? drag : null;
  }

  /** It goes back to where it was. */
  cancel(): void {
    this.#pressed = null;
    this.now = null;
    app.release();
  }
}

export const dragging = (): Dragging => new Dragging();
