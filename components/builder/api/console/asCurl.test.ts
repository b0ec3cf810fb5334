import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { asCurl } from "./asCurl.ts";

const headers = { authorization: "Bearer gk_secret", "content-type": "application/json" };

test("a request can be pasted into a shell, without its key", () => {
  const body = JSON.stringify({ title: 'it\'s $HOME `x` \\ "y"' });
  const path = "/rest/v1/deals?filter[title][eq]=it's";
  const text = asCurl("https://app.example", { method: "POST", path, body, headers });
  expect(text).not.toContain("gk_secret");
  // The shell itself says what it understands.
  const script = `curl() { printf '%s\\n' "$@"; }; KEY=mine; ${text}`;
  expect(execFileSync("sh", ["-c", script], { encoding: "utf8" }).trimEnd().split("\n")).toEqual([
    "-g",
    "-X",
    "POST",
    `https://app.example${path}`,
    "-H",
    "Authorization: Bearer mine",
    "-H",
    "content-type: application/json",
    "-d",
    body,
  ]);
});

test("what has no body sends none", () => {
  expect(asCurl("https://app.example", { method: "GET", path: "/x", body: "{}", headers: {} })).toBe(
    "curl -g 'https://app.example/x'",
  );
});
