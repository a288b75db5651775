import { expect, test, vi } from "vitest";
import type { PeriodCard } from "../lib/api";
import { chosenPeriod, daysOf, marginOf, pageRules, stepped } from "./dutySheet";
import { parseTime, dateTime } from "../lib/time";

vi.mock("../lib/api", async (original) => ({ ...(await original<object>()), commands: {} }));

const now = Date.UTC(2016, 4, 22, 14, 47);
const at = (text: string) => parseTime(text, now) ?? 0;
const told = (span: { from: number; to: number } | null) => span && [dateTime(span.from), dateTime(span.to)];

test("a day, a week and a period have their spans", () => {
  const period = { from: at("15/05 07:00"), to: at("26/05") };
  expect(told(daysOf("day", now, null))).toEqual(["22/05/2016 00:00", "23/05/2016 00:00"]);
  expect(told(daysOf("week", now, null))).toEqual(["16/05/2016 00:00", "23/05/2016 00:00"]);
  expect(told(daysOf("period", now, period))).toEqual(["15/05/2016 07:00", "26/05/2016 00:00"]);
  expect(daysOf("period", now, null)).toBeNull();
});

test("one goes on by as much as is shown", () => {
  expect(dateTime(stepped("day", now, 1))).toBe("23/05/2016 00:00");
  expect(dateTime(stepped("week", now, -1))).toBe("15/05/2016 00:00");
});

test("rules for sheets of paper are found among others", () => {
  const page = "@page { size: A4 landscape; margin: 12mm 10mm; @bottom-right { content: counter(page); } }";
  const first = "@page :first { margin-top: 8mm }";
  expect(pageRules(`body { margin: 0 } ${page} td { border: 0 } @media print { ${first} }`)).toBe(`${page}\n${first}`);
  expect(pageRules("body { margin: 0 }")).toBe("");
  expect(pageRules("@page")).toBe("");
});

test("the margin of the paper is shown as it is printed", () => {
  expect(marginOf("@page { size: A4; margin: 12mm 10mm; }")).toBe("12mm 10mm");
  expect(marginOf("@page{margin:12mm}")).toBe("12mm");
  expect(marginOf("@page { size: A4 }")).toBe("0");
});

test("the period that is usual is meant until another is chosen", () => {
  const of = (id: string) => ({ id }) as PeriodCard;
  const choice = { periods: [of("a"), of("b")], usual: "a" };
  expect(chosenPeriod(choice, null)?.id).toBe("a");
  expect(chosenPeriod(choice, "b")?.id).toBe("b");
  // One that is no more is nobody's choice.
  expect(chosenPeriod(choice, "c")?.id).toBe("a");
  expect(chosenPeriod({ periods: [], usual: null }, null)).toBeNull();
  expect(chosenPeriod(null, "a")).toBeNull();
});
