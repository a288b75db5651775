// Every word on the screen comes from the catalogue that the terminal speaks from too.
import vi from "../../../assets/messages/vi.json";
import type { Language, Refusal, Said } from "./api";

export type Key = keyof typeof vi;
export type Values = Record<string, string | number>;

/** English comes when it is asked for. */
const catalogues: Record<Language, Record<string, string>> = { vi, en: {} };
export const LANGUAGES: { id: Language; title: string }[] = [
  { id: "vi", title: "Tiếng Việt" },
  { id: "en", title: "English" },
];
let language = $state<Language>("vi");

export const currentLanguage = (): Language => language;
export const locale = (): string => (language === "vi" ? "vi-VN" : "en-GB");

export async function setLanguage(chosen: Language): Promise<void> {
  if (chosen === "en") catalogues.en = (await import("../../../assets/messages/en.json")).default;
  language = chosen;
  document.documentElement.lang = chosen;
}

/** The message of a key; of `one|many` the part that fits `n`. */
export function say(key: Key, values: Values = {}): string {
  return fill(catalogues[language][key] ?? key, values);
}

function fill(message: string, values: Values): string {
  const [one, many] = message.split("|");
  const fitting = (many !== undefined && values.n !== 1 ? many : one) ?? "";
  return fitting.replace(/\{(\w+)\}/g, (_, name: string) => count(values[name] ?? ""));
}

const count = (value: string | number): string => (typeof value === "number" ? formatNumber(value) : value);

/** A whole number with its thousands apart: `1.204`, in English `1,204`. */
export const formatNumber = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, language === "vi" ? "." : ",");

/** A text in the language in use. */
export const inLanguage = (text: Said): string => text[language];

/** The name of a known value, such as a role or a status. */
export function word(field: string, value: string | null | undefined): string {
  if (value === null || value === undefined) return "";
  return catalogues[language][`${field}_${value}`] ?? value;
}

/** Why something was not done, as a sentence. */
export function why(refusal: Refusal): string {
  const words = catalogues[language];
  const values: Values = {};
  for (const [name, value] of Object.entries(refusal.params)) {
    const known =
      name === "field" ? words[`field_${value}`] : name === "what" ? words[`count_${value}`] : undefined;
    values[name] = known ?? value ?? "";
  }
  const reason = refusal.params.why_key;
  if (reason) values.why = words[`why_${reason}`] ?? reason;
  const message = words[`ui_error_${refusal.code}`] ?? words[`error_${refusal.code}`] ?? refusal.code;
  const text = fill(message, values);
  return text.charAt(0).toLocaleUpperCase(locale()) + text.slice(1);
}

/** What was thrown, as a refusal. */
export function refusalOf(thrown: unknown): Refusal {
  if (typeof thrown === "object" && thrown !== null && "code" in thrown && "params" in thrown) {
    return thrown as Refusal;
  }
  return { code: "window", params: { why: String(thrown) } };
}
