// How the rows of the roster are laid out: what stands in each, one beside or under the other.
import type { Bar, FindingRow, Post, RosterPage, RosterRow } from "../../lib/api";
import { POSTS } from "../../lib/values";

/** Something that stands in a row, from one moment to another. */
export interface Cell {
  key: string;
  kind: "shift" | "hole" | "standing" | "nobody";
  post: Post;
  from: number;
  to: number;
  lane: number;
  bar: Bar | null;
  /** Who holds the shift, or answers without one. */
  who: number | null;
  /** Why a hole was left so, when somebody accepted it. */
  accepted: string | null;
}

export interface GridLine {
  n: number;
  row: RosterRow;
  cells: Cell[];
  /** The post of each lane. */
  lanes: Post[];
  top: number;
  height: number;
}

/** How tall a lane is, and what is left free in a row beside its lanes. */
export const LANE = 29;
const FREE = 8;

type Laid = Pick<RosterPage, "rows" | "from" | "to" | "findings">;

export function layOut({ rows, from, to, findings }: Laid): GridLine[] {
  const accepted = new Map(findings.filter(({ flaw, accepted }) => flaw === "gap" && accepted !== null).map((gap) => [gapKey(gap.unit.id, gap), gap]));
  let top = 0;
  return rows.map((row, n) => {
    const cells = cellsOf(row, from, to, accepted);
    const lanes = share(cells);
    const line = { n, row, cells: cells.sort((a, b) => a.from - b.from || a.lane - b.lane), lanes, top, height: lanes.length * LANE + FREE };
    top += line.height;
    return line;
  });
}

const gapKey = (unit: string, { post, from }: { post: Post; from: number }): string => `${unit}/${post}/${from}`;

function cellsOf(row: RosterRow, from: number, to: number, accepted: Map<string, FindingRow>): Cell[] {
  const cell = (of: Pick<Cell, "key" | "kind" | "post" | "from" | "to"> & Partial<Cell>): Cell => ({ lane: 0, bar: null, who: of.bar?.who ?? null, accepted: null, ...of });
  const cells = [
    ...row.shifts.map((bar) => cell({ key: bar.id, kind: bar.standing ? "standing" : "shift", post: bar.post, from: bar.from, to: bar.to, bar })),
    ...row.holes.map((hole) => cell({ key: holeKey(hole), kind: "hole", ...hole, accepted: accepted.get(gapKey(row.unit.id, hole))?.accepted ?? null })),
  ];
  cells.push(...row.standing.map((span) => cell({ key: `standing/${span.from}`, kind: "standing", post: "main", ...span })));
  return cells.length > 0 ? cells : [cell({ key: "nobody", kind: "nobody", post: "main", from, to })];
}

/** By what a hole is known in its row. */
export const holeKey = ({ post, from }: { post: Post; from: number }): string => `${post}/${from}`;

/** Gives every cell a lane of its post that is free at its time. */
function share(cells: Cell[]): Post[] {
  const lanes: Post[] = [];
  const ends: number[] = [];
  for (const post of POSTS) {
    for (const cell of cells.filter((cell) => cell.post === post).sort((a, b) => a.from - b.from)) {
      const free = lanes.findIndex((held, n) => held === post && (ends[n] ?? 0) <= cell.from);
      cell.lane = free < 0 ? lanes.push(post) - 1 : free;
      ends[cell.lane] = cell.to;
    }
  }
  return lanes;
}

/** What stands in the row at a moment, or comes nearest to it. */
export function nearest(line: GridLine, at: number): Cell {
  const away = (cell: Cell) => Math.max(0, cell.from - at, at - cell.to + 1);
  return line.cells.reduce((best, cell) => (away(cell) < away(best) ? cell : best));
}

/** What of a row lies in a span. */
export const within = (line: GridLine, from: number, to: number): Cell[] => line.cells.filter((cell) => cell.from < to && from < cell.to);

/** What stands at a moment, this far below the first row. */
export function cellAt(lines: GridLine[], y: number, at: number): { line: GridLine; cell: Cell } | null {
  const line = lines.find((line) => line.top <= y && y < line.top + line.height);
  const lane = line ? Math.floor((y - line.top - FREE / 2) / LANE) : 0;
  const cell = line?.cells.find((cell) => cell.lane === lane && cell.from <= at && at < cell.to);
  return line && cell ? { line, cell } : null;
}

/** How many rows a page is. */
const PAGE = 10;

/** Where a key leads in the grid, from what is known by this key in its row; from `""`, its name. */
export function neighbour(lines: GridLine[], from: { n: number; key: string }, at: number, pressed: string): { line: GridLine; cell: Cell | null } | null {
  const line = lines[from.n];
  if (!line) return null;
  const c = line.cells.findIndex((cell) => cell.key === from.key);
  const across = (n: number) => ({ line, cell: line.cells[Math.min(line.cells.length - 1, n)] ?? null });
  const down = (n: number) => {
    const other = lines[Math.min(lines.length - 1, Math.max(0, n))] ?? line;
    return { line: other, cell: from.key === "" ? null : nearest(other, at) };
  };
  switch (pressed) {
    case "ArrowRight":
      return across(c + 1);
    case "ArrowLeft":
      return across(c - 1);
    case "Home":
      return across(-1);
    case "End":
      return across(line.cells.length - 1);
    case "ArrowDown":
      return down(from.n + 1);
    case "ArrowUp":
      return down(from.n - 1);
    case "PageDown":
      return down(from.n + PAGE);
    case "PageUp":
      return down(from.n - PAGE);
    case "Ctrl+Home":
      return down(0);
    case "Ctrl+End":
      return down(lines.length - 1);
    default:
      return null;
  }
}
