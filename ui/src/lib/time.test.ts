import { expect, test } from "vitest";
import { clock, days, hoursText, midnight, moment, monday, onDay, parseTime, parseEnd, span, dateTime } from "./time";

const now = Date.UTC(2016, 4, 22, 14, 47);

test("moments are shown in local time", () => {
  expect(dateTime(now)).toBe("22/05/2016 21:47");
  expect(clock(midnight(now))).toBe("00:00");
  expect(moment(now - 86_400_000, now)).toBe("21:47 21/05");
});

test("a week begins on Monday", () => {
  const check = (at: string, expected: string) => expect(dateTime(monday(parseTime(at, now) ?? 0))).toBe(`${expected} 00:00`);
  check("22/05/2016 23:59", "16/05/2016");
  check("16/05/2016", "16/05/2016");
  check("01/06/2016 06:00", "30/05/2016");
});

test("a span that ends at midnight stays in its day", () => {
  const from = parseTime("22/05/2016 22:00", now) ?? 0;
  const to = parseTime("23/05/2016", now) ?? 0;
  expect(span(from, to, now)).toBe("22:00–24:00");
  expect(hoursText(to - from)).toBe("2 giờ");
});

test("days of one month name it once", () => {
  const check = (from: string, to: string, expected: string) => expect(days(parseTime(from, now) ?? 0, parseTime(to, now) ?? 0)).toBe(expected);
  check("22/05/2016 06:00", "23/05/2016", "22/05");
  check("16/05/2016", "26/05/2016", "16–25/05");
  check("28/05/2016", "02/06/2016 06:00", "28/05–02/06");
});

test("moments are read as people write them", () => {
  const check = (given: string, expected: string | null) => {
    const at = parseTime(given, now);
    expect(at === null ? null : dateTime(at), given).toBe(expected);
  };
  check("22/05/2016 20:30", "22/05/2016 20:30");
  check("2/5 7h05", "02/05/2016 07:05");
  check("20h", "22/05/2016 20:00");
  check("20:30", "22/05/2016 20:30");
  check("22/05/2016 24:00", "23/05/2016 00:00");
  check("31/02/2016", null);
  check("29/02/2027", null);
  check("22/05/0016", null);
  check("22/05/9016", null);
  check("25:00", null);
  check("20:75", null);
  check("", null);
  check("hôm nay", null);
});

test("the end of a span is read as people mean it", () => {
  const check = (given: string, expected: string | null) => {
    const at = parseEnd(given, now);
    expect(at === null ? null : dateTime(at), given).toBe(expected);
  };
  check("25/05/2016", "26/05/2016 00:00");
  check("25/5", "26/05/2016 00:00");
  check("25/05/2016 6h", "25/05/2016 06:00");
  check("25/05/2016 24:00", "26/05/2016 00:00");
  // It is 21:47: six o'clock is tomorrow's.
  check("6h", "23/05/2016 06:00");
  check("23:00", "22/05/2016 23:00");
  check("", null);
  check("mai", null);
});
