// A handover as it is read and printed.
import type { Refusal } from "../lib/api";

export interface Part {
  heading: string;
  /** What follows the heading in its line. */
  rest: string;
  lines: string[];
}

/** The text of a handover: its title, the lines under it, its parts. Nothing of it is lost. */
export function parseHandover(text: string): { title: string; facts: string[]; parts: Part[] } {
  const [head = "", ...blocks] = text.trim().split(/\n{2,}/);
  const [title = "", ...facts] = head.split("\n");
  const parts = blocks.map((block): Part => {
    const [first = "", ...lines] = block.split("\n");
    const at = lines.length === 0 ? first.indexOf(": ") : -1;
    return {
      heading: at < 0 ? first : first.slice(0, at),
      rest: at < 0 ? "" : first.slice(at + 2),
      lines: lines.map((line) => line.replace(/^- /, "")),
    };
  });
  return { title, facts, parts };
}

/** What is wrong with who takes over is told at that field. */
export function atReceiverField(refusal: Refusal): Refusal {
  const theirs = refusal.code === "handover_self" || refusal.params.field === "operator";
  return theirs ? { ...refusal, params: { ...refusal.params, field: "receiver" } } : refusal;
}
