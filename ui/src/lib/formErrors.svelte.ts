// What is wrong in a form is told at the field it is about, in the words of that field's label; what
// is about none of its fields the form tells itself.
import { getContext, onDestroy, setContext } from "svelte";
import type { Refusal } from "./api";
import { why } from "./words.svelte";

interface Form {
  refusal(): Refusal | null;
  /** The names of its fields. */
  fields: Set<string>;
  /** Of each field that takes its time: whether it holds what is seen in it. */
  settled: Set<() => Promise<boolean>>;
}

const FORM = Symbol("form");

/** Makes the component a form. Gives what none of its fields tells, and whether its fields hold what is seen in them. Call it while it is made. */
export function formErrors(refusal: () => Refusal | null): { readonly rest: Refusal | null; settled(): Promise<boolean> } {
  const fields = new Set<string>();
  const settled = new Set<() => Promise<boolean>>();
  setContext<Form>(FORM, { refusal, fields, settled });
  return {
    async settled() {
      const all = await Promise.all([...settled].map((holds) => holds()));
      return all.every(Boolean);
    },
    get rest() {
      const now = refusal();
      return now && fields.has(now.params.field ?? "") ? null : now;
    },
  };
}

/** Makes the component a field, if it has a name. Gives what is wrong with it, until it is changed. A field that takes what was typed later than it was typed says when it holds it. Call it while it is made. */
export function fieldError(name: () => string, label: () => string, settled?: () => Promise<boolean>): { readonly wrong: string; changed(): void } {
  const form = getContext<Form | undefined>(FORM);
  let passed = $state.raw<Refusal | null>(null);
  const mine = name();
  if (form && mine) {
    form.fields.add(mine);
    onDestroy(() => form.fields.delete(mine));
  }
  if (form && settled) {
    form.settled.add(settled);
    onDestroy(() => form.settled.delete(settled));
  }
  return {
    get wrong() {
      const now = form?.refusal() ?? null;
      if (!mine || !now || now === passed || now.params.field !== mine) return "";
      return why({ ...now, params: { ...now.params, field: label() } });
    },
    changed() {
      passed = form?.refusal() ?? null;
    },
  };
}
