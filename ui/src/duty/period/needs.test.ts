import { expect, test } from "vitest";
import type { Need, Post } from "../../lib/api";
import { countsOf, freshNeed, needOf, needRow, needText, postsOf, type NeedRow } from "./needs";
import { parseTime } from "../../lib/time";

const begins = Date.UTC(2016, 4, 14, 17);
const at = (text: string) => parseTime(text, begins) ?? 0;
const row = (more: Partial<NeedRow>): NeedRow => ({ ...freshNeed(["main"]), ...more });

test("posts are counted, and written out as often as they are asked", () => {
  expect(countsOf(["main", "backup", "main"])).toEqual({ main: 2, backup: 1, leader: 0 });
  expect(postsOf({ main: 2, backup: 0, leader: 1 })).toEqual(["main", "main", "leader"]);
  expect(postsOf({ main: 0, backup: 0, leader: 0 })).toEqual([]);
});

test("a row says in words what it means", () => {
  const check = (given: Partial<NeedRow>, posts: Post[], expected: string) => {
    const need = needOf(row({ counts: countsOf(posts), ...given }), begins);
    expect(typeof need === "string" ? need : needText(need, given.unit?.title ?? "")).toBe(expected);
  };
  const unit = { id: "u1", title: "Sở Y tế" };
  check({ from: "22/05", to: "22/05" }, ["main", "main", "backup"], "Ngày CN 22/05: mỗi đơn vị 2 trực chính, 1 dự phòng");
  check({ from: "22/05", to: "24/05" }, ["main"], "Từ CN 22/05 đến hết T3 24/05: mỗi đơn vị 1 trực chính");
  check({ from: "22/05 07:00", to: "20h" }, ["main"], "Ngày CN 22/05, 07:00–20:00: mỗi đơn vị 1 trực chính");
  check({ from: "22/05 18h", to: "6h" }, ["main"], "Từ CN 22/05 18:00 đến T2 23/05 06:00: mỗi đơn vị 1 trực chính");
  check({ from: "22/05" }, ["main"], "Từ CN 22/05 đến hết kỳ: mỗi đơn vị 1 trực chính");
  check({ to: "22/05" }, ["main"], "Từ đầu kỳ đến hết CN 22/05: mỗi đơn vị 1 trực chính");
  check({ whom: "group", group: "police" }, ["main", "leader"], "Cả kỳ: mỗi đơn vị nhóm Công an 1 trực chính, 1 lãnh đạo");
  check({ whom: "unit", unit }, [], "Cả kỳ: Sở Y tế không phải trực");
});

test("what a row lacks is named", () => {
  expect(needOf(row({ whom: "unit" }), begins)).toBe("unit");
  expect(needOf(row({ whom: "group" }), begins)).toBe("group");
  expect(needOf(row({ from: "mai" }), begins)).toBe("from");
  expect(needOf(row({ from: "22/05", to: "21/05" }), begins)).toBe("to");
});

test("what was read is written back the same", () => {
  const all: Need[] = [
    { unit: null, group: null, from: at("22/05"), to: at("23/05"), posts: ["main", "main", "backup"] },
    { unit: "u1", group: null, from: null, to: at("22/05 12:00"), posts: [] },
    { unit: null, group: "police", from: at("20/05 07:30"), to: null, posts: ["main"] },
  ];
  for (const need of all) expect(needOf(needRow(need, () => "Sở Y tế"), begins)).toEqual(need);
});
