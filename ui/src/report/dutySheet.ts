// The duty sheet: what is asked for, and how its page is shown and printed.
import type { PeriodCard, PeriodChoice } from "../lib/api";
import { DAY, midnight, monday } from "../lib/time";

export const VIEWS = ["day", "week", "period"] as const;
export type View = (typeof VIEWS)[number];

/** The period that is meant: the one chosen, else the one that is usual. */
export const chosenPeriod = (choice: Pick<PeriodChoice, "periods" | "usual"> | null, chosen: string | null): PeriodCard | null =>
  choice?.periods.find(({ id }) => id === chosen) ?? choice?.periods.find(({ id }) => id === choice.usual) ?? null;

/** The days that are meant by one of them; `null` for a period where there is none. */
export function daysOf(view: View, day: number, period: Pick<PeriodCard, "from" | "to"> | null): { from: number; to: number } | null {
  if (view === "period") return period && { from: period.from, to: period.to };
  const from = view === "week" ? monday(day) : midnight(day);
  return { from, to: from + (view === "week" ? 7 : 1) * DAY };
}

export const stepped = (view: View, day: number, by: number): number => midnight(day) + by * (view === "week" ? 7 : 1) * DAY;

/** The rules for sheets of paper: they hold only where a document says them, not in a part of it. */
export function pageRules(css: string): string {
  const rules: string[] = [];
  for (let at = css.indexOf("@page"); at >= 0; at = css.indexOf("@page", at + 1)) {
    let depth = 0;
    let end = css.indexOf("{", at);
    if (end < 0) break;
    do {
      if (css[end] === "{") depth += 1;
      else if (css[end] === "}") depth -= 1;
      end += 1;
    } while (depth > 0 && end < css.length);
    rules.push(css.slice(at, end));
    at = end - 1;
  }
  return rules.join("\n");
}

/** The margin that the paper has, as it is written; none where nothing is said. */
export const marginOf = (rules: string): string => /[{;\s]margin:\s*([^;}]+)/.exec(rules)?.[1]?.trim() ?? "0";

/** A page's style and what stands in it. */
export function pageParts(html: string): { css: string; content: HTMLElement } {
  const page = new DOMParser().parseFromString(html, "text/html");
  const css = [...page.querySelectorAll("style")].map((style) => style.textContent ?? "").join("\n");
  page.head.remove();
  return { css, content: document.importNode(page.documentElement, true) };
}

/** A style sheet made here is taken where one that stands in the page is refused. */
export function styled(css: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  return sheet;
}
