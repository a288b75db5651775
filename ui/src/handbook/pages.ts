// The handbook as it is read: its pages in order, what is found in them, what they answer.
import type { Language } from "../lib/api";
import { fold } from "../lib/fold";

/** A page by its name, as HTML of our own; headings are called `page/heading`. */
export interface Page {
  name: string;
  html: string;
}

/** Pages that belong together, with what links to them say. */
export interface Chapter {
  title: string;
  pages: { name: string; title: string }[];
}

/** A heading, a paragraph, a step or a row, and the heading that it stands under. */
export interface Line {
  id: string;
  /** The titles of its page and heading. */
  page: string;
  heading: string;
  text: string;
  isHeading: boolean;
  /** Its text, and all that stands over it too, as it is searched: with accents and without. */
  own: Searched;
  around: Searched;
}

/** A text in small letters, each word after a blank. */
interface Searched {
  accented: string;
  folded: string;
}

export interface Handbook {
  chapters: Chapter[];
  pages: Page[];
  lines: Line[];
}

/** The page that lists the others. */
export const CONTENTS = "guide";

/** Read first by somebody in trouble, and last by everybody. */
const FIRST = ["trouble", "setup"];
const LAST = ["windows", "terminal", "changes"];

const ENTITIES: Record<string, string> = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&amp;": "&" };

const plain = (html: string): string =>
  html
    .replace(/<[^>]+>/g, "")
    .replace(/&(?:lt|gt|quot|amp|#39);/g, (entity) => ENTITIES[entity] ?? entity)
    .replace(/\s+/g, " ")
    .trim();

const accented = (text: string): string => ` ${text.normalize("NFC").toLowerCase().replace(/[^\p{L}\p{N}\p{M}]+/gu, " ").trim()}`;
const searched = (text: string): Searched => ({ accented: accented(text), folded: ` ${fold(text)}` });

/** The chapters that the first page lists. */
export function chaptersOf(contents: string): Chapter[] {
  const chapters: Chapter[] = [];
  for (const [, title, name, link] of contents.matchAll(/<h2[^>]*>(.*?)<\/h2>|<li><a href="#([\w-]+)">(.*?)<\/a>/gs)) {
    if (title !== undefined) chapters.push({ title: plain(title), pages: [] });
    else if (name !== undefined && link !== undefined) chapters.at(-1)?.pages.push({ name, title: plain(link) });
  }
  return chapters;
}

/** The headings under a page's title. */
export function headingsOf(html: string): { id: string; title: string }[] {
  return [...html.matchAll(/<h2 id="([^"]+)"[^>]*>(.*?)<\/h2>/gs)].map(([, id = "", title = ""]) => ({ id, title: plain(title) }));
}

/** The lines of a page. */
export function linesOf(html: string): Line[] {
  const lines: Line[] = [];
  let [id, page, heading, words] = ["", "", "", ""];
  for (const block of html.split(/(?=<(?:h[1-6]|p|li|tr|pre)\b)/)) {
    const [, depth, its = "", called = ""] = /^<h([1-6]) id="([^"]+)"[^>]*?(?: data-words="([^"]+)")?>/.exec(block) ?? [];
    const text = plain(block.replace(/<\/t[dh]>/g, " · ")).replace(/(?: ·)+$/, "");
    if (depth !== undefined) {
      id = its;
      heading = text;
      words = called;
      if (depth === "1") page = text;
    }
    const isHeading = depth !== undefined;
    const own = searched(isHeading ? `${text} ${words}` : text);
    const around = searched(`${page} ${heading} ${words} ${text}`);
    if (text !== "") lines.push({ id, page, heading, text, isHeading, own, around });
  }
  return lines;
}

/** Puts a handbook together from its pages. */
export function bound(files: Record<string, string>): Handbook {
  const known = new Map(Object.entries(files).map(([file, html]) => [file.replace(/^.*\/|\.md$/g, ""), html]));
  const chapters = chaptersOf(known.get(CONTENTS) ?? "");
  const pages = chapters.flatMap((chapter) => chapter.pages).map(({ name }) => ({ name, html: known.get(name) ?? "" }));
  return { chapters, pages, lines: pages.flatMap((page) => linesOf(page.html)) };
}

/** How much of what is wanted a text has; a word with other accents than those typed is half a word. */
function share(text: Searched, wanted: string[]): number {
  let had = 0;
  for (const word of wanted) {
    if (text.accented.includes(` ${word}`)) had += 1;
    else if (text.folded.includes(` ${fold(word)}`)) had += fold(word) === word ? 1 : 0.5;
  }
  return had;
}

/**
 * What has these words, or half of them and not only the shortest; one line of each heading. More
 * words come first, then headings, then what somebody in trouble reads.
 */
export function search(lines: Line[], words: string, most: number): Line[] {
  const wanted = accented(words).split(" ").filter(Boolean);
  if (wanted.length === 0) return [];
  const weighty = wanted.filter((word) => word.length > 2);
  const ranked: { line: Line; order: [number, number, number] }[] = [];
  for (const line of lines) {
    const had = share(line.around, wanted);
    if (had < wanted.length / 2 || (had < wanted.length && share(line.around, weighty) === 0)) continue;
    const nearness = share(line.own, wanted) < had ? 2 : line.isHeading ? 0 : 1;
    const name = line.id.split("/")[0] ?? "";
    const page = FIRST.includes(name) ? 0 : LAST.includes(name) ? 2 : 1;
    ranked.push({ line, order: [-had, nearness, page] });
  }
  ranked.sort((a, b) => a.order[0] - b.order[0] || a.order[1] - b.order[1] || a.order[2] - b.order[2]);
  const best = new Map<string, Line>();
  for (const { line } of ranked) if (!best.has(line.id)) best.set(line.id, line);
  return [...best.values()].slice(0, most);
}

/** A text in pieces, of which those that begin with a word that was looked for are hits. */
export function pieces(text: string, words: string): { text: string; hit: boolean }[] {
  const wanted = fold(words).split(" ").filter(Boolean);
  const parts = text.split(/([\p{L}\p{N}\p{M}]+)/u).filter(Boolean);
  return parts.map((part) => ({ text: part, hit: wanted.some((word) => fold(part).startsWith(word)) }));
}

/** Where something is answered: the heading that says so, or the page or heading of that name. */
export function placeOf(book: Handbook, asked: string): string | undefined {
  for (const { html } of book.pages) {
    for (const [, id, answers] of html.matchAll(/<h\d id="([^"]+)" data-answers="([^"]+)"/g)) {
      if (answers?.split(" ").includes(asked)) return id;
    }
  }
  return book.lines.find((line) => line.id === asked)?.id;
}

/** What stands under a heading, up to the next. */
export function under(book: Handbook, id: string): string {
  const html = book.pages.find((page) => page.name === id.split("/")[0])?.html ?? "";
  const from = html.indexOf(`id="${id}"`);
  const begins = html.indexOf("</h", from) + "</h2>".length;
  const ends = html.indexOf("<h", begins);
  return from < 0 ? "" : html.slice(begins, ends < 0 ? undefined : ends);
}

const PAGES: Record<Language, () => Promise<{ default: Record<string, string> }>> = {
  vi: () => import("./vi"),
  en: () => import("./en"),
};
const read = new Map<Language, Promise<Handbook>>();

/** The handbook in a language, read once. */
export function handbookIn(language: Language): Promise<Handbook> {
  const known = read.get(language) ?? PAGES[language]().then((files) => bound(files.default));
  read.set(language, known);
  return known;
}
