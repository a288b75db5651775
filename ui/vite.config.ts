import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";
import { handbook } from "./handbook";

export default defineConfig({
  plugins: [handbook(), svelte()],
  build: {
    // The one engine on Linux, and Edge's on Windows: 105 is the first with `:has`, by which printing goes.
    target: ["safari16", "edge105"],
    assetsInlineLimit: 0,
    modulePreload: false,
    chunkSizeWarningLimit: 1000,
  },
  test: { include: ["src/**/*.test.ts"] },
});
