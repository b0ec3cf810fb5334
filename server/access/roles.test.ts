import { TRPCError } from "@trpc/server";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { memberships, organisations } from "#db/schema/organisations.ts";
import { projectMemberships } from "#db/schema/projectMemberships.ts";
import { projects } from "#db/schema/projects.ts";
import { askWhom, type Permission, permissions } from "#lib/access/permissions.ts";
import { projectRoles, type Role, roleInProject, roles } from "#lib/access/roles.ts";
import { AppError } from "#lib/errors/AppError.ts";
import { type TestControlPlane, testControlPlane } from "#tests/support/controlPlane.ts";
import { findOrganisation } from "../features/organisations/service.ts";
import type { SessionUser } from "./Principal.ts";
import { personalProcedures } from "./personalProcedures.ts";
import { procedures } from "./procedures.ts";
import { rolesDocument } from "./testing/rolesDocument.ts";

let plane: TestControlPlane;
let home: string;
let organisationId: string;
let projectId: string;
const members = new Map<Role, SessionUser>();

beforeAll(async () => {
  plane = await testControlPlane();
  const ada = await plane.person("Ada");
  const { organisation } = await findOrganisation(plane.db, ada.user.id, ada.organisation);
  home = organisation.slug;
  organisationId = organisation.id;
  for (const role of roles) members.set(role, (await plane.person(`Some ${role}`)).user);
  projectId = await makeProject();
});
afterAll(() => plane[Symbol.asyncDispose]());

async function makeProject(): Promise<string> {
  const [made] = await plane.db
    .insert(projects)
    .values({ organisationId, slug: "engine", name: "Engine", origin: "blank", state: "ready" })
    .onConflictDoUpdate({ target: [projects.organisationId, projects.slug], set: { name: "Engine" } })
    .returning();
  return made?.id ?? "";
}

/** Whoever has that role, as they were before any procedure that went through. */
async function memberAs(role: Role): Promise<SessionUser> {
  const user = members.get(role);
  if (!user) throw new Error(`Nobody has the role ${role}.`);
  await plane.db
    .update(organisations)
    .set({ deletesAt: null, requiresSecondFactor: false })
    .where(eq(organisations.id, organisationId));
  await plane.db
    .insert(memberships)
    .values({ organisationId, userId: user.id, role })
    .onConflictDoUpdate({ target: [memberships.organisationId, memberships.userId], set: { role, suspendedAt: null } });
  projectId = await makeProject();
  return user;
}

/** Whether the procedure refused them for their role; what it answers otherwise is its own affair. */
async function refuses(path: string, user: SessionUser): Promise<boolean> {
  let procedure: unknown = plane.caller(user);
  for (const name of path.split(".")) procedure = (procedure as Record<string, unknown>)[name];
  try {
    await (procedure as (input: unknown) => Promise<unknown>)({ organisation: home, project: "engine" });
    return false;
  } catch (error) {
    const permission = procedures[path]?.permission;
    if (!(error instanceof TRPCError) || !permission) throw error;
    return error.cause instanceof AppError && error.cause.code === "forbidden" && error.message === askWhom(permission);
  }
}

test("every procedure lets in and refuses each role as docs/operations/roles.md says", {
  timeout: 240_000,
}, async () => {
  const observed = new Map<string, ReadonlySet<Role>>();
  for (const path of Object.keys(procedures).sort()) {
    const allowed = new Set<Role>();
    for (const role of roles) if (!(await refuses(path, await memberAs(role)))) allowed.add(role);
    observed.set(path, allowed);
  }
  const document = rolesDocument({ procedures, personalProcedures, observed });
  await expect(document).toMatchFileSnapshot("../../docs/operations/roles.md");
});

/** A procedure of projects for each permission that there is one for. */
const samples = new Map(
  Object.entries(procedures)
    .filter(([path]) => path.startsWith("projects.") || !path.startsWith("organisations."))
    .map(([path, { permission }]) => [permission, path] as const),
);
const ofProjects: readonly Permission[] = [
  "project.read",
  "project.update",
  "model.write",
  "release.deploy",
  "release.decide",
  "settings.write",
];

test("a role in a project counts there in place of the one in the organisation", async () => {
  for (const role of roles) {
    for (const override of projectRoles) {
      const user = await memberAs(role);
      const change = { projectId, userId: user.id, role: override };
      const target = [projectMemberships.projectId, projectMemberships.userId];
      await plane.db
        .insert(projectMemberships)
        .values(change)
        .onConflictDoUpdate({ target, set: { role: override } });
      const counts = roleInProject(role, override);
      const shown = plane.caller(user).projects.get({ organisation: home, project: "engine" });
      if (counts === null) {
        await expect(shown).rejects.toMatchObject({ code: "NOT_FOUND" });
        continue;
      }
      for (const permission of ofProjects) {
        const path = samples.get(permission);
        if (path === undefined) throw new Error(`No procedure asks for ${permission}.`);
        const allowed: readonly Role[] = permissions[permission].roles;
        expect([role, override, path, await refuses(path, user)]).toEqual([
          role,
          override,
          path,
          !allowed.includes(counts),
        ]);
      }
    }
  }
  await plane.db.delete(projectMemberships);
});

test("whoever is suspended, or was shown the door, finds nothing", async () => {
  const user = await memberAs("admin");
  const there = () => plane.caller(user).organisations.get({ organisation: home });
  await plane.db.update(memberships).set({ suspendedAt: new Date() }).where(eq(memberships.userId, user.id));
  await expect(there()).rejects.toMatchObject({ code: "NOT_FOUND" });
  await plane.db.update(memberships).set({ suspendedAt: null }).where(eq(memberships.userId, user.id));
  expect(await there()).toMatchObject({ role: "admin" });
  await plane.db.delete(memberships).where(eq(memberships.userId, user.id));
  await expect(there()).rejects.toMatchObject({ code: "NOT_FOUND" });
});
