import { expect, test } from "vitest";
import { fits, fold } from "./fold";

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
