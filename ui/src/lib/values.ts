// The values that a field may take, in the order in which people are asked for them: the core's.
import * as known from "./api";
import type { Group, Kind, Means, Outcome, Post, Severity, Status, Tlp, Type } from "./api";

export const GROUPS: Group[] = [...known.GROUPS];
export const POSTS: Post[] = [...known.POSTS];
export const KINDS: Kind[] = [...known.KINDS];
export const MEANS: Means[] = [...known.MEANS];
export const TYPES: Type[] = [...known.TYPES];
export const SEVERITIES: Severity[] = [...known.SEVERITIES];
/** From the narrowest. */
export const TLPS: Tlp[] = [...known.TLPS];
export const STATUSES: Status[] = [...known.STATUSES];
/** As `Ctrl` with a digit notes them in the calls, and the digit chooses them in the form of one. */
export const OUTCOMES: Outcome[] = [...known.OUTCOMES];

/** Somebody or something, as far as a form about them needs to know them. */
export interface Named {
  id: string;
  name: string;
}
