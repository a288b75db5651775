import { expect, test } from "vitest";
import { withColumn, type Layout } from "./columns";

test("what is said of a heading replaces what was said before, and takes its field from another", () => {
  const layout: Layout = [["Cán bộ", "full_name"], ["SĐT", "mobiles"]];
  expect(withColumn(layout, "CAN BO", null)).toEqual([["SĐT", "mobiles"], ["CAN BO", null]]);
  expect(withColumn(layout, "Người", "full_name")).toEqual([["SĐT", "mobiles"], ["Người", "full_name"]]);
});

test("several columns may hold numbers", () => {
  expect(withColumn([["SĐT", "mobiles"]], "Zalo", "mobiles")).toEqual([["SĐT", "mobiles"], ["Zalo", "mobiles"]]);
});
