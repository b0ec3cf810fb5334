import { expect, test } from "vitest";
import { codeAt, enrolmentAddress, newSecret, stepOf } from "./timeCodes.ts";

/** Base32 of `12345678901234567890`, the secret of RFC 6238. */
const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

test.each([
  [59, "287082"],
  [1_111_111_109, "081804"],
  [1_111_111_111, "050471"],
  [1_234_567_890, "005924"],
  [2_000_000_000, "279037"],
  [20_000_000_000, "353130"],
])("codes are those of RFC 6238 at %d", (seconds, code) => {
  expect(codeAt(secret, 1000 * seconds)).toBe(code);
  const step = Math.floor(seconds / 30);
  for (const away of [-30, 0, 30]) expect(stepOf(code, secret, 1000 * (seconds + away))).toBe(step);
  for (const away of [-60, 60, 3600]) expect(stepOf(code, secret, 1000 * (seconds + away))).toBe(null);
});

test("secrets are 160 random bits, and names cannot break out of the address that shows them", () => {
  expect(newSecret()).toMatch(/^[A-Z2-7]{32}$/);
  expect(newSecret()).not.toBe(newSecret());
  const address = new URL(enrolmentAddress(secret, { app: "A&B: x?secret=1", account: "ada+x@example.com" }));
  expect(address.searchParams.get("secret")).toBe(secret);
  expect(address.searchParams.get("issuer")).toBe("A&B: x?secret=1");
});
