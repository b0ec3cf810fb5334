import { expect, test } from "vitest";
import { readAdvisories } from "./advisories.ts";
import type { Lock, Manifest } from "./Lock.ts";
import { licenceFaults } from "./licences.ts";
import { lockFaults } from "./lockFaults.ts";

const integrity = "sha512-x";
const manifest: Manifest = { dependencies: { a: "1.0.0", b: "^2.1.0" } };
const locked = (more: Lock["packages"], asked: Manifest = manifest): Lock => ({
  lockfileVersion: 3,
  packages: { "": asked, "node_modules/a": { version: "1.0.0", integrity }, ...more },
});

test("a lock that pins everything is sound", () => {
  expect(lockFaults({ lock: locked({}), manifest })).toEqual([]);
});

test.each<[string, Lock["packages"][string], string]>([
  ["node_modules/c", { version: "1.0.0" }, "has no SHA-512"],
  ["node_modules/c", { version: "1.0.0", integrity: "sha1-x" }, "has no SHA-512"],
  ["node_modules/c", { version: "1.0.0", integrity, resolved: "https://evil.example/c.tgz" }, "comes from"],
  ["node_modules/c", { version: "1.0.0", integrity, resolved: "git+ssh://git@github.com/c" }, "comes from"],
  ["node_modules/c", { link: true, resolved: "../c" }, "is a link"],
  ["node_modules/a/node_modules/@x/c", { version: "1.0.0", integrity, hasInstallScript: true }, "runs a script"],
])("a lock with %s as %j is not", (place, entry, fault) => {
  expect(lockFaults({ lock: locked({ [place]: entry }), manifest })[0]).toContain(fault);
});

test.each(["*", "latest", ">=1", "~1.0.0", "1.x", "git+https://github.com/c/c", "file:../c", "npm:d@^1.0.0"])(
  "package.json does not ask for %s",
  (version) => {
    const asked = { dependencies: { ...manifest.dependencies, c: version } };
    expect(lockFaults({ lock: locked({}, asked), manifest: asked })).toHaveLength(1);
  },
);

test("a lock that was made for another package.json is told", () => {
  const faults = lockFaults({ lock: locked({}, { dependencies: { a: "1.0.0", old: "1.0.0" } }), manifest });
  expect(faults).toEqual(["package-lock.json was not made for b ^2.1.0.", "package-lock.json still has old."]);
});

test.each([
  ["MIT", true],
  ["(MIT OR GPL-3.0)", true],
  ["Apache-2.0 AND BSD-3-Clause", true],
  ["MIT AND GPL-3.0", false],
  ["AGPL-3.0", false],
  ["none", false],
  ["SEE LICENSE IN LICENSE", false],
])("a package under %s is let in: %s", (licence, isLetIn) => {
  expect(licenceFaults([{ name: "c", version: "1.0.0", licence }])).toHaveLength(isLetIn ? 0 : 1);
});

test("what is known against packages fails where it is grave; where nobody can be asked, that is told", () => {
  const vulnerabilities = { c: { severity: "high", range: "<2" }, d: { severity: "low", range: "*" } };
  expect(readAdvisories(JSON.stringify({ vulnerabilities }))).toEqual({
    faults: ["c <2: high."],
    notes: ["d *: low."],
  });
  expect(readAdvisories("")).toEqual({ unknown: "npm audit gave no answer" });
  expect(readAdvisories('{"message":"405 Method Not Allowed"}')).toEqual({
    unknown: "the registry answers “405 Method Not Allowed”",
  });
});
