// A change of one's own, in words.
import type { OwnChange } from "../lib/api";
import { say } from "../lib/words.svelte";

/** What a change did: "thêm 12 ca trực". */
export const changeDone = (change: OwnChange): string =>
  change.parts.map(({ did, kind, count }) => `${say(`did_${did}`)} ${count} ${say(`count_${kind}` as never)}`).join(", ");

/** The nouns by name, and how many there are besides. */
export const changeNames = ({ names, more }: OwnChange): string => [names.join(", "), more > 0 && names.length > 0 ? say("ui_and_more_names", { n: more }) : ""].join(" ").trim();
