import { expect, test } from "vitest";
import { asking, taken, timeIn } from "./quick";
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

test("a time is understood once a blank follows it", () => {
  const check = (text: string, at: string | null, rest?: string) => {
    const found = timeIn(text, now);
    expect(found ? written(found.at) : null, text).toBe(at);
    if (rest !== undefined) expect(found?.rest, text).toBe(rest);
  };
  check("14h20 mất điện", "22/05/2016 14:20", "mất điện");
  check("mất điện 14:20 đến nay", "22/05/2016 14:20", "mất điện đến nay");
  check("9h báo lại", "22/05/2016 09:00", "báo lại");
  check("23h50 gọi", "21/05/2016 23:50", "gọi");
  check("14h20", null);
  check("24h/24 trực", null);
  check("số 0905 123 456", null);
});
