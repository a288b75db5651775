import { expect, test } from "vitest";
import { withLine, withNotices } from "./rules";
import { say } from "../lib/words.svelte";

test("a line is changed, added or taken away in its place", () => {
  expect(withLine(["a", "b"], 1, "c")).toEqual(["a", "c"]);
  expect(withLine(["a", "b"], 2, "c")).toEqual(["a", "b", "c"]);
  expect(withLine(["a", "b", "c"], 1, "")).toEqual(["a", "c"]);
});

test("what comes and goes by a rule is told with it", () => {
  const [gone, come] = [say("ui_notices_gone", { n: 2 }), say("ui_notices_come", { n: 1 })];
  const none = { gone: 0, overdue: 0, overdue_since: null, come: 0 };
  const all = (notices: Partial<typeof none>) => ({ notices: { ...none, ...notices }, kept: [], moved: [] });
  expect(withNotices("Xong.", all({}))).toBe("Xong.");
  expect(withNotices("Xong.", all({ gone: 2 }))).toBe(`Xong. ${gone}`);
  expect(withNotices("Xong.", all({ gone: 2, come: 1 }))).toBe(`Xong. ${gone} ${come}`);
  const overdue = withNotices("Xong.", { ...all({}), notices: { gone: 2, overdue: 1, overdue_since: 1463925000000, come: 0 } });
  expect(overdue).toContain(`Xong. ${gone} Trong đó 1 thông báo đã quá hạn`);
  const what = { vi: "Báo cáo", en: "Report" };
  const kept = withNotices("Xong.", { ...all({}), kept: [{ what, whom: "Công an tỉnh", due_at: 1463925000000 }] });
  expect(kept).toBe("Xong. Theo bộ quy định cũ vẫn còn 1 việc phải báo: Báo cáo – Công an tỉnh.");
  const moved = withNotices("Xong.", { ...all({}), moved: [{ what, whom: "Công an tỉnh", from: 1463925000000, to: 1463928600000 }] });
  expect(moved).toContain("1 thông báo đổi hạn: Báo cáo – Công an tỉnh: hạn cũ ");
});
