import { expect, test } from "vitest";
import { heldBy, saying, type Layout } from "./columns";

test("what is said of a heading replaces what was said before, and takes its field from another", () => {
  const layout: Layout = [["Cán bộ", "full_name"], ["SĐT", "mobiles"]];
  expect(saying(layout, "CAN BO", null)).toEqual([["SĐT", "mobiles"], ["CAN BO", null]]);
  expect(saying(layout, "Người", "full_name")).toEqual([["SĐT", "mobiles"], ["Người", "full_name"]]);
});

test("several columns may hold numbers", () => {
  expect(saying([["SĐT", "mobiles"]], "Zalo", "mobiles")).toEqual([["SĐT", "mobiles"], ["Zalo", "mobiles"]]);
});

test("what is said comes before what is understood", () => {
  const layout: Layout = [["Phòng", "unit"], ["Ghi chú", null]];
  expect(heldBy(layout, { heading: "Phòng", field: null })).toBe("unit");
  expect(heldBy(layout, { heading: "Ghi chú", field: "note" })).toBe(null);
  expect(heldBy(layout, { heading: "Đơn vị", field: "unit" })).toBe(null);
  expect(heldBy(layout, { heading: "SĐT", field: "mobiles" })).toBe("mobiles");
});
