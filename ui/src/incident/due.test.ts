import { expect, test } from "vitest";
import { dueIn, withinText } from "./due";
import { DAY, HOUR, MINUTE } from "../lib/time";

const now = Date.UTC(2016, 4, 22, 14, 47);
const at = (due: number) => dueIn({ due_at: now + due, made_at: now - HOUR, overdue_at: now + due, at_once: false }, now);
/** Due at once so long ago, overdue after ten minutes. */
const atOnce = (ago: number) => dueIn({ due_at: now - ago, made_at: now - ago, overdue_at: now - ago + 10 * MINUTE, at_once: true }, now);

test("what is to come is told with the minute that has begun, what is past without it", () => {
  expect(at(12 * MINUTE)).toEqual({ late: false, text: "còn 12 phút · hạn 21:59 hôm nay" });
  expect(at(11 * MINUTE + 1)).toEqual({ late: false, text: "còn 12 phút · hạn 21:58 hôm nay" });
  expect(at(0)).toEqual({ late: false, text: "còn 0 phút · hạn 21:47 hôm nay" });
  expect(at(-5 * MINUTE - 59_000)).toEqual({ late: true, text: "quá 5 phút · hạn 21:41 hôm nay" });
  expect(at(18 * HOUR + 31 * MINUTE)).toEqual({ late: false, text: "còn 18 giờ 31 phút · hạn 16:18 23/05" });
  expect(at(30 * HOUR)).toEqual({ late: false, text: "còn 30 giờ · hạn 03:47 24/05" });
  expect(at(5 * DAY - 1)).toEqual({ late: false, text: "còn 4 ngày · hạn 21:46 27/05" });
  expect(at(-2 * DAY)).toEqual({ late: true, text: "quá 2 ngày · hạn 21:47 20/05" });
});

test("what is due at once counts up from where it began", () => {
  expect(atOnce(0)).toEqual({ late: false, text: "cần báo ngay" });
  expect(atOnce(MINUTE / 2)).toEqual({ late: false, text: "cần báo ngay" });
  expect(atOnce(10 * MINUTE)).toEqual({ late: false, text: "cần báo ngay · đã 10 phút" });
  expect(atOnce(10 * MINUTE + 1)).toEqual({ late: true, text: "quá 10 phút" });
});

test("rules are told in hours up to three days", () => {
  expect([0, 30, 1440, 4320, 7200].map(withinText)).toEqual(["ngay", "trong 30 phút", "trong 24 giờ", "trong 72 giờ", "trong 5 ngày"]);
});
