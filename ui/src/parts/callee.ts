// Who is called on a number, and what came of it.
import type { CallOption, VainCall } from "../lib/api";
import { say, word } from "../lib/words.svelte";
import { moment } from "../lib/time";

/** Who answers on a number of a unit. */
export const calleeName = (call: CallOption): string => call.person?.full_name ?? say("ui_switchboard");

/** What came of a call in vain, and when. */
export const vainText = ({ outcome, at }: VainCall, now: number): string => say("out_vain", { outcome: word("outcome", outcome), at: moment(at, now) });
