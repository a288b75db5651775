// What a line tells beside its words.
import type { LineRow } from "../lib/api";
import { locale, word } from "../lib/words.svelte";

/** Whether it says that it is late: one that corrects another gives the reason for that instead. */
export const showsLate = (line: Pick<LineRow, "late" | "late_reason" | "corrects">): boolean => line.late && (line.corrects === null || line.late_reason !== null);

/** Who was told, how, on which number. */
export const recipientText = (line: Pick<LineRow, "whom" | "channel" | "dialled">): string =>
  [line.whom, word("channel", line.channel), line.dialled].filter(Boolean).join(" · ");

/** As many letters of a line are shown before somebody asks for the rest. */
const LETTERS = 2000;

/** The beginning of a text that is too long to stand among others; `null` of one that is not. */
export function foldedText(text: string): string | null {
  if (text.length <= LETTERS) return null;
  const letters = [...text];
  return letters.length > LETTERS ? letters.slice(0, LETTERS).join("").trimEnd() : null;
}

const SIZES = ["B", "KB", "MB", "GB"];

/** `1,2 MB`, in English `1.2 MB`. */
export function fileSize(bytes: number): string {
  let [n, size] = [bytes, 0];
  while (n >= 999.5 && size < SIZES.length - 1) {
    n /= 1000;
    size += 1;
  }
  const text = size > 0 && n < 9.95 ? n.toFixed(1).replace(/\.0$/, "") : n.toFixed(0);
  return `${locale() === "vi-VN" ? text.replace(".", ",") : text} ${SIZES[size]}`;
}
