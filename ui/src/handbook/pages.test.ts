import { describe, expect, test } from "vitest";
import answers from "virtual:handbook-answers";
import { render, slug, target } from "../../handbook";
import { bound, chaptersOf, handbookIn, headingsOf, linesOf, pieces, placeOf, search, under } from "./pages";

describe("a page of markdown", () => {
  const page = (markdown: string) => render("roster", markdown, () => [960, 600]);

  test("headings are called as links call them", () => {
    expect(slug("Mất máy, mất USB")).toBe("mất-máy-mất-usb");
    expect(slug("1. Mở chương trình")).toBe("1-mở-chương-trình");
    expect(page("# Lịch trực\n\n## Kỳ trực").html).toBe('<h1 id="roster">Lịch trực</h1>\n<h2 id="roster/kỳ-trực">Kỳ trực</h2>\n');
  });

  test.each([
    ["lists.md#ngày-lễ", "#lists/ngày-lễ"],
    ["lists.md", "#lists"],
    [`../lists.md#ngày-lễ`, "#lists/ngày-lễ"],
    ["#kỳ-trực", "#roster/kỳ-trực"],
  ])("the link %s leads to %s", (href, place) => {
    expect(target("roster", href)).toBe(place);
  });

  test("what a heading answers goes with it, and with no other", () => {
    const { html, answers } = page("<!-- answers: disk_full file -->\n## Đĩa đầy\n\n## Khác");
    expect(html).toContain('<h2 id="roster/đĩa-đầy" data-answers="disk_full file">Đĩa đầy</h2>');
    expect(html).toContain('<h2 id="roster/khác">Khác</h2>');
    expect(html).not.toContain("<!--");
    expect(answers).toEqual({ disk_full: "Đĩa đầy", file: "Đĩa đầy" });
  });

  test("a picture has its size, so that nothing moves when it comes", () => {
    const { html, pictures } = page("![Màn hình](../../pictures/handbook/vi-1.png)");
    expect(html).toBe('<p><img src="picture:0" alt="Màn hình" width="960" height="600"></p>\n');
    expect(pictures).toEqual(["../../pictures/handbook/vi-1.png"]);
  });
});

describe("a handbook", () => {
  const book = bound({
    "a/guide.md": '<h1 id="guide">Sổ tay</h1><h2 id="guide/x">Giữ sổ</h2><ul><li><a href="#copies">Sao lưu</a></li><li><a href="#keys">Phím</a></li></ul>',
    "a/copies.md":
      '<h1 id="copies">Sao lưu</h1><p>Mỗi ngày một bản &amp; một bản trước khi nhập.</p><h2 id="copies/lấy-lại" data-answers="book_corrupt copy">Lấy lại bản sao</h2><ol><li>Mở <strong>Cài đặt</strong></li><li>Chép bản sao ra USB</li></ol>',
    "a/keys.md": '<h1 id="keys">Phím</h1><h2 id="keys/ca" data-answers="keys:log">Trong ca</h2><table><tbody><tr><td>Ctrl+L</td><td>Ghi một dòng</td></tr></tbody></table><h2 id="keys/khác">Khác</h2><p>Hết</p>',
  });

  test("its pages are those that the first lists, in that order", () => {
    expect(chaptersOf('<h2 id="g">A &amp; B</h2><ul><li><a href="#x">Một</a></li></ul>')).toEqual([{ title: "A & B", pages: [{ name: "x", title: "Một" }] }]);
    expect(book.pages.map(({ name }) => name)).toEqual(["copies", "keys"]);
  });

  test("a line is a heading, a paragraph, a step or a row", () => {
    const [, page] = book.pages;
    expect(linesOf(page?.html ?? "").map(({ id, text, isHeading }) => [id, text, isHeading])).toEqual([
      ["keys", "Phím", true],
      ["keys/ca", "Trong ca", true],
      ["keys/ca", "Ctrl+L · Ghi một dòng", false],
      ["keys/khác", "Khác", true],
      ["keys/khác", "Hết", false],
    ]);
    expect(headingsOf(page?.html ?? "").map(({ title }) => title)).toEqual(["Trong ca", "Khác"]);
  });

  test("words are found without accents, headings first, a heading once", () => {
    expect(search(book.lines, "lai ban sao", 1).map(({ id, text }) => [id, text])).toEqual([["copies/lấy-lại", "Lấy lại bản sao"]]);
    expect(search(book.lines, "ban", 9).map(({ id }) => id)).toEqual(["copies/lấy-lại", "copies"]);
    expect(search(book.lines, "lay usb", 9).map(({ text }) => text)).toEqual(["Chép bản sao ra USB"]);
    expect(search(book.lines, "ban", 1)).toHaveLength(1);
    expect(search(book.lines, "  ", 9)).toEqual([]);
    expect(search(book.lines, "khongco", 9)).toEqual([]);
  });

  test("half of the words is enough, but not the shortest alone", () => {
    expect(search(book.lines, "chép sang thẻ usb", 9).map(({ text }) => text)).toEqual(["Chép bản sao ra USB"]);
    expect(search(book.lines, "chép sang thẻ nhớ", 9)).toEqual([]);
    expect(search(book.lines, "ra khongco", 9)).toEqual([]);
  });

  test("accents that were typed come before others, and hidden words are searched", () => {
    const lines = linesOf('<h1 id="a">Trang</h1><h1 id="b" data-words="màn hình trắng">Cửa sổ</h1>');
    expect(search(lines, "trắng", 9).map(({ id }) => id)).toEqual(["b", "a"]);
    expect(search(lines, "trang", 9).map(({ id }) => id)).toEqual(["a", "b"]);
    expect(lines.map(({ text }) => text)).toEqual(["Trang", "Cửa sổ"]);
  });

  test("the words that were found are known again in the text", () => {
    const hits = (text: string, words: string) => pieces(text, words).filter(({ hit }) => hit).map(({ text }) => text);
    expect(hits("Lấy lại bản sao, đĩa đầy", "dia ban")).toEqual(["bản", "đĩa"]);
    expect(hits("Lấy lại", "")).toEqual([]);
    expect(pieces("Đĩa đầy.", "day").map(({ text }) => text).join("")).toBe("Đĩa đầy.");
  });

  test("what is asked for has its place", () => {
    expect(placeOf(book, "book_corrupt")).toBe("copies/lấy-lại");
    expect(placeOf(book, "copy")).toBe("copies/lấy-lại");
    expect(placeOf(book, "copies")).toBe("copies");
    expect(placeOf(book, "copies/lấy-lại")).toBe("copies/lấy-lại");
    expect(placeOf(book, "nowhere")).toBeUndefined();
    expect(under(book, placeOf(book, "keys:log") ?? "")).toBe("<table><tbody><tr><td>Ctrl+L</td><td>Ghi một dòng</td></tr></tbody></table>");
  });
});

/** Pages of the window from which the handbook is opened. */
const ROOMS = ["welcome", "now", "roster", "sheet", "directory", "people", "calls", "privacy", "unit", "person", "import", "incidents", "incident", "log", "handover", "settings"];
/** What says in the window that something went wrong, and is answered. */
const TROUBLES = ["disk_full", "disk_failed", "book_corrupt", "not_a_book", "book_damaged", "book_older", "book_newer", "book_busy", "book_read_only", "book_remote", "target_in_use", "file", "sheet_locked", "import_uncopied", "no_operator", "behind", "copy"];

describe.each(["vi", "en"] as const)("the handbook in %s", (language) => {
  test("has a page for every room, and an answer for what goes wrong", async () => {
    const book = await handbookIn(language);
    for (const asked of [...ROOMS, ...TROUBLES]) expect(placeOf(book, asked), asked).toBeDefined();
    for (const asked of TROUBLES) expect(answers[asked]?.[language], asked).toBeTruthy();
  });

  test("has every link, every picture and every page in its contents", async () => {
    const book = await handbookIn(language);
    const places = new Set(book.lines.map(({ id }) => `#${id}`));
    const links = book.pages.flatMap(({ html }) => [...html.matchAll(/<a href="([^"]+)"/g)].map(([, href = ""]) => href));
    expect(links.length).toBeGreaterThan(40);
    expect(links.filter((link) => link !== "#guide" && !places.has(link))).toEqual([]);
  });
});

const ASKED: Record<"vi" | "en", [words: string, place: string][]> = {
  vi: [
    ["khoi phuc ban sao", "copies/khôi-phục-lấy-lại-bản-sao-hôm-trước"],
    ["mat may", "trouble/mất-máy-mất-usb"],
    ["in bang truc", "roster/in-bảng-trực"],
    ["mat dien", "trouble/mất-điện"],
    ["o mang", "trouble/sổ-để-trên-ổ-mạng"],
    ["in lịch trực tuần sau", "roster/in-bảng-trực"],
    ["giao bàn trực cho điểm bầu cử", "copies/máy-thứ-hai-điểm-bầu-cử"],
    ["mất laptop", "trouble/mất-máy-mất-usb"],
    ["mất máy tính", "trouble/mất-máy-mất-usb"],
    ["hết dung lượng", "trouble/đĩa-đầy"],
    ["ổ cứng đầy", "trouble/đĩa-đầy"],
    ["quên mật khẩu", "trouble/mật-khẩu"],
    ["màn hình trắng", "trouble/cửa-sổ-không-mở-hoặc-trắng"],
    ["báo cáo sự cố theo mẫu", "incidents/báo-cáo-theo-mẫu-03-mẫu-04"],
    ["cài đặt windows", "setup/cài-vào-máy"],
    ["nâng cấp", "setup/cập-nhật"],
    ["cập nhật", "setup/cập-nhật"],
    ["chép sổ", "copies/chép-tay-qua-usb-zalo"],
    ["zalo", "copies/chép-tay-qua-usb-zalo"],
    ["excel giữ tệp", "trouble/không-đọc-không-ghi-được-tệp-excel-đang-giữ"],
  ],
  en: [
    ["lost laptop", "trouble/a-lost-computer-or-stick"],
    ["next week", "roster/print-the-duty-sheet"],
    ["print next week", "roster/print-the-duty-sheet"],
    ["hand over desk", "copies/a-second-computer-an-election-site"],
    ["password", "trouble/passwords"],
    ["full disk", "trouble/the-disk-is-full"],
    ["update", "setup/updating"],
    ["upgrade", "setup/updating"],
    ["report incident form", "incidents/reports-on-forms-mẫu-03-mẫu-04"],
    ["white screen", "trouble/the-window-does-not-open-or-stays-white"],
  ],
};

describe.each(["vi", "en"] as const)("what an officer types at night in %s", (language) => {
  test.each(ASKED[language])("%s", async (words, place) => {
    expect(search((await handbookIn(language)).lines, words, 1)[0]?.id).toBe(place);
  });
});
