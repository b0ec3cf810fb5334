import { expect, test } from "vitest";
import { mayManage } from "./mayManage.ts";
import { allows, permissionsOf } from "./permissions.ts";
import { roles } from "./roles.ts";

test("owners manage everybody, admins those who may no more than they do, and nobody else anybody", () => {
  for (const role of roles) expect([role, mayManage("owner", role)]).toEqual([role, true]);
  expect(roles.filter((role) => mayManage("admin", role))).toEqual(["admin", "developer", "analyst", "viewer"]);
  for (const actor of ["developer", "analyst", "viewer", "billing"] as const) {
    for (const role of roles) expect([actor, role, mayManage(actor, role)]).toEqual([actor, role, false]);
  }
});

test("what somebody may give is never more than they have", () => {
  for (const actor of roles) {
    for (const role of roles.filter((other) => mayManage(actor, other))) {
      for (const permission of permissionsOf(role)) expect(allows(actor, permission)).toBe(true);
    }
  }
});
