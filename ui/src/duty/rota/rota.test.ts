import { expect, test } from "vitest";
import type { FindingRow, Flaw } from "../../lib/api";
import { counts, hourOf, moved, readMinute, slotOf, slotsText, weakness } from "./rota";
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
  const every = (start: number) => ({ start, minutes: 480, days: "every" as const });
  expect(slotsText([every(360), every(840), every(1320)])).toBe("Mọi ngày: 06:00–14:00, 14:00–22:00, 22:00–06:00");
  const office = [{ start: 450, minutes: 570, days: "work" as const }, { start: 450, minutes: 1440, days: "free" as const }, { start: 1020, minutes: 870, days: "work" as const }];
  expect(slotsText(office)).toBe("Ngày làm việc: 07:30–17:00, 17:00–07:30 · Ngày nghỉ, lễ: 07:30–07:30");
});

test("a shift of one's own ends the next day when it does not end after it begins", () => {
  expect(slotOf({ from: "22h", to: "6h", days: "every" })).toEqual({ start: 1320, minutes: 480, days: "every" });
  expect(slotOf({ from: "7:30", to: "7:30", days: "free" })).toEqual({ start: 450, minutes: 1440, days: "free" });
  expect(slotOf({ from: "17:00", to: "24:00", days: "work" })).toEqual({ start: 1020, minutes: 420, days: "work" });
  expect(slotOf({ from: "7h", to: "", days: "every" })).toBeNull();
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

test("a weak point says what is weak", () => {
  const finding = (flaw: Flaw, more: Partial<FindingRow> = {}) =>
    weakness({ flaw, post: "main", from: at("22/05 18:00"), to: at("23/05 06:00"), lasts: null, share: null, counts: null, other: null, ...more }, now);
  expect(finding("uneven", { share: "nights", counts: [10, 0] })).toBe("ca đêm: 10, người ít nhất 0");
  expect(finding("uneven", { share: "hours", counts: [2190, 1200] })).toBe("giờ trực: 36,5, người ít nhất 20");
  expect(finding("rest", { lasts: 4.5 * HOUR })).toBe("nghỉ 4,5 giờ, từ CN 22/05 18:00");
  expect(finding("long", { lasts: 36 * HOUR })).toBe("liền 36 giờ, từ CN 22/05 18:00");
  expect(finding("week", { lasts: 56 * HOUR })).toBe("56 giờ trong tuần từ CN 22/05 18:00");
  expect(finding("gap")).toBe("Chính · 18:00 – 06:00 23/05");
});
