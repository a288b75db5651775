// Who is to be told of an incident.
import type { NoticesChanged, NoticeRow } from "../lib/api";
import { app } from "../lib/app.svelte";
import { say } from "../lib/words.svelte";
import { dateTime } from "../lib/time";

/** Whether nobody waits for it any more. */
export const settled = ({ state }: Pick<NoticeRow, "state">): boolean => state !== "due" && state !== "overdue";

/** Those that are to be sent first, each part as it came: by when they are due. */
export const toSendFirst = <T extends Pick<NoticeRow, "state">>(notices: T[]): T[] => [...notices.filter((notice) => !settled(notice)), ...notices.filter(settled)];

/** How many are still to be told: one place may wait for several reports. */
export const recipientsWaiting = (notices: Pick<NoticeRow, "state" | "recipient">[]): number =>
  new Set(notices.filter((notice) => !settled(notice)).map((notice) => notice.recipient)).size;

/** How many notices are not to be sent any more, by a change of the incident or of the rules, and how many of them were overdue. */
export const noMore = ({ gone, overdue, overdue_since }: NoticesChanged, by: "ui_notices_gone" | "ui_incident_notices_gone"): string[] => [
  ...(gone > 0 ? [say(by, { n: gone })] : []),
  ...(overdue_since !== null ? [say("ui_notices_gone_overdue", { n: overdue, at: dateTime(overdue_since) })] : []),
];

/** What was done to an incident, and how many notices went by it. */
export const withGone = (done: string, changed: NoticesChanged): string =>
  changed.gone > 0 ? [done.replace(/\.?$/, "."), ...noMore(changed, "ui_incident_notices_gone")].join(" ") : done;

/** Tells that an incident was changed; where notices went by it, a line of the log says so, which no undo takes back. */
export function tellChanged(done: string, changed: NoticesChanged): void {
  if (changed.gone > 0) app.lineWritten();
  app.toast(withGone(done, changed), { undo: changed.gone === 0 });
}
