// The pages of the handbook, turned into HTML while the page is built: nothing reads markdown in
// the window.
import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { Marked, type Tokens } from "marked";
import type { Plugin } from "vite";

const FOLDER = resolve(import.meta.dirname, "../assets/handbook");
const LANGUAGES = ["vi", "en"] as const;
/** What headings answer: asked for by parts of the page that come before the handbook does. */
const ANSWERS = "virtual:handbook-answers";

/** What links call a heading, as GitHub does. */
export const slug = (title: string): string => title.toLowerCase().replace(/[^\p{L}\p{N} -]/gu, "").replaceAll(" ", "-");

/** Where a link of a page leads: `lists.md#notes` to `#lists/notes`, `#notes` to a heading of its own. */
export function target(page: string, href: string): string {
  const [file = "", heading] = href.split("#");
  const name = file === "" ? page : basename(file, ".md");
  return heading === undefined ? `#${name}` : `#${name}/${heading}`;
}

/** The width and height of a picture, in pixels. */
function size(picture: string): [number, number] {
  const head = readFileSync(picture).subarray(16, 24);
  return [head.readUInt32BE(0), head.readUInt32BE(4)];
}

interface Rendered {
  html: string;
  pictures: string[];
  /** What the headings answer, with their titles: codes of errors, pages of the window. */
  answers: Record<string, string>;
}

/** A page as HTML; `picture:0` stands where the first picture goes. */
export function render(name: string, markdown: string, measure: (picture: string) => [number, number]): Rendered {
  const pictures: string[] = [];
  const answers: Record<string, string> = {};
  let asked: string[] = [];
  /** What else people may call the next heading: searched, not shown. */
  let words = "";
  const marked = new Marked({
    renderer: {
      html({ text }: Tokens.HTML | Tokens.Tag) {
        asked = /^<!-- answers: (.+) -->/m.exec(text)?.[1]?.split(" ") ?? asked;
        words = /^<!-- words: (.+) -->/m.exec(text)?.[1] ?? words;
        return "";
      },
      heading({ tokens, depth, text }: Tokens.Heading) {
        const title = this.parser.parseInline(tokens);
        // What is said as text has the signs themselves.
        const plain = title.replace(/<[^>]+>/g, "").replace(/&#39;/g, "'").replace(/&quot;/g, '"').replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
        for (const word of asked) answers[word] = plain;
        const id = depth === 1 ? name : `${name}/${slug(text)}`;
        const answered = asked.length > 0 ? ` data-answers="${asked.join(" ")}"` : "";
        const called = words === "" ? "" : ` data-words="${words}"`;
        [asked, words] = [[], ""];
        return `<h${depth} id="${id}"${answered}${called}>${title}</h${depth}>\n`;
      },
      link({ href, tokens }: Tokens.Link) {
        return `<a href="${target(name, href)}">${this.parser.parseInline(tokens)}</a>`;
      },
      image({ href, text }: Tokens.Image) {
        const [width, height] = measure(href);
        return `<img src="picture:${pictures.push(href) - 1}" alt="${text}" width="${width}" height="${height}">`;
      },
    },
  });
  const html = marked.parse(markdown, { async: false });
  return { html, pictures, answers };
}

const pageOf = (file: string) => render(basename(file, ".md"), readFileSync(file, "utf8"), (picture) => size(join(dirname(file), picture)));

/** What each language calls what is answered. */
function answered(): Record<string, Record<string, string>> {
  const known: Record<string, Record<string, string>> = {};
  for (const language of LANGUAGES) {
    for (const file of readdirSync(join(FOLDER, language))) {
      const { answers } = pageOf(join(FOLDER, language, file));
      for (const [word, title] of Object.entries(answers)) (known[word] ??= {})[language] = title;
    }
  }
  return known;
}

export function handbook(): Plugin {
  return {
    name: "handbook",
    resolveId: (id) => (id === ANSWERS ? `\0${ANSWERS}` : undefined),
    load: (id) => (id === `\0${ANSWERS}` ? `export default ${JSON.stringify(answered())}` : undefined),
    transform(_, id) {
      if (!id.endsWith(".md") || !resolve(id).startsWith(FOLDER)) return undefined;
      const { html, pictures } = pageOf(id);
      const imports = pictures.map((picture, n) => `import picture${n} from ${JSON.stringify(`${picture}?url`)};`);
      const text = JSON.stringify(html).replace(/picture:(\d+)/g, '" + picture$1 + "');
      return { code: `${imports.join("\n")}\nexport default ${text};`, map: null };
    },
  };
}
