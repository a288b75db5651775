// Where a period asks for more, less or other posts: as rows of a form, and in a sentence.
import type { Option } from "../../parts/Pick.svelte";
import type { Group, Need, Post } from "../../lib/api";
import { say, word } from "../../lib/words.svelte";
import { date, DAY, dayName, midnight, parseTime, parseEnd, sameDay, span, dateTime } from "../../lib/time";
import { POSTS } from "../../lib/values";

export const MOST = 5;

export interface NeedRow {
  whom: "all" | "group" | "unit";
  group: Group | null;
  unit: Option | null;
  from: string;
  to: string;
  counts: Record<Post, number>;
}

/** How often each post stands there. */
export const countsOf = (posts: Post[]): Record<Post, number> => {
  const count = (post: Post) => posts.filter((other) => other === post).length;
  return { main: count("main"), backup: count("backup"), leader: count("leader") };
};

/** Each post as often as people are asked on it. */
export const postsOf = (counts: Record<Post, number>): Post[] => POSTS.flatMap((post) => Array<Post>(counts[post]).fill(post));

const whole = (at: number): boolean => midnight(at) === at;

/** What is asked of a unit without exception, once more. */
export const freshNeed = (posts: Post[]): NeedRow => ({ whom: "all", group: null, unit: null, from: "", to: "", counts: countsOf(posts) });

/** A need as a row; units are named where their names are known. */
export function needRow(need: Need, nameOf: (unit: string) => string): NeedRow {
  const unit = need.unit ?? null;
  const group = need.group ?? null;
  const [from, to] = [need.from ?? null, need.to ?? null];
  return {
    whom: unit !== null ? "unit" : group !== null ? "group" : "all",
    group: unit === null ? group : null,
    unit: unit === null ? null : { id: unit, title: nameOf(unit) },
    from: from === null ? "" : whole(from) ? date(from) : dateTime(from),
    to: to === null ? "" : whole(to) ? date(to - 1) : dateTime(to),
    counts: countsOf(need.posts),
  };
}

/** When a row holds; `undefined` for an end that cannot be read. `near` is in the year that is meant. */
export function spanOf(row: Pick<NeedRow, "from" | "to">, near: number): { from: number | null | undefined; to: number | null | undefined } {
  const from = row.from.trim() === "" ? null : (parseTime(row.from, near) ?? undefined);
  const to = row.to.trim() === "" ? null : (parseEnd(row.to, from ?? near) ?? undefined);
  return { from, to: to != null && from != null && to <= from ? undefined : to };
}

/** What a row says; or what it lacks. */
export function needOf(row: NeedRow, near: number): Need | "unit" | "group" | "from" | "to" {
  const { from, to } = spanOf(row, near);
  if (row.whom === "unit" && row.unit === null) return "unit";
  if (row.whom === "group" && row.group === null) return "group";
  if (from === undefined) return "from";
  if (to === undefined) return "to";
  return {
    unit: row.whom === "unit" ? (row.unit?.id ?? null) : null,
    group: row.whom === "group" ? row.group : null,
    from,
    to,
    posts: postsOf(row.counts),
  };
}

function whenText({ from, to }: Pick<Need, "from" | "to">): string {
  const first = (at: number) => (whole(at) ? dayName(at) : `${dayName(at)} ${dateTime(at).slice(-5)}`);
  const last = (at: number) => (whole(at) ? say("ui_end_of_day", { day: dayName(at - DAY) }) : first(at));
  if (from == null && to == null) return say("ui_need_whole");
  if (to == null) return say("ui_need_from", { from: first(from ?? 0) });
  if (from == null) return say("ui_need_to", { to: last(to) });
  if (whole(from) && to === from + DAY) return say("ui_need_day", { day: dayName(from) });
  // Hours of one day are told as a span of hours, named by that day.
  if (sameDay(from, to - 1)) return say("ui_need_day", { day: span(from, to, 0) });
  return say("ui_need_span", { from: first(from), to: last(to) });
}

const postsText = (posts: Post[]): string => {
  const counts = countsOf(posts);
  const asked = POSTS.filter((post) => counts[post] > 0).map((post) => say(`ui_need_${post}`, { n: counts[post] }));
  return asked.length > 0 ? asked.join(", ") : say("ui_need_nobody");
};

/** `Ngày CN 22/05: mỗi đơn vị 2 trực chính, 1 dự phòng` */
export function needText(need: Need, unit: string): string {
  const whom = need.unit ? unit : need.group ? say("ui_need_group", { group: word("group", need.group) }) : say("ui_need_all");
  return say("ui_need_told", { when: whenText(need), whom, what: postsText(need.posts) });
}
