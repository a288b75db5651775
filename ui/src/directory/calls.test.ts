import { expect, test } from "vitest";
import { minutesOf, notedText, outcomeText, reachSince } from "./calls";
import { HOUR, midnight } from "../lib/time";

const now = midnight(Date.UTC(2016, 4, 22)) + 15 * HOUR;

test("what calls tell", () => {
  expect(reachSince({ kind: "verified", at: now, by: "Đoàn Ngọc Ánh" }, now)).toBe("15:00 · Đoàn Ngọc Ánh");
  expect(reachSince({ kind: "stale", at: now, by: null }, now)).toBe("từ 15:00");
  expect(reachSince({ kind: "old", at: now, by: null }, now)).toBe("nghe máy lần cuối 15:00");
  expect(reachSince({ kind: "untried", at: null, by: null }, now)).toBe("");
  expect(outcomeText({ outcome: "called_back", minutes: 12 })).toBe("Gọi lại sau 12 phút");
  expect(notedText("Lê An", { outcome: "no_answer", minutes: null })).toBe("Đã ghi: gọi Lê An, không nghe máy");
});

test("minutes are a whole number", () => {
  expect(minutesOf(" 15 ")).toBe(15);
  expect(minutesOf("15 phút")).toMatchObject({ code: "minutes_invalid" });
  expect(minutesOf("")).toMatchObject({ code: "empty" });
});
