// Which days of the roster are looked at. It stays so until another book is open.
import type { PeriodCard, RosterPage } from "../../lib/api";
import { DAY, midnight } from "../../lib/time";
import { beside, daysIn, endOf, firstDay, type View } from "./timeScale";

const contains = (of: PeriodCard | null, at: number) => of !== null && of.from <= at && at < of.to;

class VisibleDays {
  view = $state<View>("week");
  days = $state(daysIn("week", null));
  /** `null` is the period that matters now. */
  period = $state<string | null>(null);
  /** `null` is where the period begins, or where it has come to. */
  from = $state<number | null>(null);
  /** Rises when now is asked for. */
  nows = $state(0);
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
    this.days = daysIn("week", null);
    this.period = period;
    this.from = null;
  }

  /** Looks at a period in this way: the one on the page, or another. */
  show(view: View, page: RosterPage | undefined, now: number, of = page?.period ?? null): void {
    this.view = view;
    this.days = daysIn(view, of);
    if (view === "period" && of) {
      const start = midnight(of.from);
      const latest = endOf(of) - this.days * DAY;
      this.from = contains(of, now) ? Math.max(start, Math.min(latest, midnight(now) - DAY)) : start;
    } else if (of !== (page?.period ?? null)) {
      this.from = daysIn(view, of) === 1 && contains(of, now) ? midnight(now) : null;
    } else if (page && page.from <= now && now < page.to) {
      this.today(page, now);
    } else {
      this.from = page?.from ?? null;
    }
  }

  /** Looks closer at a moment, or less close; it stays at this share of the width. Says whether it could. */
  zoom(by: 1 | -1, at: number, share: number, page: RosterPage): boolean {
    const view = beside(this.view, by, page.period);
    if (view === null) return false;
    this.view = view;
    this.days = daysIn(view, page.period);
    this.from = firstDay(view, at, share, page.period);
    return true;
  }

  choose(period: string, page: RosterPage | undefined, now: number): void {
    this.period = period;
    this.show(this.view, page, now, page?.periods.find((known) => known.id === period) ?? null);
  }

  today(page: RosterPage, now: number): void {
    this.nows += 1;
    if (this.view === "period" && contains(page.period, now)) this.show("period", page, now);
    else this.from = midnight(now) - (this.days === 1 ? 0 : DAY);
  }

  /** So many times as many days as are shown, from those on the page on. */
  step(by: number, page: RosterPage): void {
    this.from = page.from + by * this.days * DAY;
  }

  /** A day of the strip: alone where it stood among all. */
  toDay(day: number): void {
    if (this.view === "period") {
      this.view = "day";
      this.days = daysIn("day", null);
    }
    this.from = day;
  }
}

export const visibleDays = new VisibleDays();
