import { expect, test } from "vitest";
import { changesOf } from "./changesOf.ts";

test("only what differs is told, nested fields by their path", () => {
  const before = { name: "CRM", mail: { host: "a", port: 25 }, roles: ["x", "y"] };
  const after = { name: "CRM", mail: { host: "b", port: 25 }, roles: ["x"], on: true };
  expect(changesOf(before, after)).toEqual([
    { field: "mail.host", before: "a", after: "b" },
    { field: "roles", before: "x, y", after: "x" },
    { field: "on", before: null, after: "true" },
  ]);
});

test("what only came or only went is told whole, and nothing of nothing", () => {
  expect(changesOf(null, { release: 3, reason: null })).toEqual([
    { field: "release", before: null, after: "3" },
    { field: "reason", before: null, after: "none" },
  ]);
  expect(changesOf({ rules: [{ branch: "main" }] }, null)).toEqual([
    { field: "rules[1].branch", before: "main", after: null },
  ]);
  expect(changesOf(null, undefined)).toEqual([]);
});
