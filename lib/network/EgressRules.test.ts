import { describe, expect, test } from "vitest";
import { EgressRules, readException } from "./EgressRules.ts";

const guarded = new Set([5432, 9999]);
const plain = { anyPort: false };

function allows(allow: readonly string[], to: string, host = "x.example"): boolean {
  const [, address = "", port = ""] = /^(.*):(\d+)$/.exec(to) ?? [];
  return new EgressRules(allow, guarded).allows({ host, address, port: Number(port) }, plain);
}

describe("without exceptions", () => {
  test("public addresses are reached at the ports of the web and at high ones", () => {
    for (const port of [80, 443, 1024, 8443]) expect(allows([], `8.8.8.8:${port}`)).toBe(true);
    for (const port of [22, 25, 465, 587, 5432, 9999]) expect(allows([], `8.8.8.8:${port}`)).toBe(false);
    expect(new EgressRules([], guarded).allows({ host: "x", address: "8.8.8.8", port: 587 }, { anyPort: true })).toBe(
      true,
    );
  });

  test("no others are", () => {
    for (const to of ["127.0.0.1:80", "10.0.0.1:443", "::1:80", "fd00::1:443"]) expect(allows([], to)).toBe(false);
  });
});

describe("an exception", () => {
  test.each([
    ["10.0.0.0/8", "10.9.9.9:8080", true],
    ["10.0.0.0/8", "11.0.0.1:22", false],
    ["10.0.0.0/8", "192.168.0.1:80", false],
    ["10.0.0.0/8", "::ffff:10.1.1.1:80", true],
    ["10.0.0.0/8:8080", "10.1.1.1:8080", true],
    ["10.0.0.0/8:8080", "10.1.1.1:8081", false],
    ["127.0.0.1", "127.0.0.1:22", true],
    ["127.0.0.1", "127.0.0.2:80", false],
    ["127.0.0.1:8080", "127.0.0.1:8080", true],
    ["127.0.0.1:8080", "127.0.0.1:80", false],
    ["fd00::/8", "fd12::1:80", true],
    ["[fd00::/8]:80", "fd12::1:80", true],
    ["[::1]:80", "::1:80", true],
    ["[::1]:80", "::1:81", false],
    ["::1", "::1:81", true],
    // A network that holds everything opens neither what tells secrets nor the ports of our own servers.
    ["0.0.0.0/0", "169.254.169.254:80", false],
    ["169.254.169.254:80", "169.254.169.254:80", false],
    ["::/0", "fd00:ec2::254:80", false],
    ["0.0.0.0/0", "127.0.0.1:5432", false],
    ["0.0.0.0/0", "127.0.0.1:9999", false],
    ["127.0.0.1", "127.0.0.1:5432", false],
    ["127.0.0.1:5432", "127.0.0.1:5432", true],
  ])("%s: %s is %s", (allow, to, expected) => {
    expect(allows([allow], to)).toBe(expected);
  });

  test("of a name is for that name alone, however it is written", () => {
    expect(allows(["db.internal"], "10.0.0.1:80", "DB.Internal.")).toBe(true);
    expect(allows(["db.internal:80"], "10.0.0.1:80", "db.internal")).toBe(true);
    expect(allows(["db.internal:80"], "10.0.0.1:81", "db.internal")).toBe(false);
    expect(allows(["db.internal"], "10.0.0.1:80", "evil.db.internal")).toBe(false);
    expect(allows(["db.internal"], "10.0.0.1:80", "10.0.0.1")).toBe(false);
    expect(allows(["db.internal"], "169.254.169.254:80", "db.internal")).toBe(false);
    expect(allows(["localhost"], "127.0.0.1:5432", "localhost")).toBe(false);
  });

  test.each([
    ...["", " ", "*", "*.example", "http://x", "x/8", "10.0.0.0/33", "10.0.0.0/", "::/129", "x:0", "x:65536", "x:y"],
    ...["0x7f000001", "2130706433", "0177.0.0.1", "127.1", "a..b", "user@host", "[::1", "a b", "[x]:80/"],
  ])("cannot be %j", (text) => {
    expect(readException(text)).toBeNull();
  });
});
