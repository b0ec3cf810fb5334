import { TRPCError } from "@trpc/server";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { organisations } from "#db/schema/organisations.ts";
import { projects } from "#db/schema/projects.ts";
import { permissions } from "#lib/access/permissions.ts";
import { everyScope, outOfScope, type Scope } from "#lib/access/scopes.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { TestControlPlane } from "#tests/support/controlPlane.ts";
import { testControlPlane } from "#tests/support/controlPlane.ts";
import type { Principal } from "../../access/Principal.ts";
import { personalProcedures } from "../../access/personalProcedures.ts";
import { procedures } from "../../access/procedures.ts";
import { findOrganisation } from "../organisations/service.ts";
import { createToken, verifyToken } from "./service.ts";

let plane: TestControlPlane;
let ada: Awaited<ReturnType<TestControlPlane["person"]>>;
let organisationId: string;
beforeAll(async () => {
  plane = await testControlPlane();
  ada = await plane.person("Ada");
  organisationId = (await findOrganisation(plane.db, ada.user.id, ada.organisation)).organisation.id;
});
afterAll(() => plane[Symbol.asyncDispose]());

/** As whoever holds a token of Ada's with these scopes, checked as a request's is. */
async function holder(scopes: readonly Scope[]): Promise<Principal> {
  const { token } = await createToken(plane.db, ada.user.id, { name: scopes.join(), expiresAt: null, scopes });
  const who = await verifyToken(plane.db, token);
  if (!who) throw new Error("A token that was just made is not valid.");
  return who;
}

/** Why the procedure did not do it, or `done`. */
async function answerTo(path: string, who: Principal, input: unknown): Promise<string> {
  let procedure: unknown = plane.callerBy(who);
  for (const name of path.split(".")) procedure = (procedure as Record<string, unknown>)[name];
  try {
    await (procedure as (input: unknown) => Promise<unknown>)(input);
    return "done";
  } catch (error) {
    if (error instanceof TRPCError && error.cause instanceof AppError) return error.message;
    throw error;
  }
}

/** As it was before any procedure that went through. */
async function makeWhole(): Promise<void> {
  const change = { deletesAt: null, requiresSecondFactor: false };
  await plane.db.update(organisations).set(change).where(eq(organisations.id, organisationId));
  await plane.db
    .insert(projects)
    .values({ organisationId, slug: "engine", name: "Engine", origin: "blank", state: "ready" })
    .onConflictDoNothing();
}

test("each scope alone opens exactly the procedures that the table of permissions gives it", {
  timeout: 120_000,
}, async () => {
  const wrong: string[] = [];
  for (const scope of everyScope) {
    const who = await holder([scope]);
    for (const [path, { permission }] of Object.entries(procedures)) {
      const asked = permissions[permission].scope;
      if (asked === scope) await makeWhole();
      const answer = await answerTo(path, who, { organisation: ada.organisation, project: "engine" });
      const isRefused = answer === outOfScope(asked);
      if (isRefused !== (asked !== scope)) wrong.push(`${scope}: ${path}: ${answer}`);
    }
  }
  expect(wrong).toEqual([]);
});

test("of what is personal a token opens only what the list gives its scope, and never what makes credentials", async () => {
  const wrong: string[] = [];
  const inBrowser = "Do this in the browser, signed in: a token may not.";
  for (const scopes of [[], ["read"], ["model"], everyScope] as const) {
    const who = await holder(scopes);
    for (const [path, { by, scope }] of Object.entries(personalProcedures)) {
      if (by === "anyone") continue;
      const answer = await answerTo(path, who, {});
      const mayBeAsked = by === "person" && scope !== undefined;
      const expected = mayBeAsked
        ? scope === null || scopes.some((one) => one === scope)
          ? null
          : outOfScope(scope)
        : inBrowser;
      const isRefused = answer === inBrowser || everyScope.some((one) => answer === outOfScope(one));
      if (expected === null ? isRefused : answer !== expected) wrong.push(`${scopes.join()}: ${path}: ${answer}`);
    }
  }
  expect(wrong).toEqual([]);
});

test("a token without scopes, or with one that is no more, sees nothing", async () => {
  const who = await holder([]);
  const { organisations: asked, projects: ofProjects } = plane.callerBy(who);
  await expect(asked.list()).rejects.toMatchObject({ code: "FORBIDDEN" });
  await expect(asked.get({ organisation: ada.organisation })).rejects.toMatchObject({ code: "FORBIDDEN" });
  await expect(ofProjects.list({ organisation: ada.organisation })).rejects.toMatchObject({ code: "FORBIDDEN" });
});
