import { expect, test } from "vitest";
import type { Bar, FindingRow, HoleSpan, RosterRow, UnitRef } from "../../lib/api";
import { cellAt, LANE, layOut, nearest, neighbour, within } from "./lanes";
import { DAY, HOUR } from "../../lib/time";

const unit: UnitRef = { id: "u", code: null, name: "Sở Nội vụ", group: "department" };
const bar = (id: string, post: Bar["post"], from: number, to: number, standing = false): Bar => ({ id, post, who: 0, from: from * HOUR, to: to * HOUR, standing, laid: false, reason: null, away: false });
const hole = (post: HoleSpan["post"], from: number, to: number): HoleSpan => ({ post, from: from * HOUR, to: to * HOUR });
const row = (of: Partial<RosterRow>): RosterRow => ({ unit, shifts: [], holes: [], standing: [], ...of });
const laid = (...rows: RosterRow[]) => layOut({ rows, from: 0, to: DAY, findings: [] });

test("every post has its lanes, and who overlaps has one more", () => {
  const [line] = laid(row({ shifts: [bar("c", "backup", 0, 24), bar("b", "main", 6, 14), bar("a", "main", 0, 8)], holes: [hole("main", 14, 24)] }));
  expect(line?.lanes).toEqual(["main", "main", "backup"]);
  expect(line?.cells.map(({ key, lane }) => [key, lane])).toEqual([["a", 0], ["c", 2], ["b", 1], [`main/${14 * HOUR}`, 0]]);
});

test("who answers without shifts stands there while they do, else nobody does", () => {
  const standing = [{ who: 0, from: 0, to: 8 * HOUR }, { who: 1, from: 16 * HOUR, to: DAY }];
  const lines = laid(row({ standing }), row({}), row({ standing, holes: [hole("main", 8, 16)] }));
  expect(lines.map(({ cells }) => cells.map(({ kind, who }) => [kind, who]))).toEqual([[["standing", 0], ["standing", 1]], [["nobody", null]], [["standing", 0], ["hole", null], ["standing", 1]]]);
  expect(lines.map(({ lanes }) => lanes.length)).toEqual([1, 1, 1]);
});

test("rows stand under each other", () => {
  const lines = laid(row({ shifts: [bar("a", "main", 0, 8), bar("b", "backup", 0, 8)] }), row({}));
  expect(lines.map(({ top, height }) => [top, height])).toEqual([[0, 2 * LANE + 8], [2 * LANE + 8, LANE + 8]]);
});

test("the nearest is what stands there, else what is least far away", () => {
  const [line] = laid(row({ shifts: [bar("a", "main", 0, 8), bar("b", "main", 16, 24)] }));
  expect(line && [nearest(line, 7 * HOUR), nearest(line, 9 * HOUR), nearest(line, 15 * HOUR)].map(({ key }) => key)).toEqual(["a", "a", "b"]);
});

test("who only answers when called is written down with a span", () => {
  const [line] = laid(row({ shifts: [bar("a", "main", 0, 8, true)] }));
  expect(line?.cells.map(({ kind, key, to }) => [kind, key, to])).toEqual([["standing", "a", 8 * HOUR]]);
});

test("a hole that was accepted says why", () => {
  const gap: FindingRow = { id: "f", flaw: "gap", empty: true, weight: "serious", state: "accepted", unit, post: "main", who: null, others: [], shifts: null, from: 0, to: 8 * HOUR, shift: null, other: null, elsewhere: [], lasts: null, share: null, counts: null, accepted: "nghỉ lễ", free: [], extend: null };
  const [line] = layOut({ rows: [row({ holes: [hole("main", 0, 8), hole("main", 16, 24)] })], from: 0, to: DAY, findings: [gap] });
  expect(line?.cells.map(({ accepted }) => accepted)).toEqual(["nghỉ lễ", null]);
});

test("only what reaches into a span is drawn", () => {
  const [line] = laid(row({ shifts: [bar("a", "main", 0, 8), bar("b", "main", 8, 16), bar("c", "main", 16, 24)] }));
  expect(line && within(line, 8 * HOUR, 12 * HOUR).map(({ key }) => key)).toEqual(["b"]);
  expect(line && within(line, 7 * HOUR, 17 * HOUR).map(({ key }) => key)).toEqual(["a", "b", "c"]);
});

test("what is under the pointer is found by its row, its lane and its moment", () => {
  const lines = laid(row({ shifts: [bar("a", "main", 0, 8), bar("b", "backup", 0, 8)] }), row({ shifts: [bar("c", "main", 8, 16)] }));
  const at = (y: number, hour: number) => cellAt(lines, y, hour * HOUR)?.cell.key ?? null;
  expect([at(5, 1), at(5 + LANE, 1), at(5, 9), at(2 * LANE + 8 + 5, 9), at(900, 9)]).toEqual(["a", "b", null, "c", null]);
});

test("the keys lead along a row, and to what stands at the same moment in another", () => {
  const lines = laid(row({ shifts: [bar("a", "main", 0, 12), bar("b", "main", 12, 24)] }), row({ shifts: [bar("c", "main", 0, 8), bar("d", "main", 8, 24)] }));
  const to = (n: number, key: string, pressed: string) => {
    const next = neighbour(lines, { n, key }, 13 * HOUR, pressed);
    return next && [next.line.n, next.cell?.key ?? ""];
  };
  expect([to(0, "a", "ArrowRight"), to(0, "b", "ArrowRight"), to(0, "a", "ArrowLeft"), to(0, "b", "ArrowDown"), to(1, "d", "ArrowDown")]).toEqual([[0, "b"], [0, "b"], [0, ""], [1, "d"], [1, "d"]]);
  expect([to(0, "", "ArrowRight"), to(0, "", "ArrowDown"), to(1, "d", "Ctrl+Home"), to(0, "a", "End"), to(0, "a", "x")]).toEqual([[0, "a"], [1, ""], [0, "b"], [0, "b"], null]);
});
