// By when somebody has to be told.
import type { Basis, NoticeRow } from "../lib/api";
import { inLanguage, say } from "../lib/words.svelte";
import { DAY, HOUR, hoursText, MINUTE, onDay } from "../lib/time";

/**
 * How long there is still, or how long ago it should have been, and when that is:
 * `còn 12 phút · hạn 14:20 hôm nay`. What is due at once counts up from where it began: `cần báo ngay · đã 3 phút`.
 */
export function dueIn({ due_at, made_at, overdue_at, at_once }: Pick<NoticeRow, "due_at" | "made_at" | "overdue_at" | "at_once">, now: number): { late: boolean; text: string } {
  const late = now > overdue_at;
  const gone = now - (at_once ? made_at : due_at);
  if (at_once && !late) return { late, text: gone < MINUTE ? say("ui_due_now") : say("ui_due_now_since", { time: lengthText(gone, Math.floor) }) };
  const left = late ? say("ui_due_over", { time: lengthText(gone, Math.floor) }) : say("ui_due_left", { time: lengthText(-gone, Math.ceil) });
  return { late, text: at_once ? left : say("ui_due_at", { left, at: onDay(due_at, now) }) };
}

/** Two days and more are not counted by the minute. A minute that has begun is still there, and has not gone yet. */
function lengthText(millis: number, whole: (n: number) => number): string {
  if (millis < HOUR) return say("ui_minutes", { n: whole(millis / MINUTE) });
  return millis >= 2 * DAY ? say("ui_days", { n: Math.floor(millis / DAY) }) : hoursText(whole(millis / MINUTE) * MINUTE);
}

/** Within how long something is to be sent, as a rule says it: `ngay`, `trong 72 giờ`, `trong 5 ngày`. */
export function withinText(minutes: number): string {
  const millis = minutes * MINUTE;
  if (minutes === 0) return say("ui_due_at_once");
  if (millis > 3 * DAY && millis % DAY === 0) return say("ui_within", { time: say("ui_days", { n: millis / DAY }) });
  if (millis % HOUR === 0) return say("ui_within", { time: say("ui_hours", { n: millis / HOUR }) });
  return say("ui_within", { time: say("ui_minutes", { n: minutes }) });
}

/** The text a deadline stands in; one that was not seen there says so. */
export const basisText = (basis: Basis | null): string => (!basis ? "" : basis.seen ? inLanguage(basis.text) : `${inLanguage(basis.text)} (${say("ui_assumed")})`);
