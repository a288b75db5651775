import { expect, test } from "vitest";
import type { PeriodCard, RosterPage } from "../../lib/api";
import { visibleDays } from "./visibleDays.svelte";
import { DAY, HOUR, midnight } from "../../lib/time";

const monday = midnight(Date.UTC(2016, 4, 16));
const period = (id: string, days: number): PeriodCard => ({ id, name: id, from: monday + 6 * HOUR, to: monday + days * DAY, posts: ["main"], groups: null, due_at: null, due: monday + 6 * HOUR, letter: null, needs: [], overlap: null, wanted_overlap: 0, asked_at: null, asked: monday - 30 * DAY });
const page = (of: PeriodCard, from: number): RosterPage => ({ periods: [of], period: of, is_asked: true, from, to: from + 7 * DAY, rows: [], people: [], findings: [], days: [] });

test("a week around now, a day that is today, a period from yesterday on but not beyond its end", () => {
  const long = page(period("long", 30), monday);
  const now = monday + 2 * DAY + HOUR;
  visibleDays.show("week", long, now);
  expect([visibleDays.days, visibleDays.from]).toEqual([7, monday + DAY]);
  visibleDays.show("day", long, now);
  expect([visibleDays.days, visibleDays.from]).toEqual([1, monday + 2 * DAY]);
  visibleDays.show("period", long, now);
  expect([visibleDays.days, visibleDays.from]).toEqual([30, monday]);
  visibleDays.show("period", page(period("longer", 60), monday), monday + 50 * DAY);
  expect([visibleDays.days, visibleDays.from]).toEqual([31, monday + 29 * DAY]);
  visibleDays.show("hour", long, now);
  expect([visibleDays.days, visibleDays.from]).toEqual([1, monday + 2 * DAY]);
  visibleDays.show("period", page(period("short", 3), monday), now);
  expect([visibleDays.days, visibleDays.from]).toEqual([3, monday]);
});

test("away from now the days stay, and another period begins where it begins", () => {
  const far = page(period("far", 30), monday);
  visibleDays.show("week", far, monday + 100 * DAY);
  expect(visibleDays.from).toBe(monday);
  visibleDays.choose("far", { ...far, period: null }, monday + 100 * DAY);
  expect([visibleDays.period, visibleDays.from]).toEqual(["far", null]);
});

test("a day of the strip stands alone only where all days were looked at", () => {
  visibleDays.begin("p");
  visibleDays.toDay(monday + DAY);
  expect([visibleDays.view, visibleDays.days, visibleDays.from]).toEqual(["week", 7, monday + DAY]);
  visibleDays.view = "period";
  visibleDays.toDay(monday);
  expect([visibleDays.view, visibleDays.days, visibleDays.from]).toEqual(["day", 1, monday]);
});

test("looked at closer, the moment in question stays", () => {
  const long = page(period("long", 30), monday);
  const noon = monday + 10 * DAY + 12 * HOUR;
  visibleDays.show("period", long, monday + 100 * DAY);
  expect(visibleDays.zoom(1, noon, 0.5, long)).toBe(false);
  expect(visibleDays.zoom(-1, noon, 0.5, long)).toBe(true);
  expect([visibleDays.view, visibleDays.days, visibleDays.from]).toEqual(["week", 7, monday + 7 * DAY]);
  expect(visibleDays.zoom(-1, noon, 0.5, long)).toBe(true);
  expect([visibleDays.view, visibleDays.days, visibleDays.from]).toEqual(["day", 1, monday + 10 * DAY]);
});
