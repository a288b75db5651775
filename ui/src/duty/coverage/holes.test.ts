import { expect, test } from "vitest";
import type { FindingRow, Flaw, PeriodCard, Post } from "../../lib/api";
import { uncoveredElsewhere, unitsWithNobody } from "./holes";
import { DAY, HOUR, parseTime } from "../../lib/time";

const from = parseTime("16/05/2016 07:00", 0) ?? 0;
const monday = parseTime("16/05/2016", 0) ?? 0;
const period: Pick<PeriodCard, "from" | "to" | "posts"> = { from, to: monday + 3 * DAY, posts: ["main", "backup"] };
const hole = (id: string, post: Post, first = period.from, end = period.to, flaw: Flaw = "gap"): Pick<FindingRow, "flaw" | "unit" | "post" | "from" | "to"> => ({
  flaw,
  unit: { id, code: null, name: id, group: "district" },
  post,
  from: first,
  to: end,
});

test("only a unit with nobody on any post all the time never named anybody", () => {
  const holes = [hole("a", "main"), hole("a", "backup"), hole("b", "backup"), hole("c", "main", from + HOUR), hole("c", "backup"), hole("b", "main", from, period.to, "unreachable")];
  expect([...unitsWithNobody(period, holes)]).toEqual(["a"]);
});

test("a day is told without them", () => {
  const whole = { day: monday, uncovered: 2 * 17 * HOUR };
  expect(uncoveredElsewhere(whole, period, 1)).toBe(0);
  expect(uncoveredElsewhere({ ...whole, uncovered: whole.uncovered + HOUR }, period, 1)).toBe(HOUR);
  expect(uncoveredElsewhere({ day: monday + DAY, uncovered: 48 * HOUR }, period, 1)).toBe(0);
  expect(uncoveredElsewhere(whole, period, 0)).toBe(whole.uncovered);
});
