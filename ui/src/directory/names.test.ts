import { expect, test } from "vitest";
import { givenName } from "./names";

test("people are called by their given name", () => {
  const check = (name: string, expected: string) => expect(givenName(name)).toBe(expected);
  check("Nguyễn Văn Thử", "Thử");
  check("  Thử ", "Thử");
  check("Y Bhăm Niê", "Y Bhăm");
  check("H’Loan Êban", "H’Loan");
});
