import "./letters.css";
import "./app.css";
import { flushSync, mount } from "svelte";
import App from "./App.svelte";
import { commands, type Start } from "./lib/api";
import { answers, desk } from "./lib/desk.svelte";
import { importing } from "./import/importing.svelte";
import { speak } from "./lib/say.svelte";
import { follow } from "./lib/theme";

// The page stays unseen on the paper of the window until the words, the colours, the letters and
// the first room are here.
async function start(): Promise<void> {
  const letters = [400, 500, 600].map((weight) => document.fonts.load(`${weight} 14px "Be Vietnam Pro"`, "aạ"));
  const listening = Promise.all([desk.listen(), importing.listen()]);
  const here = JSON.parse(document.getElementById("start")?.textContent ?? "null") as Start | null;
  const first = here ?? (await commands.start());
  desk.begin(first);
  const { desktop } = first;
  if (desktop.language !== "vi") await speak(desktop.language);
  const app = mount(App, { target: document.body, props: { desktop } });
  if (desktop.open && !desk.frame) await desk.refresh();
  if (!desk.frame) await app.furnish();
  flushSync();
  await Promise.all([answers(), listening, ...letters]);
  flushSync();
  follow(desktop.theme);
  void commands.ready();

  const frame = () => new Promise(requestAnimationFrame);
  await frame();
  await frame();
  void commands.drawn();
  await app.furnish();
}

void start();
