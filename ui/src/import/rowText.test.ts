import { expect, test } from "vitest";
import type { Column, Fault } from "../lib/api";
import { isFaultOf, nameOf } from "./rowText";

const column = (heading: string, over = ""): Column => ({ heading, over, field: null, samples: [] });

test("a column is called by what stands over its heading too, once", () => {
  expect(nameOf(column("SĐT", "Đầu mối dự phòng"))).toBe("Đầu mối dự phòng › SĐT");
  expect(nameOf(column("Điện thoại cố định", "ĐIỆN THOẠI"))).toBe("Điện thoại cố định");
  expect(nameOf(column("SĐT"))).toBe("SĐT");
});

test("of columns with one heading the one that holds it is wrong", () => {
  const fault: Fault = { column: "SĐT", value: "09O5", expected: "phone", nearest: null };
  const two = { columns: [column("SĐT"), column("SĐT")] };
  const one = { columns: [column("SĐT"), column("Zalo")] };
  expect([isFaultOf(fault, "SĐT", "0905 700 001", two), isFaultOf(fault, "SĐT", " 09O5", two)]).toEqual([false, true]);
  expect([isFaultOf(fault, "SĐT", "0905 700 001", one), isFaultOf(fault, "Zalo", "09O5", one)]).toEqual([true, false]);
});
