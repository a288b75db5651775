import { expect, test } from "vitest";
import type { NoticeState } from "../lib/api";
import { inOrder, places } from "./notices";

const notice = (recipient: string, state: NoticeState) => ({ recipient, state });

test("what is to be sent stands before what was", () => {
  const states: NoticeState[] = ["sent", "overdue", "waived", "due", "acknowledged"];
  expect(inOrder(states.map((state) => notice("A05", state))).map(({ state }) => state)).toEqual(["overdue", "due", "sent", "waived", "acknowledged"]);
});

test("a place that waits for two reports is one place", () => {
  expect(places([notice("A05", "due"), notice("A05", "overdue"), notice("VNCERT", "sent"), notice("Công an tỉnh", "due")])).toBe(2);
  expect(places([])).toBe(0);
});
