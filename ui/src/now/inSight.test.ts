import { expect, test } from "vitest";
import { inSight } from "./inSight";

test("only what is in sight is drawn, and the rest keeps its room", () => {
  const rows = Array.from({ length: 10_000 }, (_, n) => n);
  const found = inSight(rows, () => 38, 38_000, 700, 400);
  expect(found.rows[0]).toBeLessThanOrEqual(1_000);
  expect(found.rows.at(-1)).toBeGreaterThanOrEqual(1_018);
  expect(found.rows.length).toBeLessThan(50);
  expect(found.above + found.rows.length * 38 + found.below).toBe(380_000);
});
