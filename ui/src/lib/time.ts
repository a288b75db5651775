// Moments are milliseconds since 1970-01-01 UTC. Local time is UTC+7, whatever the system says.
import { YEARS } from "./api";
import { say, type Key } from "./words.svelte";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
const OFFSET = 7 * HOUR;

const two = (n: number): string => String(n).padStart(2, "0");
const local = (at: number): Date => new Date(at + OFFSET);

export const midnight = (at: number): number => at - ((((at + OFFSET) % DAY) + DAY) % DAY);
export const sameDay = (a: number, b: number): boolean => midnight(a) === midnight(b);
/** The midnight with which the week of a moment begins. */
export const monday = (at: number): number => midnight(at) - ((local(at).getUTCDay() + 6) % 7) * DAY;

/** `21:47` */
export const clock = (at: number): string => `${two(local(at).getUTCHours())}:${two(local(at).getUTCMinutes())}`;
/** `22/05/2016` */
export const date = (at: number): string => `${dayMonth(at)}/${local(at).getUTCFullYear()}`;
/** `22/05` */
export const dayMonth = (at: number): string => `${two(local(at).getUTCDate())}/${two(local(at).getUTCMonth() + 1)}`;
/** `22/05/2016 21:47`, as a form writes it */
export const dateTime = (at: number): string => `${date(at)} ${clock(at)}`;
/** `Chủ nhật` */
export const weekday = (at: number): string => say(`ui_weekday_${local(at).getUTCDay()}` as Key);
/** `CN` */
export const weekdayShort = (at: number): string => say(`ui_day_${local(at).getUTCDay()}` as Key);

/** `CN 22/05` */
export const dayName = (at: number): string => `${weekdayShort(at)} ${dayMonth(at)}`;

/** `CN 22/05 18:00` */
export const dayTime = (at: number): string => `${dayName(at)} ${clock(at)}`;

/** The days of a span: `22/05`, `22–25/05`, `28/05–02/06`. */
export function days(from: number, to: number): string {
  const [first, last] = [dayMonth(from), dayMonth(to - 1)];
  if (first === last) return first;
  return `${first.slice(2) === last.slice(2) ? first.slice(0, 2) : first}–${last}`;
}

/** A moment as briefly as it is clear beside `now`: `21:47`, `21:47 22/05`, `21:47 22/05/2015`. */
export function moment(at: number, now: number): string {
  if (sameDay(at, now)) return clock(at);
  const near = local(at).getUTCFullYear() === local(now).getUTCFullYear();
  return `${clock(at)} ${near ? dayMonth(at) : date(at)}`;
}

/** A span: `22:00–23:00`, or with days where it leaves the day of `now`. */
export function span(from: number, to: number, now: number): string {
  if (sameDay(from, to - 1)) {
    const hours = `${clock(from)}–${clock(to) === "00:00" ? "24:00" : clock(to)}`;
    return sameDay(from, now) ? hours : `${weekdayShort(from)} ${dayMonth(from)}, ${hours}`;
  }
  return `${moment(from, now)} – ${moment(to, now)}`;
}

/** A span beside others of the same days: `22:00–23:00`, `CN 22, 18:00–06:00`, `22/05 18:00 – 24/05 06:00`. */
export function spanShort(from: number, to: number, now: number): string {
  if (to - from > DAY) return `${dayMonth(from)} ${clock(from)} – ${dayMonth(to)} ${clock(to)}`;
  const hours = `${clock(from)}–${clock(to) === "00:00" ? "24:00" : clock(to)}`;
  return sameDay(from, now) && sameDay(to - 1, now) ? hours : `${weekdayShort(from)} ${two(local(from).getUTCDate())}, ${hours}`;
}

/** A length in words: `12 giờ`, `1 giờ 30 phút`, `45 phút`. */
export function hoursText(millis: number): string {
  const minutes = Math.round(millis / MINUTE);
  const [h, m] = [Math.floor(minutes / 60), minutes % 60];
  return [h > 0 || m === 0 ? say("ui_hours", { n: h }) : "", m > 0 ? say("ui_minutes", { n: m }) : ""].filter(Boolean).join(" ");
}

/** A moment that may be taken for one of another day: `14:20 hôm nay`, `14:20 21/05`. */
export const onDay = (at: number, now: number): string => (sameDay(at, now) ? say("ui_at_today", { time: clock(at) }) : moment(at, now));

/** Reads `22/05/2016 20:30`, `22/5 20h30`, `20:30` or `20h30` (today), a day alone as its first moment. */
export function parseTime(text: string, now: number): number | null {
  const trimmed = text.trim().toLowerCase();
  const found = /^(?:(\d{1,2})[/\-.](\d{1,2})(?:[/\-.](\d{4}))?)?\s*(?:(\d{1,2})(?:h|:)(\d{2})?)?$/.exec(trimmed);
  if (!found || trimmed === "") return null;
  const [, day, month, year, hour, minute] = found;
  const today = local(now);
  const y = year ? Number(year) : today.getUTCFullYear();
  const m = month ? Number(month) : today.getUTCMonth() + 1;
  const d = day ? Number(day) : today.getUTCDate();
  const h = hour ? Number(hour) : 0;
  const min = minute ? Number(minute) : 0;
  const whole = new Date(Date.UTC(y, m - 1, d));
  if (whole.getUTCMonth() !== m - 1 || whole.getUTCDate() !== d || y < YEARS[0] || y >= YEARS[1]) return null;
  if (min > 59 || h > 24 || (h === 24 && min > 0)) return null;
  return whole.getTime() - OFFSET + h * HOUR + min * MINUTE;
}

/** Reads the end of a span: a day alone is meant up to its end, a time alone is the next after `from`. */
export function parseEnd(text: string, from: number): number | null {
  const at = parseTime(text, from);
  if (at === null) return null;
  const day = /\d[/\-.]\d/.test(text);
  const time = /[:h]|\s\d{1,2}$/i.test(text.trim());
  if (day) return time ? at : at + DAY;
  return at <= from ? at + DAY : at;
}
