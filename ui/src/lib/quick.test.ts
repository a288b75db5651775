import { expect, test } from "vitest";
import { asking, declined, taken, timeIn } from "./quick";
import { written } from "./time";

const now = Date.UTC(2016, 4, 22, 14, 47);

test("a marked word at the caret asks for suggestions", () => {
  expect(asking("gọi @cu mg", 10)).toEqual({ mark: "@", words: "cu mg", from: 4, to: 10 });
  expect(asking("#7", 2)).toEqual({ mark: "#", words: "7", from: 0, to: 2 });
  expect(asking("/qu", 3)?.mark).toBe("/");
});

test("addresses, document numbers and dates ask for nothing", () => {
  for (const text of ["a@b", "công văn 290/BTTTT", "ngày 22/5", "@ ", "không có gì"]) {
    expect(asking(text, text.length), text).toBeNull();
  }
});

test("what stands as a chip leaves the text", () => {
  const text = "gọi @cu mg không được";
  const asked = asking(text, 10);
  expect(asked && taken(text, asked)).toBe("gọi không được");
});

test("a mark of which nothing was chosen does not stay", () => {
  const left = (text: string) => {
    const asked = asking(text, text.length);
    return asked && declined(text, asked);
  };
  expect(left("/")).toBe("");
  expect(left("gọi lại /qu")).toBe("gọi lại ");
  expect(left("gọi #")).toBe("gọi ");
  expect(left("họp @phòng máy")).toBe("họp @phòng máy");
});

test("a time is understood at the beginning, once a blank follows it", () => {
  const check = (text: string, at: string | null, rest?: string) => {
    const found = timeIn(text, now);
    expect(found ? written(found.at) : null, text).toBe(at);
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
  expect(written(timeIn("23h50 gọi lại ", night)?.at ?? 0)).toBe("22/05/2016 23:50");
  const late = Date.UTC(2016, 4, 22, 19, 30);
  expect(written(timeIn("14h20 mất điện", late)?.at ?? 0)).toBe("22/05/2016 14:20");
});
