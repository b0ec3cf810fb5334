import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { beforeEach, expect, test, vi } from "vitest";
import { testSettings } from "#tests/support/settings.ts";
import { appsSource, makeNonce, pageHeaders, toastStyleHashes } from "./securityHeaders.ts";

beforeEach(() => {
  for (const [name, value] of Object.entries(testSettings())) vi.stubEnv(name, value);
  return () => vi.unstubAllEnvs();
});

test.each([
  ["http://{app}.localhost:4000", "http://*.localhost:4000"],
  ["https://{app}.apps.example.com/", "https://*.apps.example.com"],
  ["https://app-{app}.example.com", "https://*.example.com"],
  ["http://127.0.0.1:4000/apps/{app}", "http://127.0.0.1:4000"],
])("the apps at %s are reached as %s", (template, source) => {
  expect(appsSource(template)).toBe(source);
});

test("a page runs and writes nothing that the answer did not name", () => {
  const nonce = makeNonce();
  const policy = new Map(
    pageHeaders(nonce)
      ["content-security-policy"].split("; ")
      .map((directive) => [directive.split(" ")[0], directive]),
  );
  expect([...policy.values()].join(" ")).not.toMatch(/unsafe-|https?:\/\/\*(?:\s|$)| \* /);
  expect(policy.get("script-src")).toBe(`script-src 'self' 'nonce-${nonce}' 'strict-dynamic'`);
  expect(policy.get("style-src")).toContain(`'nonce-${nonce}'`);
  for (const closed of ["object-src", "base-uri", "frame-ancestors"]) expect(policy.get(closed)).toMatch(/ 'none'$/);
  expect(policy.get("form-action")).toBe("form-action 'self'");
});

test("no two answers have one nonce, and none can be guessed", () => {
  const nonces = new Set(Array.from({ length: 1000 }, makeNonce));
  expect(nonces.size).toBe(1000);
  for (const nonce of nonces) expect(Buffer.from(nonce, "base64")).toHaveLength(16);
});

test("the styles that are let in by their hash are those of the package of toasts", async () => {
  const code = await readFile(fileURLToPath(import.meta.resolve("sonner")), "utf8");
  const [, written = '""'] = /__insertCSS\(("(?:[^"\\]|\\.)*")\)/.exec(code) ?? [];
  const hashes = ["", JSON.parse(written) as string].map(
    (style) => `sha256-${createHash("sha256").update(style).digest("base64")}`,
  );
  expect(toastStyleHashes).toEqual(hashes);
});
