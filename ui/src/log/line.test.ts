import { expect, test } from "vitest";
import { fileSize, foldedText, showsLate, recipientText } from "./line";

test("the size of a file is short", () => {
  const check = (bytes: number, expected: string) => expect(fileSize(bytes), String(bytes)).toBe(expected);
  check(0, "0 B");
  check(999, "999 B");
  check(1_000, "1 KB");
  check(1_540, "1,5 KB");
  check(9_960, "10 KB");
  check(999_499, "999 KB");
  check(999_500, "1 MB");
  check(1_234_567, "1,2 MB");
  check(50_000_000, "50 MB");
  check(2_500_000_000, "2,5 GB");
});

test("a correction is not told to be late", () => {
  expect(showsLate({ late: true, late_reason: null, corrects: null })).toBe(true);
  expect(showsLate({ late: true, late_reason: null, corrects: "DLK-40" })).toBe(false);
  expect(showsLate({ late: true, late_reason: "mất mạng", corrects: "DLK-40" })).toBe(true);
  expect(showsLate({ late: false, late_reason: null, corrects: null })).toBe(false);
});

test("who was told stands in one line", () => {
  expect(recipientText({ whom: "Chị Tuyết", channel: "phone", dialled: "0905 123 456" })).toBe("Chị Tuyết · Điện thoại · 0905 123 456");
  expect(recipientText({ whom: null, channel: null, dialled: "114" })).toBe("114");
  expect(recipientText({ whom: null, channel: null, dialled: null })).toBe("");
});

test("a text is folded when it has more than two thousand letters", () => {
  expect(foldedText("ạ".repeat(2000))).toBeNull();
  expect(foldedText("ạ".repeat(2001))).toBe("ạ".repeat(2000));
  expect(foldedText("𠀀".repeat(2000)), "letters, not their halves").toBeNull();
});
