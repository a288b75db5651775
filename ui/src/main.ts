import "@fontsource/be-vietnam-pro/latin-400.css";
import "@fontsource/be-vietnam-pro/latin-500.css";
import "@fontsource/be-vietnam-pro/latin-600.css";
import "@fontsource/be-vietnam-pro/latin-ext-400.css";
import "@fontsource/be-vietnam-pro/latin-ext-500.css";
import "@fontsource/be-vietnam-pro/latin-ext-600.css";
import "@fontsource/be-vietnam-pro/vietnamese-400.css";
import "@fontsource/be-vietnam-pro/vietnamese-500.css";
import "@fontsource/be-vietnam-pro/vietnamese-600.css";
import "./app.css";
import { flushSync, mount } from "svelte";
import App from "./App.svelte";
import { commands } from "./lib/api";
import { desk } from "./lib/desk.svelte";
import { speak } from "./lib/say.svelte";
import { follow } from "./lib/theme";

// Nothing is drawn before the words, the colours, the letters and the first answer are here.
const letters = [400, 500, 600].map((weight) => document.fonts.load(`${weight} 14px "Be Vietnam Pro"`, "aạắŏ"));
const [desktop] = await Promise.all([commands.desktop(), desk.listen(), ...letters]);
speak(desktop.language);
follow(desktop.theme);
if (desktop.open) await desk.refresh();
mount(App, { target: document.body, props: { desktop } });
flushSync();
await commands.ready();

// A hidden window draws no frames; and a room that has nothing but its title waits for its list.
const frame = () => new Promise(requestAnimationFrame);
do await frame();
while (document.querySelector(".room > .title:only-child"));
await frame();
void commands.drawn();
