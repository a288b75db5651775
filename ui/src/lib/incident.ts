// What is changed of an incident.
import type { IncidentPatch } from "./api";

/** Nothing of it. */
export const NO_PATCH: IncidentPatch = {
  title: null,
  unit: null,
  type: null,
  severity: null,
  status: null,
  detected_at: null,
  note: null,
  owner: null,
  units: null,
  related: null,
  system_level: null,
  tlp: null,
  confidential: null,
  facts: [],
};
