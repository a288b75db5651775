// The people of a unit, for a field in which one of them is chosen.
import type { Option } from "../../parts/Pick.svelte";
import { commands, type Candidate, type Refusal, type UnitRef } from "../../lib/api";
import { app } from "../../lib/app.svelte";
import { awayUntil } from "../../directory/absence";
import { refusalOf, say, word } from "../../lib/words.svelte";

interface UnitPeople {
  /** `null` until they are known. */
  readonly people: Candidate[] | null;
  readonly unit: UnitRef | null;
  readonly options: Option[];
  /** Said of who is chosen and has leave then. */
  readonly away: string;
}

/**
 * The people of the unit in question, read anew with the book; who has leave in the span, or at its
 * first moment, is marked and comes last. Call it while a component is made.
 */
export function peopleOf(unit: () => string | null, when: () => { from: number | null; to: number | null }, chosen: () => string | null, refused: (refusal: Refusal) => void): UnitPeople {
  let people = $state.raw<Candidate[] | null>(null);
  let known = $state.raw<UnitRef | null>(null);
  const id = $derived(unit());
  const from = $derived(when().from);
  const to = $derived(when().to);
  $effect(() => {
    void app.version;
    if (id === null) {
      people = null;
      return;
    }
    let late = false;
    commands.candidates(id, from, to).then(
      (answer) => {
        if (!late) ({ unit: known, people } = answer);
      },
      (thrown: unknown) => {
        if (!late) refused(refusalOf(thrown));
      },
    );
    return () => {
      late = true;
    };
  });
  const options = $derived(
    (people ?? []).map(({ person, title, away }) => ({
      id: person.id,
      title: person.full_name,
      detail: away ? awayUntil(away[1]) : [word("role", person.role) || title, person.number].filter(Boolean).join(" · "),
      warns: away !== null,
    })),
  );
  const away = $derived.by(() => {
    const one = people?.find(({ person }) => person.id === chosen());
    return one?.away ? say("ui_chosen_away", { name: one.person.full_name, away: awayUntil(one.away[1]) }) : "";
  });
  return {
    get people() {
      return people;
    },
    get unit() {
      return known;
    },
    get options() {
      return options;
    },
    get away() {
      return away;
    },
  };
}
