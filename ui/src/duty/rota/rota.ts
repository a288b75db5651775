// A rota as a form asks for it, and what is told of the one that would be laid out. How it is laid
// out the core alone decides.
import { PATTERNS, type Days, type FindingRow, type PersonRef, type RotaPage, type SlotForm } from "../../lib/api";
import { locale, say, word } from "../../lib/words.svelte";
import { clock, DAY, dayName, HOUR, midnight, MINUTE, span } from "../../lib/time";

export const CHOICES = [...PATTERNS, "own"] as const;
export type PatternKey = (typeof CHOICES)[number];
export const DAYS: Days[] = ["every", "work", "free"];

const ROUND = DAY / MINUTE;
const EVENING = 17 * 60;

/** Reads `07:30`, `7h30`, `7h` or `7` as a minute of the day; `24:00` is its end. */
export function readMinute(text: string): number | null {
  const found = /^(\d{1,2})(?:(?:h|:)(\d{2})?)?$/.exec(text.trim().toLowerCase());
  if (!found) return null;
  const [hour, minute] = [Number(found[1]), Number(found[2] ?? 0)];
  return (hour < 24 && minute < 60) || (hour === 24 && minute === 0) ? hour * 60 + minute : null;
}

/** `07:30` */
export const hourOf = (minute: number): string => clock(midnight(0) + (minute % ROUND) * MINUTE);

const slot = (start: number, end: number, days: Days): SlotForm => ({ start: start % ROUND, minutes: ((((end - start - 1) % ROUND) + ROUND) % ROUND) + 1, days });

/** A shift of the day, as a row of a form has it. */
export interface SlotRow {
  from: string;
  to: string;
  days: Days;
}

/** What the row says; `null` when one of its hours cannot be read. An end that is not after the beginning is the next day's. */
export function slotOf(row: SlotRow): SlotForm | null {
  const [from, to] = [readMinute(row.from), readMinute(row.to)];
  return from === null || to === null ? null : slot(from, to, row.days);
}

/** `Mọi ngày: 06:00–14:00, 14:00–22:00`, the days of a kind together. */
export function slotsText(slots: SlotForm[]): string {
  const hours = ({ start, minutes }: SlotForm) => `${hourOf(start)}–${hourOf(start + minutes)}`;
  const parts = DAYS.map((days) => ({ days, of: slots.filter((slot) => slot.days === days) }));
  return parts
    .filter(({ of }) => of.length > 0)
    .map(({ days, of }) => say("ui_slots_of", { days: say(`ui_on_days_${days}`), hours: of.map(hours).join(", ") }))
    .join(" · ");
}

/** A list with one of it moved by so many places, as far as it goes. */
export function moved<T>(list: T[], item: T, by: number): T[] {
  const at = list.indexOf(item);
  const to = Math.min(list.length - 1, Math.max(0, at + by));
  if (at < 0 || at === to) return list;
  const rest = list.filter((_, n) => n !== at);
  return [...rest.slice(0, to), item, ...rest.slice(to)];
}

/** Shifts that are new, that stay as they were, that go. */
export const counts = (page: Pick<RotaPage, "shifts" | "new" | "gone">): { added: number; same: number; gone: number } => ({
  added: page.new,
  same: page.shifts - page.new,
  gone: page.gone,
});

/** A length of time as a number of hours. */
export const hours = (millis: number): string => (millis / HOUR).toLocaleString(locale(), { maximumFractionDigits: 1 });
const at = (moment: number): string => `${dayName(moment)} ${clock(moment)}`;

type Weakness = Pick<FindingRow, "flaw" | "post" | "from" | "to" | "lasts" | "share" | "counts" | "other">;

/** What is weak there, beside the unit and the person. */
export function weakness(finding: Weakness, now: number): string {
  const lasts = hours(finding.lasts ?? finding.to - finding.from);
  switch (finding.flaw) {
    case "uneven": {
      const [most = 0, least = 0] = finding.counts ?? [];
      const told = (count: number) => (finding.share === "hours" ? hours(count * MINUTE) : count);
      return say("ui_weak_uneven", { share: word("share", finding.share), most: told(most), least: told(least) });
    }
    case "rest":
      return say("ui_weak_rest", { hours: lasts, at: at(finding.from) });
    case "long":
      return say("ui_weak_long", { hours: lasts, at: at(finding.from) });
    case "week":
      return say("ui_weak_week", { hours: lasts, at: at(finding.from) });
    case "alone":
      return word("post", finding.post);
    case "double":
      return [span(finding.from, finding.to, now), finding.other?.unit?.name ?? ""].filter(Boolean).join(" · ");
    case "gap":
    case "overlap":
    case "outside":
    case "elsewhere":
    case "ended":
    case "away":
    case "unreachable":
      return `${word("post", finding.post)} · ${span(finding.from, finding.to, now)}`;
  }
}

/** Who a finding is about; nobody where it is about nobody. */
export const whoOf = (finding: Pick<FindingRow, "who">, people: PersonRef[]): string => (finding.who === null ? "" : (people[finding.who]?.full_name ?? ""));
