// What is changed of an incident.
import type { IncidentPatch } from "../lib/api";

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

/** The texts that the reports ask for, as a form asks for them, each with how many lines it has room for. */
export const FACTS = {
  happened: { description: 4, detected_by: 1, informed: 1, support: 1 },
  system: {
    systems: 1,
    purpose: 1,
    operating_unit: 1,
    owner_body: 1,
    security_provider: 1,
    connection_provider: 1,
    os: 1,
    services: 1,
    measures: 1,
    public_ip: 1,
    domains: 1,
  },
  outcome: { cause: 2, scope: 2, remedy: 2, result: 2, damage: 2 },
} as const;

export type Fact = { [Part in keyof typeof FACTS]: keyof (typeof FACTS)[Part] }[keyof typeof FACTS];
export const FACT_NAMES = Object.values(FACTS).flatMap((part) => Object.keys(part)) as Fact[];

/** What was answered since: of `key=yes; key=no` those that differ from before, and those taken away. */
export function changedAnswers(answers: string | null, before: string | null): [key: string, answer: "yes" | "no" | "unknown"][] {
  const read = (text: string | null) => new Map((text ?? "").split("; ").filter(Boolean).map((answer) => answer.split("=") as [string, "yes" | "no"]));
  const [now, then] = [read(answers), read(before)];
  return [...[...now].filter(([key, answer]) => then.get(key) !== answer), ...[...then.keys()].filter((key) => !now.has(key)).map((key): [string, "unknown"] => [key, "unknown"])];
}
