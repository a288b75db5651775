import { expect, test } from "vitest";
import type { Bar, RosterRow } from "../../lib/api";
import { patched, touchesPast } from "./shifts";
import { HOUR } from "../../lib/time";

const now = 100 * HOUR;
const facts = (from: number, to: number, person = "p") => ({ unit: "u", post: "main" as const, person, from: from * HOUR, to: to * HOUR });
const bar = (id: string, from: number, to: number): Bar => ({ id, post: "main", who: 0, from: from * HOUR, to: to * HOUR, standing: false, laid: true, reason: null, away: false });
const row = (id: string, shifts: Bar[]): RosterRow => ({
  unit: { id, code: null, name: id, group: "district" },
  shifts,
  holes: [{ post: "main", from: 8 * HOUR, to: 16 * HOUR }],
  standing: [],
});

test("what is still to come changes freely", () => {
  expect(touchesPast(facts(110, 120), facts(112, 122), now)).toBe(false);
  expect(touchesPast(null, facts(100, 120), now)).toBe(false);
  expect(touchesPast(facts(110, 120), null, now)).toBe(false);
});

test("what has begun may end at another time, and nothing else", () => {
  expect(touchesPast(facts(90, 120), facts(90, 101), now)).toBe(false);
  expect(touchesPast(facts(90, 120), facts(90, 99), now)).toBe(true);
  expect(touchesPast(facts(90, 120), facts(91, 120), now)).toBe(true);
  expect(touchesPast(facts(90, 120), facts(90, 120, "q"), now)).toBe(true);
});

test("what is over stays as it was", () => {
  expect(touchesPast(facts(80, 90), facts(80, 91), now)).toBe(true);
  expect(touchesPast(facts(80, 90), null, now)).toBe(true);
  expect(touchesPast(facts(110, 120), facts(99, 109), now)).toBe(true);
  expect(touchesPast(null, facts(80, 90), now)).toBe(true);
});

test("what was changed is drawn before the book is read again, and other rows are the same ones", () => {
  const page = { rows: [row("a", [bar("1", 0, 8), bar("2", 16, 24)]), row("b", [bar("3", 0, 8)])] };
  const next = patched(page, new Map([["1", { from: 2 * HOUR, to: 10 * HOUR }]]));
  expect(next.rows[0]?.shifts.map(({ from, to }) => [from / HOUR, to / HOUR])).toEqual([[2, 10], [16, 24]]);
  expect(next.rows[0]?.holes).toEqual([{ post: "main", from: 10 * HOUR, to: 16 * HOUR }]);
  expect(next.rows[1]).toBe(page.rows[1]);
  expect(patched(page, new Map())).toBe(page);
});
