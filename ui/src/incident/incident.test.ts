import { expect, test } from "vitest";
import { changedAnswers, FACT_NAMES } from "./incident";

test("of the answers only those are told that changed", () => {
  expect(changedAnswers("level=no; wide=yes", null)).toEqual([["level", "no"], ["wide", "yes"]]);
  expect(changedAnswers("level=no; wide=yes", "level=yes; wide=yes")).toEqual([["level", "no"]]);
  expect(changedAnswers("", "level=yes")).toEqual([["level", "unknown"]]);
  expect(changedAnswers("level=yes", "level=yes")).toEqual([]);
});

test("every text that the reports ask for is asked once", () => {
  expect(FACT_NAMES).toHaveLength(20);
  expect(new Set(FACT_NAMES).size).toBe(20);
});
