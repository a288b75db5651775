import { expect, test } from "vitest";
import { atReceiverField, parseHandover } from "./handover";

test("a text is parted at its headings, and what is no part stays as it is", () => {
  const text = "BÀN GIAO CA TRỰC\nPhòng trực: từ 22/05/2016 18:00 đến 22/05/2016 21:47\nNgười giao: An\n\nSự cố đang mở (1)\n- DLK-3 · Cao: mất điện\n\nThông báo đã quá hạn: không có\n\nNhật ký trong ca: DLK-1 đến DLK-9 (9 dòng)\n";
  expect(parseHandover(text)).toEqual({
    title: "BÀN GIAO CA TRỰC",
    facts: ["Phòng trực: từ 22/05/2016 18:00 đến 22/05/2016 21:47", "Người giao: An"],
    parts: [
      { heading: "Sự cố đang mở (1)", rest: "", lines: ["DLK-3 · Cao: mất điện"] },
      { heading: "Thông báo đã quá hạn", rest: "không có", lines: [] },
      { heading: "Nhật ký trong ca", rest: "DLK-1 đến DLK-9 (9 dòng)", lines: [] },
    ],
  });
  expect(parseHandover("một dòng").title).toBe("một dòng");
});

test("who gives cannot take, which is told where the taker is named", () => {
  expect(atReceiverField({ code: "handover_self", params: { given: "An" } }).params).toEqual({ given: "An", field: "receiver" });
  expect(atReceiverField({ code: "empty", params: { field: "operator" } }).params.field).toBe("receiver");
  expect(atReceiverField({ code: "handover_received", params: { at: "x" } }).params).toEqual({ at: "x" });
});
