import { expect, test } from "vitest";
import { absenceRow, absenceText, parseAbsence, touching, type Absence } from "./absence";
import { parseTime, dateTime } from "../lib/time";

const now = Date.UTC(2016, 4, 22, 14, 47);
const at = (text: string) => parseTime(text, now) ?? 0;

test("days off are read as people write them", () => {
  const check = (from: string, to: string, expected: [string, string] | null) => {
    const away = parseAbsence({ from, to }, now);
    expect(away?.map(dateTime) ?? null, `${from} ${to}`).toEqual(expected);
  };
  check("24/05", "", ["24/05/2016 00:00", "25/05/2016 00:00"]);
  check("24/5", "25/5", ["24/05/2016 00:00", "26/05/2016 00:00"]);
  check("24/05 12:00", "24/05 18h", ["24/05/2016 12:00", "24/05/2016 18:00"]);
  check("24/05 12:00", "", null);
  check("24/05", "23/05", null);
  check("mai", "", null);
});

test("what was read is written back the same", () => {
  const all: Absence[] = [
    [at("24/05"), at("25/05")],
    [at("24/05"), at("27/05")],
    [at("24/05 12:00"), at("24/05 18:00")],
  ];
  for (const away of all) expect(parseAbsence(absenceRow(away), now)).toEqual(away);
});

test("whole days are told by their dates", () => {
  expect(absenceText([at("24/05"), at("25/05")], now)).toBe("24/05");
  expect(absenceText([at("24/05/2017"), at("27/05/2017")], now)).toBe("24–26/05/2017");
  expect(absenceText([at("22/05 12:00"), at("22/05 18:00")], now)).toBe("12:00–18:00");
});

test("days off before and after a span do not touch it", () => {
  const away: Absence[] = [
    [at("20/05"), at("21/05")],
    [at("21/05"), at("22/05")],
    [at("23/05"), at("24/05")],
  ];
  expect(touching(away, at("21/05"), at("23/05"))).toEqual([away[1]]);
});
