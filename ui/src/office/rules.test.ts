import { expect, test } from "vitest";
import { withLine } from "./rules";

test("a line is changed, added or taken away in its place", () => {
  expect(withLine(["a", "b"], 1, "c")).toEqual(["a", "c"]);
  expect(withLine(["a", "b"], 2, "c")).toEqual(["a", "b", "c"]);
  expect(withLine(["a", "b", "c"], 1, "")).toEqual(["a", "c"]);
});
