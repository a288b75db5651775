// Everything but the room the window opens in; read after that one stands.
export { default as Ask } from "./parts/Ask.svelte";
export { default as Finder } from "./parts/Finder.svelte";
export { default as Calls } from "./rooms/Calls.svelte";
export { default as Directory } from "./rooms/Directory.svelte";
export { default as Handover } from "./rooms/Handover.svelte";
export { default as Import } from "./rooms/Import.svelte";
export { default as Incident } from "./rooms/Incident.svelte";
export { default as Incidents } from "./rooms/Incidents.svelte";
export { default as Log } from "./rooms/Log.svelte";
export { default as People } from "./rooms/People.svelte";
export { default as Person } from "./rooms/Person.svelte";
export { default as Privacy } from "./rooms/Privacy.svelte";
export { default as Roster } from "./rooms/Roster.svelte";
export { default as Settings } from "./rooms/Settings.svelte";
export { default as Sheet } from "./rooms/Sheet.svelte";
export { default as Unit } from "./rooms/Unit.svelte";
export { default as Welcome } from "./rooms/Welcome.svelte";
