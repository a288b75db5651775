import type { Theme } from "./api";

const dark = matchMedia("(prefers-color-scheme: dark)");
const contrast = matchMedia("(prefers-contrast: more)");
let chosen: Theme = "system";

function wear(): void {
  const system = contrast.matches ? "contrast" : dark.matches ? "dark" : "light";
  document.documentElement.dataset.theme = chosen === "system" ? system : chosen;
}

dark.addEventListener("change", wear);
contrast.addEventListener("change", wear);

/** Wears the colours that were chosen, or the system's. */
export function applyTheme(theme: Theme): void {
  chosen = theme;
  wear();
}
