import "./letters.css";
import "./app.css";
import "./contrast.css";
import { flushSync, mount } from "svelte";
import App from "./App.svelte";
import { hearOfBooks } from "./book/handed";
import { commands, type Start } from "./lib/api";
import { allAnswered, app } from "./lib/app.svelte";
import { importing } from "./import/importing.svelte";
import { keepKeysFromBrowser } from "./lib/keys";
import { setLanguage } from "./lib/words.svelte";
import { applyTheme } from "./lib/theme";

// The page stays unseen on the paper of the window until the words, the colours, the letters and
// the first room are here.
async function start(): Promise<void> {
  keepKeysFromBrowser();
  const letters = [400, 500, 600].map((weight) => document.fonts.load(`${weight} 14px "Be Vietnam Pro"`, "aạ"));
  const listening = Promise.all([app.listen(), importing.listen(), hearOfBooks()]);
  const here = JSON.parse(document.getElementById("start")?.textContent ?? "null") as Start | null;
  const first = here ?? (await commands.start());
  app.begin(first);
  const { desktop } = first;
  if (desktop.language !== "vi") await setLanguage(desktop.language);
  const page = mount(App, { target: document.body, props: { desktop } });
  if (desktop.open && !app.frame) await app.refresh();
  if (!app.frame) await page.furnish();
  flushSync();
  await Promise.all([allAnswered(), listening, ...letters]);
  flushSync();
  applyTheme(desktop.theme);
  void commands.ready();

  const frame = () => new Promise(requestAnimationFrame);
  await frame();
  await frame();
  void commands.drawn();
  await page.furnish();
  if (desktop.list_waits) importing.take();
}

void start();
