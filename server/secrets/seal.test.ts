import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { beforeAll, expect, test, vi } from "vitest";

const secret = randomBytes(32).toString("hex");

beforeAll(() => {
  vi.stubEnv("GANTRY_SECRET", secret);
});

test("what is sealed can be unsealed, and no two seals are equal", async () => {
  const { seal, unseal } = await load();
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      expect(unseal(seal(text))).toBe(text);
      expect(seal(text)).not.toBe(seal(text));
    }),
  );
});

test("a seal that was altered anywhere is refused", async () => {
  const { seal, unseal } = await load();
  const sealed = seal("postgres://app:secret@db/app");
  const [version, id, payload] = sealed.split(".") as [string, string, string];
  const bytes = Buffer.from(payload, "base64url");
  for (let at = 0; at < bytes.length; at += 1) {
    const altered = Buffer.from(bytes);
    altered[at] = (altered[at] ?? 0) ^ 1;
    expect(() => unseal(`${version}.${id}.${altered.toString("base64url")}`)).toThrow();
  }
  for (const broken of ["", "v1", "v1.x", `v2.${id}.${payload}`, `v1.${id}.AAAA`])
    expect(() => unseal(broken)).toThrow();
});

test("a text sealed with another key names that key and is refused", async () => {
  const { seal } = await load();
  const sealed = seal("x");
  const { unseal } = await load(randomBytes(32).toString("hex"));
  expect(() => unseal(sealed)).toThrow(/^Sealed with key [0-9a-f]{8}, but GANTRY_SECRET holds key [0-9a-f]{8}\.$/);
});

async function load(key = secret) {
  vi.resetModules();
  const { testSettings } = await import("#tests/support/settings.ts");
  for (const [name, value] of Object.entries(testSettings({ GANTRY_SECRET: key }))) vi.stubEnv(name, value);
  return await import("./seal.ts");
}
