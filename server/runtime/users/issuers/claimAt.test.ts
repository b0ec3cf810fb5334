import { expect, test } from "vitest";
import { claimAt, rolesIn } from "./claimAt.ts";

const claims = {
  groups: ["staff", 7, null],
  role: "manager",
  realm_access: { roles: ["a", "b"] },
  resource_access: { "my.client": { roles: ["c"] }, my: { client: { other: ["d"] } } },
  "https://app.example/roles": ["e"],
  "a.b": { c: 1 },
  a: { "b.c": 2, b: { d: 3 } },
};

test.each<[string, unknown]>([
  ["role", "manager"],
  ["realm_access.roles", ["a", "b"]],
  ["resource_access.my.client.roles", ["c"]],
  ["resource_access.my.client.other", ["d"]],
  ["https://app.example/roles", ["e"]],
  ["a.b.c", 1],
  ["a.b.d", 3],
  ["realm_access", { roles: ["a", "b"] }],
  ["groups.0", undefined],
  ["role.length", undefined],
  ["nothing.at.all", undefined],
  ["__proto__", undefined],
  ["realm_access.constructor.name", undefined],
  ["", undefined],
  [".", undefined],
  ["role.", undefined],
])("at %s stands %j", (path, value) => {
  expect(claimAt(claims, path)).toEqual(value);
});

test("a claim of many kinds comes to roles of the app, in their order and once each", () => {
  const roles = ["manager", "staff", "a"];
  expect(rolesIn(claims, { claim: "groups" }, roles)).toEqual(["staff"]);
  expect(rolesIn(claims, { claim: "role" }, roles)).toEqual(["manager"]);
  expect(rolesIn(claims, { claim: "realm_access" }, roles)).toEqual([]);
  expect(rolesIn(claims, { claim: "groups" }, [])).toEqual([]);
  expect(rolesIn(claims, undefined, roles)).toEqual([]);
  const map = { a: "staff", b: "staff", staff: "nobody" };
  expect(rolesIn(claims, { claim: "realm_access.roles", map }, roles)).toEqual(["staff"]);
  expect(rolesIn(claims, { claim: "groups", map }, roles)).toEqual([]);
  expect(rolesIn({ groups: ["__proto__", "toString"] }, { claim: "groups", map: {} }, roles)).toEqual([]);
});
