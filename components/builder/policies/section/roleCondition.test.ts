import { expect, test } from "vitest";
import { joinRoles, splitRoles } from "./roleCondition.ts";

test.each([
  ["'sales' in actor.roles", ["sales"], ""],
  ["'sales' in actor.roles || 'admin' in actor.roles", ["sales", "admin"], ""],
  ["'sales' in actor.roles && owner == actor.id", ["sales"], "owner == actor.id"],
  ["('sales' in actor.roles || 'admin' in actor.roles) && stage == 'a || b'", ["sales", "admin"], "stage == 'a || b'"],
  ["owner == actor.id", [], "owner == actor.id"],
  ["true", [], ""],
])("%s is roles and a rest, and they make it again", (text, roles, rest) => {
  expect(splitRoles(text)).toEqual({ roles, rest });
  expect(joinRoles({ roles, rest })).toBe(text);
});

test("what only looks like roles and a rest is left whole", () => {
  const loose = "'sales' in actor.roles && owner == actor.id || stage == 'won'";
  expect(splitRoles(loose)).toEqual({ roles: [], rest: loose });
  const mixed = "'sales' in actor.roles || owner == actor.id";
  expect(splitRoles(mixed)).toEqual({ roles: [], rest: mixed });
});

test("a rest that is several alternatives is put between brackets", () => {
  expect(joinRoles({ roles: ["sales"], rest: "stage == 'won' || owner == actor.id" })).toBe(
    "'sales' in actor.roles && (stage == 'won' || owner == actor.id)",
  );
  expect(splitRoles("'sales' in actor.roles && (stage == 'won' || owner == actor.id)").rest).toBe(
    "(stage == 'won' || owner == actor.id)",
  );
});
