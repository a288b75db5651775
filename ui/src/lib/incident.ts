import type { Severity, Status, Type } from "./api";

export const TYPES: Type[] = ["T01", "T02", "T03", "T04", "T05", "T06", "T07", "T08", "T09", "T10", "H01", "V01", "D01", "N01"];
export const SEVERITIES: Severity[] = ["low", "medium", "high", "serious"];
export const STATUSES: Status[] = ["new", "in_hand", "contained", "resolved", "closed", "false_alarm"];
