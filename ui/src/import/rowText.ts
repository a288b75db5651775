// What is told of a row that is to be brought in.
import type { Alteration, Column, Fault, Preview, Remark, RowCase } from "../lib/api";
import { fold } from "../lib/fold";
import { say, word } from "../lib/words.svelte";
import { dateTime } from "../lib/time";

export const TONES = { new: "ok", changed: "low", same: "plain", rejected: "serious" } as const satisfies Record<RowCase, string>;

export const headingOf = (field: string): string => word("field", field);

/** What stands over the heading of a column, where the heading does not say so itself. */
export const overOf = ({ heading, over }: Column): string => (fold(heading).startsWith(fold(over)) ? "" : over);

/** What a column is called among those of its file. */
export function nameOf(column: Column): string {
  const [over, name] = [overOf(column), column.heading || say("ui_import_no_heading")];
  return over ? `${over} › ${name}` : name;
}

/** Whether a fault is of this cell. Where several columns have one heading, what they hold tells them apart. */
export function isFaultOf({ column, value }: Fault, heading: string, text: string, { columns }: Pick<Preview, "columns">): boolean {
  if (column !== heading) return false;
  return columns.filter((other) => other.heading === heading).length < 2 || fold(text) === fold(value);
}

export const valueOf = (field: string, value: string | null): string => {
  if (value === null) return "–";
  return /^(from|to)$/.test(field) && /^\d+$/.test(value) ? dateTime(Number(value)) : word(field, value);
};

export const changeText = ({ field, old, new: next }: Alteration): string =>
  `${headingOf(field)}: ${old === null ? "" : `${valueOf(field, old)} → `}${valueOf(field, next)}`;

export function faultText({ column, value, expected }: Fault): string {
  if (expected === "cells") return word("expected", expected);
  const empty = value.trim() === "";
  const wanted = { column: column || say("ui_import_no_heading"), value, expected: word("expected", expected) };
  // The file has no such column.
  if (column === "" && empty) return say("ui_import_row_lacks", wanted);
  return say(empty ? "ui_import_cell_empty" : "ui_import_cell_bad", wanted);
}

export function remarkText({ notice, other }: Remark): string {
  if (other === null) return word("notice", notice);
  return notice === "same_number" ? say("ui_import_same_number", { other }) : `${word("notice", notice)}: ${other}`;
}
