// The calendar of shifts, opened by another reader: the same hours and people as the list of the
// sample province says.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";
import { expect, test } from "vitest";

const root = new URL("../../..", import.meta.url);
const text = (path: string) => readFileSync(new URL(path, root), "utf8");

/** `16/05/2016 07:00` at UTC+7. */
function moment(written: string): number {
  const [day, month, year, hour, minute] = written.split(/\D/).map(Number) as [number, number, number, number, number];
  return Date.UTC(year, month - 1, day, hour - 7, minute);
}

test("another reader finds every shift at its time", () => {
  const calendar = new ICAL.Component(ICAL.parse(text("tests/fixtures/rosters/calendar.ics")) as unknown[]);
  const found = calendar.getAllSubcomponents("vevent").map((component) => {
    const event = new ICAL.Event(component);
    return [event.startDate.toJSDate().getTime(), event.endDate.toJSDate().getTime(), event.description.split("\n")[0]];
  });
  const rows = text("assets/sample/roster.csv").split("\n").map((row) => row.trim().split(","));
  const expected = rows
    .filter(([unit]) => unit === "Công an tỉnh Đắk Lắk")
    .map(([, , name, from, to]) => [moment(from ?? ""), moment(to ?? ""), name]);
  expect(found.length).toBeGreaterThan(20);
  expect(found).toEqual(expected);
});
