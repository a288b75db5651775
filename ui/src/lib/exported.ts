// What left the book as a file.
import type { Exported } from "./api";
import { desk } from "./desk.svelte";
import { say, why } from "./say.svelte";

/** Tells where a file was written; `null` when none was chosen. */
export function told(exported: Exported | null): void {
  if (exported === null) return;
  desk.tell(say("out_exported", { file: exported.file }));
  if (exported.unnoted) desk.tell(say("out_not_noted", { why: why(exported.unnoted) }), { bad: true });
}
