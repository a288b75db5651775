import { expect, test } from "vitest";
import type { Bar, HoleSpan, PersonRef, RosterRow, UnitRef } from "./api";
import { LANE, lay, nearest } from "./lanes";
import { DAY, HOUR } from "./time";

const unit: UnitRef = { id: "u", code: null, name: "Sở Nội vụ", group: "department" };
const person: PersonRef = { id: "p", full_name: "Nguyễn Văn Thử", role: null, number: null };
const bar = (id: string, post: Bar["post"], from: number, to: number): Bar => ({ id, post, person, from: from * HOUR, to: to * HOUR });
const hole = (post: HoleSpan["post"], from: number, to: number): HoleSpan => ({ post, from: from * HOUR, to: to * HOUR });
const row = (of: Partial<RosterRow>): RosterRow => ({ unit, shifts: [], holes: [], standing: null, ...of });
const laid = (...rows: RosterRow[]) => lay({ rows, from: 0, to: DAY });

test("every post has its lanes, and who overlaps has one more", () => {
  const [line] = laid(row({ shifts: [bar("c", "backup", 0, 24), bar("b", "main", 6, 14), bar("a", "main", 0, 8)], holes: [hole("main", 14, 24)] }));
  expect(line?.lanes).toEqual(["main", "main", "backup"]);
  expect(line?.cells.map(({ key, lane }) => [key, lane])).toEqual([["a", 0], ["c", 2], ["b", 1], [`main/${14 * HOUR}`, 0]]);
});

test("who answers without shifts stands there all day, else nobody does", () => {
  const lines = laid(row({ standing: person }), row({}), row({ standing: person, holes: [hole("main", 0, 24)] }));
  expect(lines.map(({ cells }) => cells.map(({ kind }) => kind))).toEqual([["standing"], ["nobody"], ["hole"]]);
});

test("rows stand under each other", () => {
  const lines = laid(row({ shifts: [bar("a", "main", 0, 8), bar("b", "backup", 0, 8)] }), row({}));
  expect(lines.map(({ top, height }) => [top, height])).toEqual([[0, 2 * LANE + 8], [2 * LANE + 8, LANE + 8]]);
});

test("the nearest is what stands there, else what is least far away", () => {
  const [line] = laid(row({ shifts: [bar("a", "main", 0, 8), bar("b", "main", 16, 24)] }));
  expect(line && [nearest(line, 7 * HOUR), nearest(line, 9 * HOUR), nearest(line, 15 * HOUR)].map(({ key }) => key)).toEqual(["a", "a", "b"]);
});
