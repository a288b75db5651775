import { expect, test } from "vitest";
import vi from "../../../assets/messages/vi.json";

const sources = import.meta.glob<string>(["/src/**/*.svelte", "/src/**/*.ts", "!/src/**/*.test.ts", "!/src/lib/api.ts"], { query: "?raw", import: "default", eager: true });
const text = Object.values(sources).join("\n");

test("every word of the window is said somewhere", () => {
  const begun = [...text.matchAll(/`(ui_[a-z_]*)\$\{/g)].map((found) => found[1] ?? "");
  const unsaid = Object.keys(vi)
    .filter((key) => key.startsWith("ui_"))
    .filter((key) => !text.includes(key) && !begun.some((start) => key.startsWith(start)));
  expect(unsaid).toEqual([]);
});
