// The people of a unit, for a field in which one of them is chosen.
import type { Option } from "../../parts/Pick.svelte";
import { commands, type PersonRow, type Refusal, type UnitRef } from "../../lib/api";
import { app } from "../../lib/app.svelte";
import { refusalOf, word } from "../../lib/words.svelte";

interface UnitPeople {
  /** `null` until they are known. */
  readonly people: PersonRow[] | null;
  readonly unit: UnitRef | null;
  readonly options: Option[];
}

/** The people of the unit in question, read anew with the book. Call it while a component is made. */
export function peopleOf(unit: () => string | null, refused: (refusal: Refusal) => void): UnitPeople {
  let people = $state.raw<PersonRow[] | null>(null);
  let known = $state.raw<UnitRef | null>(null);
  const id = $derived(unit());
  $effect(() => {
    void app.version;
    if (id === null) {
      people = null;
      return;
    }
    let late = false;
    commands.unitPage(id).then(
      (page) => {
        if (late) return;
        people = page.people;
        const { id, code, name, group } = page.unit;
        known = { id, code, name, group };
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
    (people ?? []).map((person) => ({
      id: person.id,
      title: person.full_name,
      detail: [word("role", person.role) || person.title, person.mobiles[0]].filter(Boolean).join(" · "),
    })),
  );
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
  };
}
