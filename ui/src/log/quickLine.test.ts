import { expect, test } from "vitest";
import { queryAt, afterDecline, isLate, lineForm, NO_CHIPS, NO_DETAILS, recurring, withoutQuery, leadingTime } from "./quickLine";
import { MINUTE, dateTime } from "../lib/time";

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

test("a time is understood at the beginning, once a blank follows it", () => {
  const check = (text: string, at: string | null, rest?: string) => {
    const found = leadingTime(text, now);
    expect(found ? dateTime(found.at) : null, text).toBe(at);
    if (rest !== undefined) expect(found?.rest, text).toBe(rest);
  };
  check("14h20 mất điện", "22/05/2016 14:20", "mất điện");
  check(" 14:20 mất điện đến 15h ", "22/05/2016 14:20", "mất điện đến 15h ");
  check("9h báo lại", "22/05/2016 09:00", "báo lại");
  check("14h20", null);
  check("mất điện từ 14h20 đến nay", null);
  check("24h/24 trực", null);
  check("số 0905 123 456", null);
  // It is 21:47: 22h only comes.
  check("22h họp giao ban", null);
});

test("a late hour written after midnight was yesterday's", () => {
  const night = Date.UTC(2016, 4, 22, 17, 10);
  expect(dateTime(leadingTime("23h50 gọi lại ", night)?.at ?? 0)).toBe("22/05/2016 23:50");
  const late = Date.UTC(2016, 4, 22, 19, 30);
  expect(dateTime(leadingTime("14h20 mất điện", late)?.at ?? 0)).toBe("22/05/2016 14:20");
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

test("what is not asked of a line is not written with it", () => {
  const more = { late_reason: " mất mạng ", grounds: "theo quy chế", whom: "Chị Tuyết", channel: "phone", dialled: "" };
  const form = (kind: string | null, at: number | null) => lineForm({ text: "việc", chips: { ...NO_CHIPS, kind, at }, ...more }, now, [3]);
  expect(form(null, null)).toEqual({
    text: "việc", kind: "note", occurred_at: null, incident: null, unit: null,
    late_reason: null, grounds: null, whom: null, channel: null, dialled: null, files: [3],
  });
  expect(form("decision", now - 31 * MINUTE)).toMatchObject({ late_reason: "mất mạng", grounds: "theo quy chế", whom: null });
  expect(form("communication", now)).toMatchObject({ late_reason: null, grounds: null, whom: "Chị Tuyết", channel: "phone", dialled: null });
  expect(lineForm({ text: "", chips: NO_CHIPS, ...NO_DETAILS, late_reason: " " }, now, []).late_reason).toBeNull();
});
