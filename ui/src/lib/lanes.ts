// How the rows of the roster are laid out: what stands in each, one beside or under the other.
import type { Bar, Post, RosterPage, RosterRow } from "./api";
import { POSTS } from "./values";

/** Something that stands in a row, from one moment to another. */
export interface Cell {
  key: string;
  kind: "shift" | "hole" | "standing" | "nobody";
  post: Post;
  from: number;
  to: number;
  lane: number;
  bar: Bar | null;
}

export interface Line {
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

export function lay({ rows, from, to }: Pick<RosterPage, "rows" | "from" | "to">): Line[] {
  let top = 0;
  return rows.map((row, n) => {
    const cells = cellsOf(row, from, to);
    const lanes = share(cells);
    const line = { n, row, cells: cells.sort((a, b) => a.from - b.from || a.lane - b.lane), lanes, top, height: lanes.length * LANE + FREE };
    top += line.height;
    return line;
  });
}

function cellsOf(row: RosterRow, from: number, to: number): Cell[] {
  const cells: Cell[] = [
    ...row.shifts.map((bar): Cell => ({ key: bar.id, kind: "shift", post: bar.post, from: bar.from, to: bar.to, lane: 0, bar })),
    ...row.holes.map((hole): Cell => ({ key: `${hole.post}/${hole.from}`, kind: "hole", ...hole, lane: 0, bar: null })),
  ];
  const all = (kind: Cell["kind"]) => cells.push({ key: kind, kind, post: "main", from, to, lane: 0, bar: null });
  if (row.standing && !cells.some((cell) => cell.post === "main")) all("standing");
  if (cells.length === 0) all("nobody");
  return cells;
}

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
export function nearest(line: Line, at: number): Cell {
  const away = (cell: Cell) => Math.max(0, cell.from - at, at - cell.to + 1);
  return line.cells.reduce((best, cell) => (away(cell) < away(best) ? cell : best));
}
