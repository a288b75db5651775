import { expect, test } from "vitest";
import { dragged, gripAt, nudged } from "./drag";
import { HOUR, midnight, MINUTE } from "../../lib/time";

const day = midnight(Date.UTC(2016, 4, 22));
const at = (hour: number, minute = 0) => day + hour * HOUR + minute * MINUTE;
const shift = { from: at(7), to: at(19) };
const QUARTER = 15 * MINUTE;

test("a shift is taken by its edges or as a whole", () => {
  expect([gripAt(3, 100), gripAt(50, 100), gripAt(95, 100)]).toEqual(["from", "whole", "to"]);
  // A narrow one has a middle too.
  expect([gripAt(1, 8), gripAt(4, 8), gripAt(7, 8)]).toEqual(["from", "whole", "to"]);
});

test("moved, it keeps its length and comes to a step", () => {
  expect(dragged(shift, "whole", 100 * MINUTE, QUARTER)).toEqual({ from: at(8, 45), to: at(20, 45) });
  expect(dragged(shift, "whole", -100 * MINUTE, HOUR)).toEqual({ from: at(5), to: at(17) });
});

test("what begins beside the step stays there until it is moved", () => {
  const odd = { from: at(7, 10), to: at(19, 10) };
  expect(dragged(odd, "whole", 10 * MINUTE, HOUR)).toEqual(odd);
  expect(dragged(odd, "whole", 40 * MINUTE, HOUR)).toEqual({ from: at(8), to: at(20) });
});

test("an edge goes alone, and not beyond the other", () => {
  expect(dragged(shift, "to", -3 * HOUR, HOUR)).toEqual({ from: at(7), to: at(16) });
  expect(dragged(shift, "from", 2 * HOUR, HOUR)).toEqual({ from: at(9), to: at(19) });
  expect(dragged(shift, "to", -20 * HOUR, HOUR)).toEqual({ from: at(7), to: at(8) });
  expect(dragged(shift, "from", 20 * HOUR, HOUR)).toEqual({ from: at(18), to: at(19) });
});

test("with the keys it goes a step at a time", () => {
  expect(nudged(shift, "whole", -QUARTER)).toEqual({ from: at(6, 45), to: at(18, 45) });
  expect(nudged(shift, "to", QUARTER)).toEqual({ from: at(7), to: at(19, 15) });
  const short = { from: at(7), to: at(7, 15) };
  expect(nudged(short, "to", -QUARTER)).toEqual(short);
});
