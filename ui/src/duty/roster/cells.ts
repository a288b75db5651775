// What stands on a cell of the roster, and how it is read out.
import type { RosterPage, RosterRow } from "../../lib/api";
import { holeText } from "../coverage/holes";
import type { Cell } from "./lanes";
import { givenName } from "../../directory/names";
import { say, word } from "../../lib/words.svelte";
import type { PlacedShift } from "../shift/shifts";
import { HOUR, midnight, span } from "../../lib/time";

type Page = Pick<RosterPage, "people" | "period">;

export const atNight = (cell: Cell): boolean => cell.kind === "shift" && cell.from - midnight(cell.from) >= 18 * HOUR;

const nameOf = (page: Page, who: number | null): string => (who === null ? "" : page.people[who]?.full_name) || say("ui_person_gone");

export function cellText(cell: Cell, page: Page): string {
  if (cell.kind === "standing") return `${nameOf(page, cell.who)} · ${say("out_standing")}`;
  if (cell.bar) return givenName(nameOf(page, cell.who));
  return cell.kind === "hole" ? say("ui_hole") : say("ui_nothing_laid_out");
}

export function cellLabel(cell: Cell, page: Page, now: number): string {
  const post = word("post", cell.post);
  if (cell.bar) {
    const name = cell.kind === "standing" ? cellText(cell, page) : nameOf(page, cell.who);
    const mended = cell.bar.reason === null ? [] : [say("ui_mended", { reason: cell.bar.reason })];
    return [name, post, span(cell.from, cell.to, now), ...(cell.bar.away ? [say("ui_bar_away")] : []), ...mended].join(", ");
  }
  if (cell.kind === "standing") return [cellText(cell, page), span(cell.from, cell.to, now)].join(", ");
  if (cell.kind !== "hole") return cellText(cell, page);
  const left = cell.accepted === null ? [] : [say("ui_left_so", { reason: cell.accepted })];
  return [say("ui_hole"), post, holeText(cell, page.period, now), ...left].join(", ");
}

/** The shift on a cell; one whose person was erased stays as it is. */
export function placedShift(cell: Cell, row: RosterRow, page: Page): PlacedShift | null {
  const person = cell.bar ? page.people[cell.bar.who] : undefined;
  return cell.bar && person?.full_name ? { bar: cell.bar, row, person } : null;
}
