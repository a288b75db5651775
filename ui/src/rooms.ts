// Everything but the room the window opens in; read after that one stands.
export { default as Forms } from "./Forms.svelte";
export { default as Finder } from "./search/Finder.svelte";
export { default as Calls } from "./directory/Calls.svelte";
export { default as Directory } from "./directory/Directory.svelte";
export { default as Handover } from "./log/Handover.svelte";
export { default as Import } from "./import/Import.svelte";
export { default as Incident } from "./incident/Incident.svelte";
export { default as Incidents } from "./incident/Incidents.svelte";
export { default as Log } from "./log/Log.svelte";
export { default as People } from "./directory/People.svelte";
export { default as Person } from "./directory/Person.svelte";
export { default as Privacy } from "./privacy/Privacy.svelte";
export { default as Roster } from "./duty/roster/Roster.svelte";
export { default as Settings } from "./office/Settings.svelte";
export { default as DutySheet } from "./report/DutySheet.svelte";
export { default as Unit } from "./directory/Unit.svelte";
export { default as Welcome } from "./book/Welcome.svelte";
