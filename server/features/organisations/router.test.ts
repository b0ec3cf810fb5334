import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { memberships } from "#db/schema/organisations.ts";
import type { TestControlPlane } from "#tests/support/controlPlane.ts";
import { testControlPlane } from "#tests/support/controlPlane.ts";
import { findOrganisation, homeOf } from "./service.ts";

let plane: TestControlPlane;
beforeAll(async () => {
  plane = await testControlPlane();
});
afterAll(() => plane[Symbol.asyncDispose]());

test("one sees and renames one's organisation; its address stays", async () => {
  const { user, organisation } = await plane.person("Ada");
  const caller = plane.caller(user);
  expect(await caller.organisations.rename({ organisation, name: "  Analytical Engines " })).toMatchObject({
    slug: "ada",
    name: "Analytical Engines",
  });
  expect(await caller.organisations.list()).toEqual([
    { slug: "ada", name: "Analytical Engines", role: "owner", deletesAt: null },
  ]);
  expect(await caller.organisations.get({ organisation })).toMatchObject({ name: "Analytical Engines", role: "owner" });
  expect(await homeOf(plane.db, user.id)).toBe("/ada");
});

test("a developer sees it but does not rename it", async () => {
  const owner = await plane.person("Grace");
  const member = await plane.person("Barbara");
  const { organisation } = await findOrganisation(plane.db, owner.user.id, owner.organisation);
  await plane.db
    .insert(memberships)
    .values({ organisationId: organisation.id, userId: member.user.id, role: "developer" });
  const caller = plane.caller(member.user);
  expect(await caller.organisations.get({ organisation: owner.organisation })).toMatchObject({ role: "developer" });
  await expect(caller.organisations.rename({ organisation: owner.organisation, name: "Mine" })).rejects.toMatchObject({
    code: "FORBIDDEN",
  });
  expect(await homeOf(plane.db, member.user.id)).toBe("/barbara");
  await plane.db.delete(memberships).where(eq(memberships.userId, member.user.id));
  expect(await homeOf(plane.db, member.user.id)).toBe("/new");
});
