import { expect, test } from "vitest";
import { templateChanges } from "./rules";

test("a line taken out from between moves up those after it", () => {
  expect(templateChanges(["a", "b", "c"], ["a", "c"])).toEqual([[2, "c"], [3, ""]]);
  expect(templateChanges(["a", "c"], ["a", "b", "c"])).toEqual([[2, "b"], [3, "c"]]);
  expect(templateChanges(["a"], ["a", "b"])).toEqual([[2, "b"]]);
  expect(templateChanges(["a", "b"], ["a"])).toEqual([[2, ""]]);
  expect(templateChanges(["a"], ["a"])).toEqual([]);
});
