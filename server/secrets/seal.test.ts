import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { testSettings } from "#tests/support/settings.ts";
import { Keyring } from "./Keyring.ts";

const made = () => randomBytes(32).toString("hex");
const [older, newer] = [made(), made()];

test("what is sealed can be unsealed, and no two seals are equal", () => {
  const keyring = new Keyring([newer]);
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      expect(keyring.unseal(keyring.seal(text))).toBe(text);
      expect(keyring.seal(text)).not.toBe(keyring.seal(text));
    }),
  );
});

test("a seal that was altered anywhere is refused", () => {
  const keyring = new Keyring([newer, older]);
  const sealed = keyring.seal("postgres://app:secret@db/app");
  const [version, id, payload] = sealed.split(".") as [string, string, string];
  const bytes = Buffer.from(payload, "base64url");
  for (let at = 0; at < bytes.length; at += 1) {
    const altered = Buffer.from(bytes);
    altered[at] = (altered[at] ?? 0) ^ 1;
    expect(() => keyring.unseal(`${version}.${id}.${altered.toString("base64url")}`)).toThrow();
  }
  const [, otherId] = new Keyring([older]).seal("x").split(".");
  for (const broken of ["", "v1", "v1.x", `v2.${id}.${payload}`, `v1.${id}.AAAA`, `v1.${otherId}.${payload}`])
    expect(() => keyring.unseal(broken)).toThrow();
});

test("the newest key seals, and each of the others opens what it has sealed", () => {
  const before = new Keyring([older]).seal("x");
  const keyring = new Keyring([newer, older]);
  expect(keyring.unseal(before)).toBe("x");
  expect(keyring.seal("x").startsWith(keyring.prefix)).toBe(true);
  expect(before.startsWith(keyring.prefix)).toBe(false);
  expect(new Keyring([newer]).unseal(keyring.seal("y"))).toBe("y");
});

test("a text sealed with another key names that key and is refused", () => {
  const sealed = new Keyring([older]).seal("x");
  const open = () => new Keyring([newer]).unseal(sealed);
  expect(open).toThrow(/^Sealed with key [0-9a-f]{8}, but there is only key [0-9a-f]{8}\.$/);
});

test("the settings name the keys", async () => {
  const keys = { GANTRY_SECRET: newer, GANTRY_SECRET_PREVIOUS: `${made()},${older}` };
  for (const [name, value] of Object.entries(testSettings(keys))) vi.stubEnv(name, value);
  const { seal, unseal } = await import("./seal.ts");
  expect(unseal(new Keyring([older]).seal("x"))).toBe("x");
  expect(new Keyring([newer]).unseal(seal("x"))).toBe("x");
  vi.unstubAllEnvs();
});
