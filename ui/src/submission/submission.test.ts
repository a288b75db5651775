import { expect, test } from "vitest";
import { dueText, stateText, toneOf } from "./submission";
import { DAY, HOUR, midnight, onDay } from "../lib/time";

const now = midnight(Date.UTC(2016, 4, 22)) + 15 * HOUR;

test("who need not send does not count, and who sent late is not late any more", () => {
  const rows = [
    { state: "waiting", late: true },
    { state: "waiting", late: false },
    { state: "received", late: true },
    { state: "nil", late: false },
    { state: "exempt", late: false },
    { state: null, late: false },
  ] as const;
  expect(rows.map(toneOf)).toEqual(["serious", "high", "ok", "ok", "plain", "plain"]);
  expect(rows.map(stateText).slice(0, 4)).toEqual(["Quá hạn", "Chưa gửi", "Đã gửi", "Báo không thay đổi"]);
});

test("moments of reminders and due days", () => {
  expect(onDay(now - HOUR, now)).toBe("14:00 hôm nay");
  expect(onDay(now - DAY, now)).toBe("15:00 21/05");
  expect(dueText(midnight(now), now)).toBe("hết 21/05");
  expect(dueText(midnight(now) + 17 * HOUR, now)).toBe("17:00");
});
