import { expect, test } from "vitest";
import { fits, fold, isCalled } from "./fold";

test("accents, case and apostrophes do not matter", () => {
  const check = (given: string, expected: string) => expect(fold(given), given).toBe(expected);
  check("UBND huyện Cư M’gar", "ubnd huyen cu mgar");
  check("M'Đrắk", "mdrak");
  check("  ĐẮK-LẮK ", "dak lak");
  check("Y Dhăm Ênuôl", "y dham enuol");
});

test("words may be begun only, in any order", () => {
  expect(fits("UBND thành phố Buôn Ma Thuột", "thuot buon")).toBe(true);
  expect(fits("UBND thành phố Buôn Ma Thuột", "uon")).toBe(false);
  expect(fits("Sở Y tế", "")).toBe(true);
});

test("a name is called whole, or by several of its first words", () => {
  expect(isCalled("Mở sự cố", "mo su co")).toBe(true);
  expect(isCalled("Ghi không có gì", "ghi khong")).toBe(true);
  expect(isCalled("Sổ tay", "so")).toBe(false);
  expect(isCalled("Mở sự cố", "su co")).toBe(false);
  expect(isCalled("Mở sự cố", "")).toBe(false);
});
