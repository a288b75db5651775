import { expect, test } from "vitest";
import type { FindingRow, Flaw } from "../../lib/api";
import { fillable, flawName, passes, grouped, whenText } from "./findings";
import { DAY, HOUR, parseTime } from "../../lib/time";

const now = parseTime("22/05/2016 21:47", 0) ?? 0;
const at = (text: string) => parseTime(text, now) ?? 0;
const finding = (flaw: Flaw, from: string, to: string, more: Partial<FindingRow> = {}): FindingRow => ({
  id: flaw, flaw, empty: flaw === "gap", weight: "high", state: "open", unit: { id: "u", code: null, name: "Sở Y tế", group: "department" }, post: "main", who: null, others: [], shifts: null, from: at(from), to: at(to),
  shift: null, other: null, elsewhere: [], lasts: null, share: null, counts: null, accepted: null, free: [], extend: null, ...more,
});
const period = { from: at("15/05/2016"), to: at("26/05/2016") };

test("when something is, is told as briefly as it is clear", () => {
  const told = (row: FindingRow) => whenText(row, period, now);
  expect(told(finding("gap", "22/05/2016 22:00", "22/05/2016 23:00"))).toBe("22:00–23:00");
  expect(told(finding("gap", "22/05/2016 18:00", "23/05/2016 06:00"))).toBe("CN 22, 18:00–06:00");
  expect(told(finding("gap", "23/05/2016 18:00", "24/05/2016"))).toBe("T2 23, 18:00–24:00");
  expect(told(finding("gap", "22/05/2016 18:00", "24/05/2016 06:00"))).toBe("22/05 18:00 – 24/05 06:00");
  expect(told(finding("gap", "15/05/2016", "26/05/2016"))).toBe("cả kỳ trực");
  expect(told(finding("long", "22/05/2016", "23/05/2016 02:00", { lasts: 26 * HOUR }))).toBe("26 giờ liền");
  expect(told(finding("rest", "22/05/2016", "22/05/2016 04:30", { lasts: 4.5 * HOUR }))).toBe("nghỉ 4 giờ 30 phút");
});

test("every flaw of a roster has a word", () => {
  const flaws: Flaw[] = ["gap", "double", "ended", "away", "unreachable", "overlap", "rest", "long", "week", "outside", "elsewhere"];
  expect(flaws.map(flawName).filter((name) => name.startsWith("ui_"))).toEqual([]);
});

test("what is over or accepted is no longer to be looked at", () => {
  const rows = [
    finding("gap", "21/05/2016", "22/05/2016", { state: "past" }),
    finding("gap", "22/05/2016", "23/05/2016"),
    finding("long", "23/05/2016", "24/05/2016"),
    finding("double", "23/05/2016", "24/05/2016", { state: "accepted", accepted: "đã thống nhất" }),
  ];
  const { open, past, accepted } = grouped(rows);
  expect([open, past, accepted].map((rows) => rows.map(({ flaw }) => flaw))).toEqual([["gap", "long"], ["gap"], ["double"]]);
  expect(open.filter((row) => passes("gaps", row)).length + open.filter((row) => passes("conflicts", row)).length).toBe(open.length);
});

test("of a gap that runs only what is left is filled", () => {
  expect(fillable({ from: now - HOUR, to: now + HOUR }, now)).toEqual({ from: now, to: now + HOUR });
  expect(fillable({ from: now + HOUR, to: now + DAY }, now)).toEqual({ from: now + HOUR, to: now + DAY });
  expect(fillable({ from: now - DAY, to: now - HOUR }, now)).toEqual({ from: now - DAY, to: now - HOUR });
});
