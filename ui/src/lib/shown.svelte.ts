// Which days of the roster are looked at. It stays so until another book is open.
import type { PeriodCard, RosterPage } from "./api";
import { DAY, midnight } from "./time";

export type View = "day" | "week" | "period";

export const VIEWS: View[] = ["day", "week", "period"];
const WEEK = 7;
const LONGEST = 14;

const contains = (of: PeriodCard | null, at: number) => of !== null && of.from <= at && at < of.to;
const end = (of: PeriodCard) => midnight(of.to - 1) + DAY;
const daysOf = (of: PeriodCard) => Math.round((end(of) - midnight(of.from)) / DAY);

class Shown {
  view = $state<View>("week");
  days = $state(WEEK);
  /** `null` is the period that matters now. */
  period = $state<string | null>(null);
  /** `null` is where the period begins, or where it has come to. */
  from = $state<number | null>(null);
  #book = "";

  /** Begins anew where another book is open. */
  open(book: string): void {
    if (this.#book === book) return;
    this.#book = book;
    this.begin(null);
  }

  /** A week of a period. */
  begin(period: string | null): void {
    this.view = "week";
    this.days = WEEK;
    this.period = period;
    this.from = null;
  }

  /** Looks at a period in this way: the one on the page, or another. */
  show(view: View, page: RosterPage | undefined, now: number, of = page?.period ?? null): void {
    this.view = view;
    this.days = view === "day" ? 1 : view === "week" || !of ? WEEK : Math.min(LONGEST, daysOf(of));
    if (view === "period" && of) {
      const start = midnight(of.from);
      const latest = end(of) - this.days * DAY;
      this.from = contains(of, now) ? Math.max(start, Math.min(latest, midnight(now) - DAY)) : start;
    } else if (of !== (page?.period ?? null)) {
      this.from = view === "day" && contains(of, now) ? midnight(now) : null;
    } else if (page && page.from <= now && now < page.to) {
      this.today(now);
    } else {
      this.from = page?.from ?? null;
    }
  }

  choose(period: string, page: RosterPage | undefined, now: number): void {
    this.period = period;
    this.show(this.view, page, now, page?.periods.find((known) => known.id === period) ?? null);
  }

  today(now: number): void {
    this.from = midnight(now) - (this.view === "day" ? 0 : DAY);
  }

  /** So many times as many days as are shown, from those on the page on. */
  step(by: number, page: RosterPage): void {
    this.from = page.from + by * this.days * DAY;
  }

  /** A day of the strip: alone where it stood among all. */
  toDay(day: number): void {
    if (this.view === "period") {
      this.view = "day";
      this.days = 1;
    }
    this.from = day;
  }
}

export const shown = new Shown();
