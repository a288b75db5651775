// What somebody says that the columns of a file hold.
import { fold } from "../lib/fold";

export type Layout = [heading: string, field: string | null][];

/** Fields that several columns may hold. */
const MANY: (string | null)[] = ["mobiles", "landline"];

const isSame = (a: string, b: string) => fold(a) === fold(b);

/** The layout with one heading said anew. A field that another column was said to hold moves. */
export function withColumn(layout: Layout, heading: string, field: string | null): Layout {
  const stays = (known: string | null) => known === null || known !== field || MANY.includes(field);
  return [...layout.filter(([of, known]) => !isSame(of, heading) && stays(known)), [heading, field]];
}
