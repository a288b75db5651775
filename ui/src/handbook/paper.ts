// The handbook on sheets of paper. WebKit on Linux keeps to the margins of the printer, cuts lines
// where a sheet ends and numbers no sheets, so that sheets are filled here, block after block.

/** What may be continued on the next sheet: lists and tables. */
type Series = HTMLTableElement | HTMLOListElement | HTMLUListElement;

const series = (block: Element): block is Series => block.matches("ul, ol, table");
const entries = (block: Series): HTMLElement[] => [...block.querySelectorAll<HTMLElement>(block instanceof HTMLTableElement ? ":scope > tbody > tr" : ":scope > li")];

/** What is not left alone at the end of a sheet: headings, and what announces a list. */
const announces = (block: Element): boolean => block.matches("h1, h2, h3") || (block.matches("p") && (block.textContent ?? "").trimEnd().endsWith(":"));

/** A list or table without its entries, that goes on with the one of this number. */
function emptied(block: Series, from: number): { part: Series; place: Element } {
  const part = block.cloneNode(false) as Series;
  if (!(block instanceof HTMLTableElement)) {
    if (part instanceof HTMLOListElement) part.start = block instanceof HTMLOListElement ? block.start + from : 1;
    return { part, place: part };
  }
  if (block.tHead) part.append(block.tHead.cloneNode(true));
  const place = document.createElement("tbody");
  part.append(place);
  return { part, place };
}

/**
 * Fills sheets with the sections that stand in the paper, and takes the sections away. A sheet is
 * as high as its rule says; links get the number of the sheet where they lead, as `see` says it.
 */
export function fillSheets(paper: HTMLElement, see: (sheet: number | string) => string): void {
  const sections = [...paper.children];
  const bodies: HTMLElement[] = [];
  let flow: Element = paper;
  for (const link of paper.querySelectorAll("a")) {
    // As wide as a number will be.
    const where = document.createElement("span");
    where.textContent = ` (${see("00")})`;
    link.append(where);
  }
  const open = (like: Element) => {
    const sheet = document.createElement("div");
    const body = document.createElement("div");
    sheet.className = "sheet-of-paper";
    flow = like.cloneNode(false) as Element;
    body.append(flow);
    sheet.append(body);
    paper.append(sheet);
    bodies.push(body);
  };
  const over = () => {
    const body = bodies.at(-1);
    return body !== undefined && body.scrollHeight > body.clientHeight;
  };
  const next = () => {
    const blocks = [...flow.children];
    const kept = blocks.findLastIndex((block) => !announces(block)) + 1;
    open(flow);
    if (kept > 0) flow.append(...blocks.slice(kept));
  };
  const split = (block: Series) => {
    let { part, place } = emptied(block, 0);
    flow.append(part);
    for (const [n, entry] of entries(block).entries()) {
      place.append(entry);
      if (!over()) continue;
      entry.remove();
      if (place.children.length === 0) part.remove();
      next();
      ({ part, place } = emptied(block, n));
      place.append(entry);
      flow.append(part);
    }
  };
  paper.classList.add("measured");
  for (const section of sections) {
    const blocks = section.firstElementChild;
    section.remove();
    if (!blocks) continue;
    open(blocks);
    for (const block of [...blocks.children]) {
      flow.append(block);
      if (!over()) continue;
      block.remove();
      if (series(block)) split(block);
      else {
        next();
        flow.append(block);
      }
    }
  }
  paper.classList.remove("measured");
  for (const [n, body] of bodies.entries()) {
    const foot = document.createElement("p");
    foot.textContent = `${n + 1}/${bodies.length}`;
    body.after(foot);
  }
  // The same headings stand in the window too: only those on paper count.
  const sheets = new Map<string, number>();
  for (const [n, body] of bodies.entries()) for (const { id } of body.querySelectorAll("[id]")) sheets.set(id, n + 1);
  for (const link of paper.querySelectorAll("a")) {
    const sheet = sheets.get(decodeURIComponent(link.hash.slice(1)));
    if (link.lastElementChild) link.lastElementChild.textContent = sheet === undefined ? "" : ` (${see(sheet)})`;
  }
}
