import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { queryAt, afterDecline, asksOf, firstWords, isLate, leftMark, lineForm, numberAt, unitAt, NO_CHIPS, NO_DETAILS, recurring, withoutQuery, leadingTime, typedTime } from "./quickLine";
import { MINUTE, parseTime, dateTime } from "../lib/time";

const now = Date.UTC(2016, 4, 22, 14, 47);

test("a marked word at the caret asks for suggestions", () => {
  expect(queryAt("gọi @cu mg", 10)).toEqual({ mark: "@", words: "cu mg", from: 4, to: 10 });
  expect(queryAt("#7", 2)).toEqual({ mark: "#", words: "7", from: 0, to: 2 });
  expect(queryAt("/qu", 3)?.mark).toBe("/");
});

test("addresses, document numbers and dates ask for nothing", () => {
  for (const text of ["a@b", "công văn 290/BTTTT", "ngày 22/5", "@ ", "không có gì"]) {
    expect(queryAt(text, text.length), text).toBeNull();
  }
});

test("what stands as a chip leaves the text", () => {
  const text = "gọi @cu mg không được";
  const asked = queryAt(text, 10);
  expect(asked && withoutQuery(text, asked)).toBe("gọi không được");
  const last = "đã gọi @nội vụ";
  const unit = queryAt(last, last.length);
  expect(unit && withoutQuery(last, unit), "the next word stands apart").toBe("đã gọi ");
});

test("a mark of which nothing was chosen does not stay", () => {
  const left = (text: string) => {
    const asked = queryAt(text, text.length);
    return asked && afterDecline(text, asked);
  };
  expect(left("/")).toBe("");
  expect(left("gọi lại /qu")).toBe("gọi lại ");
  expect(left("gọi #")).toBe("gọi ");
  expect(left("họp @phòng máy")).toBe("họp @phòng máy");
});

test("a time is understood at the beginning, once a blank follows it, as the core understands it", () => {
  const file = new URL("../../../tests/fixtures/quick-line.json", import.meta.url);
  const cases = JSON.parse(readFileSync(file, "utf8")) as Record<"now" | "typed" | "at" | "written" | "rest", string>[];
  expect(cases.length).toBeGreaterThan(20);
  for (const { now, typed, at, written: how, rest } of cases) {
    const found = leadingTime(typed, parseTime(now, 0) ?? 0);
    const told = found && { at: dateTime(found.at), written: found.written, rest: found.rest };
    expect(told, typed).toEqual(at === null ? null : { at, written: how, rest });
  }
});

test("lines that recur are asked for at the beginning", () => {
  expect(queryAt("!", 1)).toEqual({ mark: "!", words: "", from: 0, to: 1 });
  expect(queryAt(" !ca tr", 7)).toEqual({ mark: "!", words: "ca tr", from: 1, to: 7 });
  expect(queryAt("!ca @cu", 7)?.mark).toBe("@");
  for (const text of ["! khẩn", "!!", "cháy !", "cháy!"]) expect(queryAt(text, text.length), text).toBeNull();
  // Asked for before words that stand already.
  const asked = queryAt("!mất điện", 1);
  expect(asked && `Báo: ${withoutQuery("!mất điện", asked)}`).toBe("Báo: mất điện");
  expect(asked && afterDecline("!mất điện", asked)).toBe("mất điện");
});

test("of the lines that recur those stand that fit, once", () => {
  const own = ["Đã kiểm tra phòng máy", "  ", "đã kiểm tra phòng máy.", "Ca trực bình thường, không có gì phải báo"];
  const usual = "Ca trực bình thường, không có gì phải báo";
  expect(recurring(usual, own, "")).toEqual([usual, "Đã kiểm tra phòng máy"]);
  expect(recurring(usual, own, "phong may")).toEqual(["Đã kiểm tra phòng máy"]);
  expect(recurring(usual, [], "cháy")).toEqual([]);
});

test("a line is late when more than half an hour passed", () => {
  expect(isLate(null, now)).toBe(false);
  expect(isLate(now - 30 * MINUTE, now)).toBe(false);
  expect(isLate(now - 31 * MINUTE, now)).toBe(true);
});

test("of a line it is asked what its kind says", () => {
  expect(asksOf(null)).toEqual([]);
  expect(asksOf("decision")).toEqual(["grounds"]);
  expect(asksOf("communication")).toEqual(["whom", "channel", "dialled"]);
});

test("a line is sent as it was typed, without blanks", () => {
  const more = { late_reason: " mất mạng ", grounds: "theo quy chế", whom: "Chị Tuyết", channel: "phone", dialled: "" };
  expect(lineForm({ text: "việc", chips: NO_CHIPS, ...more }, [3])).toEqual({
    text: "việc", kind: "note", occurred_at: null, incident: null, unit: null,
    late_reason: "mất mạng", grounds: "theo quy chế", whom: "Chị Tuyết", channel: "phone", dialled: null, files: [3],
  });
  expect(lineForm({ text: "", chips: NO_CHIPS, ...NO_DETAILS, late_reason: " " }, []).late_reason).toBeNull();
});

test("a time is made of what was put in, once the caret has passed its blank", () => {
  const typed = (text: string, caret: number, plain = "") => typedTime(text, caret, plain, now)?.written ?? null;
  expect(typed("14h20 gọi", 6)).toBe("14h20");
  expect(typed("14h20 gọi", 9)).toBe("14h20");
  // In the middle of a correction: `7hà nội` lost its vowel for a moment, before another comes.
  expect(typed("7h nội", 2)).toBeNull();
  expect(typed("14h20 gọi", 3)).toBeNull();
  // What was declined stays in the words, until it is another time.
  expect(typed("14h20 gọi", 6, "14h20")).toBeNull();
  expect(typed("14h25 gọi", 6, "14h20")).toBe("14h25");
});

test("the number of an incident is one once a blank ends it", () => {
  expect(numberAt("#0004 ", 6)).toEqual({ mark: "#", words: "0004", from: 0, to: 5 });
  expect(numberAt("gọi #DLK/2016-0004 rồi", 19)).toEqual({ mark: "#", words: "DLK/2016-0004", from: 4, to: 18 });
  for (const [text, caret] of [["#0004", 5], ["#0004 rồi", 9], ["số#0004 ", 8], ["#thay ", 6]] as const) expect(numberAt(text, caret), text).toBeNull();
  const asked = numberAt("#0004 đã xong", 6);
  expect(asked && withoutQuery("#0004 đã xong", asked)).toBe("đã xong");
});

test("a unit that was typed and not chosen is looked up at its blank, and before the line is written", () => {
  expect(unitAt("gọi @so y te ", 13)).toEqual({ mark: "@", words: "so y te", from: 4, to: 12 });
  expect(unitAt("gọi @so y te", 12)).toBeNull();
  expect(unitAt("a@b.vn ", 7)).toBeNull();
  expect(leftMark("mất mạng ở @so y te tầng 2", ["@", "#"])).toEqual({ mark: "@", words: "so y te tầng 2", from: 11, to: 26 });
  expect(leftMark("@so y te #0004 xong", ["#"])).toEqual({ mark: "#", words: "0004", from: 9, to: 14 });
  expect(leftMark("@so y te #0004 xong", ["@", "#"])).toEqual({ mark: "@", words: "so y te", from: 0, to: 8 });
  expect(leftMark("thẻ #abc, a@b.vn", ["@", "#"])).toBeNull();
  expect(leftMark("@so y te", [])).toBeNull();
  expect([firstWords("so  y te tầng", 3), firstWords("so", 3), firstWords("so y", 1)]).toEqual(["so  y te", "so", "so"]);
});
