import { expect, test, vi } from "vitest";
import { exportName } from "./exportFile";
import { parseTime } from "../lib/time";

vi.mock("../lib/app.svelte", () => ({ desk: {} }));

const now = Date.UTC(2016, 4, 22, 14, 47);
const at = (text: string) => parseTime(text, now) ?? 0;

test("a file is called what is in it", () => {
  expect(exportName("Danh bạ", {}, now)).toBe("Danh bạ 22/05/2016");
  expect(exportName("Lịch trực", { period: "Bầu cử 2016" }, now)).toBe("Lịch trực Bầu cử 2016");
  expect(exportName("Lịch trực", { from: at("16/05"), to: at("26/05"), unit: "Sở Y tế" }, now)).toBe("Lịch trực Sở Y tế 16–25/05/2016");
});
