import { expect, test } from "vitest";
import type { NoticeState } from "../lib/api";
import { toSendFirst, recipientsWaiting } from "./notices";

const notice = (recipient: string, state: NoticeState) => ({ recipient, state });

test("what is to be sent stands before what was", () => {
  const states: NoticeState[] = ["sent", "overdue", "waived", "due", "acknowledged"];
  expect(toSendFirst(states.map((state) => notice("A05", state))).map(({ state }) => state)).toEqual(["overdue", "due", "sent", "waived", "acknowledged"]);
});

test("a place that waits for two reports is one place", () => {
  expect(recipientsWaiting([notice("A05", "due"), notice("A05", "overdue"), notice("VNCERT", "sent"), notice("Công an tỉnh", "due")])).toBe(2);
  expect(recipientsWaiting([])).toBe(0);
});
