import { expect, test } from "vitest";
import { DAY, HOUR, midnight } from "../../lib/time";
import { beside, daysIn, firstDay, inView, momentAt, placeOf, ticksOf } from "./timeScale";

const monday = midnight(Date.UTC(2016, 4, 16));
const period = { from: monday + 6 * HOUR, to: monday + 30 * DAY };

test("closer and less close, as far as there is something", () => {
  expect([beside("hour", -1, period), beside("hour", 1, period), beside("week", 1, period), beside("week", 1, null), beside("period", 1, period)]).toEqual([null, "day", "period", null, null]);
});

test("the whole period is shown up to a month of it", () => {
  expect([daysIn("hour", period), daysIn("week", period), daysIn("period", period), daysIn("period", { from: monday, to: monday + 90 * DAY }), daysIn("period", null)]).toEqual([1, 7, 30, 31, 7]);
});

test("the days begin so that a moment stays at its share of the width, and is among them", () => {
  const at = monday + 10 * DAY + 12 * HOUR;
  expect(firstDay("day", at, 0.9, period)).toBe(monday + 10 * DAY);
  expect(firstDay("week", at, 0.5, period)).toBe(monday + 7 * DAY);
  expect(firstDay("week", at, 0, period)).toBe(monday + 10 * DAY);
  expect(firstDay("week", at, 1, period)).toBe(monday + 4 * DAY);
  expect(firstDay("period", at, 0.1, period)).toBe(monday);
  expect(firstDay("period", monday + 40 * DAY, 0.5, period)).toBe(monday + 25 * DAY);
});

test("a place and its moment are each other's", () => {
  const shown = { from: monday, to: monday + 7 * DAY };
  expect(placeOf(monday + DAY, shown, 700)).toBe(100);
  expect(momentAt(100, shown, 700)).toBe(monday + DAY);
  expect(momentAt(placeOf(monday + 5 * HOUR, shown, 633), shown, 633)).toBeCloseTo(monday + 5 * HOUR);
});

test("what is drawn is what is in view, and a margin", () => {
  const shown = { from: monday, to: monday + 30 * DAY };
  expect(inView(shown, 3000, 1000, 500, 0)).toEqual({ from: monday + 10 * DAY, to: monday + 15 * DAY });
  expect(inView(shown, 3000, 1000, 500, 100)).toEqual({ from: monday + 9 * DAY, to: monday + 16 * DAY });
});

test("ticks stand from the first moment to the last", () => {
  expect(ticksOf({ from: monday, to: monday + DAY }, 3 * HOUR).length).toBe(8);
  expect(ticksOf({ from: monday, to: monday + 2 * DAY }, DAY)).toEqual([monday, monday + DAY]);
});
