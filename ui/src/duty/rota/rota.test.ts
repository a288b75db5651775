import { expect, test } from "vitest";
import type { FindingRow, Flaw, Role } from "../../lib/api";
import { byFlaw, counts, hourOf, moved, readMinute, slotOf, slotsOf, slotsText, usualChange, usualRound, weakness } from "./rota";
import { HOUR, parseTime } from "../../lib/time";

const now = Date.UTC(2016, 4, 22, 14, 47);
const at = (text: string) => parseTime(text, now) ?? 0;

test("hours of the day are read as people write them", () => {
  const check = (given: string, expected: string | null) => {
    const minute = readMinute(given);
    expect(minute === null ? null : hourOf(minute), given).toBe(expected);
  };
  check("7", "07:00");
  check("7h", "07:00");
  check("07h30", "07:30");
  check("07:30", "07:30");
  check("24:00", "00:00");
  check("24:30", null);
  check("7:75", null);
  check("sáng", null);
  check("", null);
});

test("what a pattern makes of a day is told before it is laid out", () => {
  expect(slotsText(slotsOf("3x8", usualChange("3x8", 0)))).toBe("Mọi ngày: 06:00–14:00, 14:00–22:00, 22:00–06:00");
  expect(slotsText(slotsOf("2x12", 18 * 60))).toBe("Mọi ngày: 18:00–06:00, 06:00–18:00");
  expect(slotsText(slotsOf("1x24", usualChange("1x24", at("16/05 08:30"))))).toBe("Mọi ngày: 08:30–08:30");
  expect(slotsText(slotsOf("office", 450))).toBe("Ngày làm việc: 07:30–17:00, 17:00–07:30 · Ngày nghỉ, lễ: 07:30–07:30");
});

test("a shift of one's own ends the next day when it does not end after it begins", () => {
  expect(slotOf({ from: "22h", to: "6h", days: "every" })).toEqual({ start: 1320, minutes: 480, days: "every" });
  expect(slotOf({ from: "7:30", to: "7:30", days: "free" })).toEqual({ start: 450, minutes: 1440, days: "free" });
  expect(slotOf({ from: "17:00", to: "24:00", days: "work" })).toEqual({ start: 1020, minutes: 420, days: "work" });
  expect(slotOf({ from: "7h", to: "", days: "every" })).toBeNull();
});

test("leaders do not rotate, and whoever is called first begins", () => {
  const person = (id: string, role: Role | null) => ({ id, role });
  expect(usualRound([person("a", "leader"), person("b", "backup"), person("c", null), person("d", "main"), person("e", null)])).toEqual(["d", "c", "e", "b"]);
});

test("somebody is moved as far as the list goes", () => {
  const list = ["a", "b", "c"];
  expect(moved(list, "c", -1)).toEqual(["a", "c", "b"]);
  expect(moved(list, "a", 1)).toEqual(["b", "a", "c"]);
  expect(moved(list, "a", -1)).toBe(list);
  expect(moved(list, "x", 1)).toBe(list);
});

test("what stays as it was is told apart", () => {
  expect(counts({ shifts: 30, new: 20, gone: 4 })).toEqual({ added: 20, same: 10, gone: 4 });
});

test("weak points stand by what is wrong, holes first", () => {
  const rows = (["uneven", "gap", "rest", "gap"] as Flaw[]).map((flaw) => ({ flaw }));
  expect(byFlaw(rows).map(({ flaw, rows }) => [flaw, rows.length])).toEqual([["gap", 2], ["rest", 1], ["uneven", 1]]);
});

test("a weak point says what is weak", () => {
  const finding = (flaw: Flaw, more: Partial<FindingRow> = {}) =>
    weakness({ flaw, post: "main", from: at("22/05 18:00"), to: at("23/05 06:00"), lasts: null, share: null, counts: null, other: null, ...more }, now);
  expect(finding("uneven", { share: "nights", counts: [10, 0] })).toBe("ca đêm: 10, người ít nhất 0");
  expect(finding("rest", { lasts: 4.5 * HOUR })).toBe("nghỉ 4,5 giờ, từ CN 22/05 18:00");
  expect(finding("long", { lasts: 36 * HOUR })).toBe("liền 36 giờ, từ CN 22/05 18:00");
  expect(finding("gap")).toBe("Chính · 18:00 – 06:00 23/05");
});
