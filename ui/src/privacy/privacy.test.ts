import { expect, test } from "vitest";
import { fileName, placesOf } from "./privacy";

test("a file is named without its folders", () => {
  expect(fileName("/home/an/Danh bạ.xlsx")).toBe("Danh bạ.xlsx");
  expect(fileName("D:\\Trực\\Danh bạ.csv")).toBe("Danh bạ.csv");
  expect(fileName("Danh bạ.vcf")).toBe("Danh bạ.vcf");
});

test("mentions stand together by place, each once, and are cut", () => {
  const line = (n: number) => ({ place: "line" as const, name: `DLK-${n}` });
  expect(placesOf([line(1), line(2), { place: "incident", name: "DLK/2016-0001" }, line(3), line(3)], 2)).toEqual([
    { place: "line", names: ["DLK-1", "DLK-2"], more: 1 },
    { place: "incident", names: ["DLK/2016-0001"], more: 0 },
  ]);
  expect(placesOf([], 10)).toEqual([]);
});
