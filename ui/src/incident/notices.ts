// Who is to be told of an incident.
import type { NoticeRow } from "../lib/api";

/** Whether nobody waits for it any more. */
export const settled = ({ state }: Pick<NoticeRow, "state">): boolean => state !== "due" && state !== "overdue";

/** Those that are to be sent first, each part as it came: by when they are due. */
export const toSendFirst = <T extends Pick<NoticeRow, "state">>(notices: T[]): T[] => [...notices.filter((notice) => !settled(notice)), ...notices.filter(settled)];

/** How many are still to be told: one place may wait for several reports. */
export const recipientsWaiting = (notices: Pick<NoticeRow, "state" | "recipient">[]): number =>
  new Set(notices.filter((notice) => !settled(notice)).map((notice) => notice.recipient)).size;
