// The values that a field may take, in the order in which people are asked for them.
import type { Group, Kind, Means, Outcome, Post, Severity, Status, Tlp, Type } from "./api";

export const GROUPS: Group[] = ["party", "assembly", "department", "district", "commune", "telecom", "police", "polling", "other"];
export const POSTS: Post[] = ["main", "backup", "leader"];
export const KINDS: Kind[] = ["observation", "action", "decision", "communication", "handover", "note"];
export const MEANS: Means[] = ["phone", "message", "email", "document", "system", "in_person", "other"];
export const TYPES: Type[] = ["T01", "T02", "T03", "T04", "T05", "T06", "T07", "T08", "T09", "T10", "H01", "V01", "D01", "N01"];
export const SEVERITIES: Severity[] = ["low", "medium", "high", "serious"];
/** From the narrowest. */
export const TLPS: Tlp[] = ["red", "amber_strict", "amber", "green", "clear"];
export const STATUSES: Status[] = ["new", "in_hand", "contained", "resolved", "closed", "false_alarm"];
/** As the digits choose them where calls are noted. */
export const OUTCOMES: Outcome[] = ["answered", "no_answer", "wrong_number", "refused", "called_back"];

/** Somebody or something, as far as a form about them needs to know them. */
export interface Named {
  id: string;
  name: string;
}
